"""How the reference is written out of the code: one file a page."""
