"""What the services ask of the record, each on the unit of work's connection."""
