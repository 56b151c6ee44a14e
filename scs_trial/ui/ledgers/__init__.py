"""Lines that are added to a trial's ledgers: programs and opioid medication."""
