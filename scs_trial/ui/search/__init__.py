"""One box that finds any patient, then any command (Ctrl+K)."""
