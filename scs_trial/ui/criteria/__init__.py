"""The criteria in plain words, beside their source and date."""
