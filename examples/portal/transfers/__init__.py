"""Transfers between provinces: out of here, into here, and what the system decides of them."""
