"""P: can people find, open, read and search it."""
