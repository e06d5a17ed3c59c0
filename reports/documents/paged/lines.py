"""Characters to lines of text, and lines to the text of a cell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.documents.ink import Glyph
from reports.text import one_line

_NARROW_GAP = 0.3
_WIDE_GAP = 0.6
_LEADING = 2.0
_SAME_LINE = 0.5
_SAME_PLACE = 0.3
COLUMN_GAP = 0.8
"""Heights of a line that certainly lie between two columns; words of one text stand closer."""


@dataclass(frozen=True, slots=True)
class Line:
    """The characters of one line from left to right, with the box around them."""

    glyphs: tuple[Glyph, ...]
    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Return the height at which the line runs."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Return the height of the line, which stands for the size of its characters."""
        return self.bottom - self.top

    @property
    def first_width(self) -> float:
        """Return the width of the first character; a glyph may hold a run of them."""
        first = self.glyphs[0]
        return (first.right - first.left) / max(1, len(first.text))


def lines_of(glyphs: Iterable[Glyph]) -> tuple[Line, ...]:
    """Return the lines from top to bottom; characters that share most of their height share a line."""
    ordered = sorted(glyphs, key=_height_of)
    lines: list[Line] = []
    current: list[Glyph] = []
    middle = reach = 0.0
    for glyph in ordered:
        height = (glyph.top + glyph.bottom) / 2
        own = _SAME_LINE * (glyph.bottom - glyph.top)
        if current and height - middle > max(reach, own):
            lines.extend(_line(current))
            current = []
        if not current:
            middle, reach = height, own
        # The box of 一 may be as flat as its stroke: the tallest character says how far a line reaches.
        reach = max(reach, own)
        current.append(glyph)
    lines.extend(_line(current))
    return tuple(lines)


def parted(line: Line, gap: float = COLUMN_GAP) -> tuple[Line, ...]:
    """Return the pieces of a line that gaps of so many heights keep apart, as columns are."""
    pieces: list[Line] = []
    current: list[Glyph] = []
    for glyph in line.glyphs:
        if not glyph.text.strip():
            continue
        if current and glyph.left - current[-1].right > gap * line.size:
            pieces.extend(_line(current))
            current = []
        current.append(glyph)
    return (*pieces, *_line(current))


def text_of(lines: Sequence[Line], left: float, right: float, *, is_one_row: bool) -> str:
    """Return the text of a cell with this room: a line that was full goes on in the next one.

    A line that had room for the next character ends a paragraph: a blank keeps two figures apart. Digits
    below digits stay apart even so, unless the cell ``is_one_row``: else they may be two rows' figures.
    """
    parts = [line.text for line in lines[:1]]
    for above, below in pairwise(lines):
        near = below.middle - above.middle < _LEADING * max(above.size, below.size)
        full = near and is_full(above, below, left, right)
        goes_on = full and (is_one_row or not are_figures(above, below))
        parts += ["" if goes_on else " ", below.text]
    return one_line("".join(parts))


def are_figures(above: Line, below: Line) -> bool:
    """Say whether each of two lines may be a figure of its own; none begins with 0 and goes on."""
    is_rest = below.text.startswith("0") and len(below.text) > 1
    return above.text.isdecimal() and below.text.isdecimal() and not is_rest


def is_full(above: Line, below: Line, left: float, right: float) -> bool:
    """Say whether the first character of the line below had no room in the line above."""
    room = (right - left) - (above.right - above.left)
    return room < below.first_width + 0.5


def _height_of(glyph: Glyph) -> float:
    return glyph.top + glyph.bottom


def _line(glyphs: list[Glyph]) -> Iterable[Line]:
    """Yield the line of these characters; blanks at its ends and none but blanks are no line."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.left)
    while ordered and not ordered[-1].text.strip():
        ordered.pop()
    start = next((n for n, glyph in enumerate(ordered) if glyph.text.strip()), len(ordered))
    kept = _once(ordered[start:])
    if kept:
        yield Line(
            tuple(kept),
            _spaced(kept),
            kept[0].left,
            min(glyph.top for glyph in kept),
            max(glyph.right for glyph in kept),
            max(glyph.bottom for glyph in kept),
        )


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters without those drawn twice at one place to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        near = _SAME_PLACE * (glyph.right - glyph.left)
        if not any(old.text == glyph.text and glyph.left - old.left < near for old in kept[-2:]):
            kept.append(glyph)
    return kept


def _spaced(glyphs: Sequence[Glyph]) -> str:
    size = max(glyph.bottom - glyph.top for glyph in glyphs)
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        gap = glyph.left - before.right
        narrow = before.text.isascii() and glyph.text.isascii()
        least = (_NARROW_GAP if narrow else _WIDE_GAP) * size
        parts += [" ", glyph.text] if gap > least else [glyph.text]
    return "".join(parts)
