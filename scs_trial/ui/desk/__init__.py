"""The clinic at work: the open patient, what reloads after a change, what each command does."""
