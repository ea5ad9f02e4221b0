"""The pages of the accounts: registration, login, and what a person can do to an account of their own."""
