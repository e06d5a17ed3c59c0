"""I: is it the right agency, the right year, the right title."""
