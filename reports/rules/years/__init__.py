"""Y: this year against the year before."""
