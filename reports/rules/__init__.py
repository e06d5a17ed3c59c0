"""The rule catalogue: one room per theme, one function per rule; what is declared here is found by itself."""
