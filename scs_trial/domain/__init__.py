"""What a trial is and how it is evaluated: pure and exact, standard library only."""
