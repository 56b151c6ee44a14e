"""New trial: a short guided form that may be left half done."""
