"""W: what the page says of itself."""
