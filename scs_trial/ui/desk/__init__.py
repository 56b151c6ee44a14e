"""The clinic at work: which patient is open, what reloads after a change, what each command does."""
