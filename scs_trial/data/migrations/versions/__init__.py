"""One file for each step. A step holds its own statements and imports nothing of the program."""
