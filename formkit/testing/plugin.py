"""The pytest plugin: a `form` fixture, and the marker that says which form it is."""
