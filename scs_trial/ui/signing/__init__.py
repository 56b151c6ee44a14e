"""Sign a trial, amend it, and hand out the page as it was signed."""
