"""Stories of the whole program: the pieces that a person meets, together."""
