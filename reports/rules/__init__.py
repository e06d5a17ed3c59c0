"""The rule catalogue: one module per theme, one function per rule. Pure."""
