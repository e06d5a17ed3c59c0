"""Figures that are printed across the side of a cell: both cells then hold a part of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.documents.ink import Glyph

_TOUCHING = 0.06
_WIDEST = 0.6
_SAME_LINE = 0.2
Placed = tuple[Glyph, int]


def torn_figures(placed: Sequence[Placed]) -> set[tuple[int, int]]:
    """Return the pairs of cells, left and right, between which a figure is torn.

    The characters come in the order of the file, each with its cell. The digits of one figure touch, or
    stand equally far apart; the figures of two cells never do, as cells have margins.
    """
    return {
        (placed[n - 1][1], placed[n][1])
        for n in _borders(placed)
        if _is_even(_apart(placed, n), (_apart(placed, n - 1), _apart(placed, n + 1)))
    }


def _borders(placed: Sequence[Placed]) -> Iterator[int]:
    """Yield where a digit in one cell follows a digit in another."""
    for n, ((before, one), (glyph, two)) in enumerate(pairwise(placed), start=1):
        if one != two and before.text[-1:].isdigit() and glyph.text[:1].isdigit():
            yield n


def _apart(placed: Sequence[Placed], n: int) -> float | None:
    """Return how far a digit stands behind the one before it in heights; None on another line."""
    if not 0 < n < len(placed):
        return None
    before, glyph = placed[n - 1][0], placed[n][0]
    if not (before.text[-1:].isdigit() and glyph.text[:1].isdigit()):
        return None
    size = max(before.bottom - before.top, glyph.bottom - glyph.top, 1.0)
    lower = abs(glyph.top + glyph.bottom - before.top - before.bottom) / 2
    return (glyph.left - before.right) / size if lower <= _SAME_LINE * size else None


def _is_even(apart: float | None, beside: Sequence[float | None]) -> bool:
    if apart is None or abs(apart) > _WIDEST:
        return False
    return abs(apart) <= _TOUCHING or any(
        own is not None and abs(own - apart) <= _TOUCHING for own in beside
    )
