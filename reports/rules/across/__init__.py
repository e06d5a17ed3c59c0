"""X: one table against another, one document against another."""
