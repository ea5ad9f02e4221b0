"""Accounts: who has registered, their sessions and passwords, codes by SMS, and how often a thing may be tried."""
