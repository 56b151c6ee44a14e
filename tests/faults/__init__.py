"""Faults of the disk, between the shipped services and the system: failed, torn and lost writes."""
