"""Document to annual report: sections, the three tables found by their labels, statements. Pure."""
