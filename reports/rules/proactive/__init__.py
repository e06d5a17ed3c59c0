"""A: table 2, proactive disclosure."""
