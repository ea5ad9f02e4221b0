"""The accounts of the portal: registration, login, and what a person can do to an account of their own."""
