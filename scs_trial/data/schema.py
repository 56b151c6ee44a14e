"""The number of the newest migration; known without importing the database."""

SCHEMA = 7
"""`PRAGMA user_version` of the file and the key file beside it hold it too."""
