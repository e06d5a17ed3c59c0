"""What stands on a page before anyone knows what it means: characters, rules and pictures. Pure.

PDF, OFD and recognised pictures all give these; one reader turns them into paragraphs and grids.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, or one run of them, with its box in points; y grows downwards from the page's top."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Rule:
    """One drawn line of a table in points: horizontal (top == bottom) or vertical (left == right)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number from 1, its size in points, and the ink in no particular order."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    images: int = 0
