"""A small portal around a form: a demonstration login, an entry page, and SQLite in a folder."""
