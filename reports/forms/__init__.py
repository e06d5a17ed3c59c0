"""Every generation of the statutory form and how its words are recognised; a new one is one new file."""
