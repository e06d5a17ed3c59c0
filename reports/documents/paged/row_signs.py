"""Whether the cells of one drawn row hold one row of figures, or two whose rule is not drawn. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from reports.documents.paged.lines import Line, are_figures, is_full

_FEWEST_FULL = 3


class Signs(Enum):
    """What one cell says of its row."""

    NOTHING = 0
    ONE_TEXT = 1
    """A single line, or words that go on line by line: two rows would have two labels."""
    FULL_FIGURE = 2
    """Digits below digits, the upper ones as many as have room."""
    TWO_FIGURES = 3
    """Digits below digits where the upper ones had room to go on."""


def signs_of(lines: Sequence[Line], left: float, right: float) -> Signs:
    """Return what the lines of a cell with this room say."""
    pairs = tuple(pairwise(lines))
    if not pairs:
        return Signs.ONE_TEXT if lines else Signs.NOTHING
    full = all(is_full(above, below, left, right) for above, below in pairs)
    if any(are_figures(above, below) for above, below in pairs):
        return Signs.FULL_FIGURE if full else Signs.TWO_FIGURES
    words = all(any(sign.isalpha() for sign in line.text) for line in lines)
    return Signs.ONE_TEXT if words and full else Signs.NOTHING


def is_one_row(signs: Sequence[Signs]) -> bool:
    """Say whether figures that fill their cells go on below: nothing beside them is two rows."""
    if Signs.TWO_FIGURES in signs:
        return False
    return Signs.ONE_TEXT in signs or signs.count(Signs.FULL_FIGURE) >= _FEWEST_FULL
