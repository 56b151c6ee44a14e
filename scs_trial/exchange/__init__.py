"""Ways in and out: diary CSV and other file formats."""
