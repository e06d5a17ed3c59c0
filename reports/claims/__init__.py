"""Reads the narrative: sentences to claims of which each quotes what it rests on."""
