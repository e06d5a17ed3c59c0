"""PDF to sheets of ink. Pure."""
