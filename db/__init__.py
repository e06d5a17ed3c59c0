"""Tables, sessions, queries, migrations and the evidence archive."""
