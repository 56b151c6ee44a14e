"""Use cases: a frozen command in, a frozen snapshot out, one commit with its audit row."""
