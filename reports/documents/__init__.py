"""Bytes to paragraphs and grids, one reader per format behind one interface. No network, no files."""
