"""What the program is measured by: each command prints ratios of things timed in one run."""
