"""C: table 4, administrative review and litigation."""
