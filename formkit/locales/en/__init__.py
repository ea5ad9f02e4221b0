"""Sentences in en."""
