"""Settings of the clinic: letterhead, calls, measures, safety questions, criteria."""
