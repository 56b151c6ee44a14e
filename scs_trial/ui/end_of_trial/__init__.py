"""The end of a trial: last full day, removal, wish, confirmations, decision, what followed."""
