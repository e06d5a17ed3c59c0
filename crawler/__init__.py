"""Fetches: looks at the disclosure columns and keeps what they publish."""
