"""What a form file may say: YAML source with positions, and the models it is read into."""
