"""The import assistant: a file of another program becomes days of trials, and nothing is guessed.

`source.read_source` takes a file within the limits; `assess.assess` says, for the answers given so
far, how the file is read and why, which questions are open, and, when none is, what it holds for
the record. The engine keeps no state: window and command line hold the answers and call again.
"""
