"""The evidence of an obligation: its page, and the file that anyone can check offline."""
