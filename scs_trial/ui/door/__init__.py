"""Before a record is open: first start, log-in."""
