"""Export of data from the window."""
