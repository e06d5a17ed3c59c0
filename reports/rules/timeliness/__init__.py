"""T: was the report there in time, and did it stay."""
