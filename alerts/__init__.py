"""Alerts: who is told what, in which words, over which channel, at least once and only once."""
