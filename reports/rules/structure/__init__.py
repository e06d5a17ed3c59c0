"""S: the six sections, the three tables, the statements that the form asks for."""
