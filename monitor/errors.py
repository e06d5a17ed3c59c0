"""Errors that end a command with one clear line."""

from __future__ import annotations

from reports.words import Words


class Refusal(Exception):
    """Something that a person has to mend before the command can go on; says what and how."""

    def __init__(self, words: Words, *more: Words) -> None:
        """Keep the first sentence and any further ones."""
        super().__init__(words.both())
        self.words = words
        self.all = (words, *more)
