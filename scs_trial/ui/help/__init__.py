"""Help by page (F1) and what the program is and is not (About)."""
