"""Sentences in zh."""
