"""Tests of where records are kept."""
