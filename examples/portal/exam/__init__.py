"""The exam interface [S130, S131]: what a candidate claims is held against their file, item by item."""
