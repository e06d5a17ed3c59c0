"""Tells a person at a terminal how far a long piece of work has come."""

from __future__ import annotations

import sys

import typer

from reports.words import Words

_STEPS = 200


class Progress:
    """A line on standard error that is written over; silent where nobody watches."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._watched = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``."""
        if not self._watched or (done % max(1, total // _STEPS) and done != total):
            return
        end = "\n" if done == total else ""
        typer.echo(f"\r{self._words.both()} {done} / {total}{end}", err=True, nl=False)
