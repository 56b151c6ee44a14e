"""Today: whom to call, what is overdue, what ends, what waits for an answer."""
