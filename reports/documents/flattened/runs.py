"""Words and the figures behind them, taken in turn from the tokens of one table. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.documents.flattened.tokens import Kind, Part, Token
from reports.text import normal

_WHOLE = re.compile(r"\d{1,15}")


@dataclass(frozen=True, slots=True)
class Turn:
    """Words of labels and heads, then everything in figures' places up to the next words."""

    words: tuple[Token, ...]
    figures: tuple[Token, ...]

    @property
    def is_one_line(self) -> bool:
        """Say whether the last words and the first figure stand on one line."""
        return bool(self.words and self.figures) and self.words[-1].line == self.figures[0].line


def turns_of(part: Part, fewest_blanks: int) -> tuple[Turn, ...]:
    """Divide the tokens; blanks alone are a row of blank cells only when there are that many."""
    turns: list[Turn] = []
    words: list[Token] = []
    for run in _runs(part.tokens):
        if run[0].kind is Kind.WORDS:
            words += run
        elif any(token.text for token in run) or len(run) >= fewest_blanks:
            turns.append(Turn(tuple(words), tuple(run)))
            words = []
    if words:
        turns.append(Turn(tuple(words), ()))
    return tuple(turns)


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in tokens:
        if run and (run[0].kind is Kind.WORDS) is not (token.kind is Kind.WORDS):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def by_lines(figures: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Return the figures of each line, lines in the order of their first figures."""
    lines: dict[int, list[Token]] = {}
    for token in figures:
        lines.setdefault(token.line, []).append(token)
    return [tuple(line) for line in lines.values()]


def is_uniform(figures: Sequence[Token]) -> bool:
    """Say whether the figures all share one line, or have a line each."""
    lines = {token.line for token in figures}
    return len(lines) in (1, len(figures))


def adds_up(figures: Sequence[str]) -> bool:
    """Say whether the last of these whole numbers is the sum of the others.

    This only ever refuses figures of an uncertain row; it never makes one.
    """
    numbers = [normal(text).replace(",", "") for text in figures]
    if not all(_WHOLE.fullmatch(number) for number in numbers):
        return False
    *parts, total = map(int, numbers)
    return sum(parts) == total


def joined(figures: Sequence[Token]) -> str:
    """Return everything that stood in the figures' places, as one text."""
    return " ".join(token.text for token in figures if token.text)
