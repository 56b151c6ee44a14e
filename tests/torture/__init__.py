"""The long forms of the crash tests: ``make torture``."""
