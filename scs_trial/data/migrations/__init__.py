"""The history of the record's tables; one final file for each step, run by `data.migrate`."""
