"""Bytes to text, and plain text to blocks. Pure."""
