"""Looks at a site that nobody configured, and writes the tables that take it up."""
