"""D: copied and repeated text."""
