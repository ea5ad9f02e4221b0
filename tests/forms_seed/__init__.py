"""The Guangdong forms, requirement by requirement."""
