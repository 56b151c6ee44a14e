"""Accounts: who works with the record, and one's own password and PIN."""
