"""Parts of a table on several pages to one table: rows, labels and heads cut by the break. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reports.documents.paged.lines import Line, is_full
from reports.documents.paged.ruled import Area, Part
from reports.documents.paged.rules import SNAP

FIGURE = re.compile(r"[+\-−＋]?[\d０-９][\d０-９,，.．]*|[/／—–\-－無无]")
"""The whole text of a cell that holds a figure, or a mark that stands for none."""

_ENUMERATOR = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．，,]|[㈠-㈩①-⑩]")
_MAX_HEAD = 6
_MOSTLY_FULL = 0.3


@dataclass(slots=True)
class Piece:
    """A cell of the joined table; it may grow downwards with the next page."""

    left: float
    right: float
    first: int
    last: int
    text: str
    lines: tuple[Line, ...]
    margin: float

    def is_beside(self, other: Piece) -> bool:
        """Say whether both have the same sides."""
        near = 2 * SNAP
        return abs(self.left - other.left) <= near and abs(self.right - other.right) <= near

    def goes_on(self, below: Piece, spare: float = 0.0) -> bool:
        """Say whether the text stopped for want of room and goes on in the piece below."""
        if FIGURE.fullmatch(self.text) or FIGURE.fullmatch(below.text):
            return False
        if _ENUMERATOR.match(below.text):
            return False
        if not (self.lines and below.lines):
            return False
        left, right = self.left + self.margin, self.right - self.margin - spare
        return is_full(self.lines[-1], below.lines[0], left, right)

    def take(self, below: Piece) -> None:
        """Grow over a piece of the next page."""
        joint = "" if self.goes_on(below) or not (self.text and below.text) else " "
        self.text = f"{self.text}{joint}{below.text}"
        self.lines += below.lines
        self.last = max(self.last, below.last)


@dataclass(slots=True)
class Table:
    """A table as far as it was read: its pieces, and the page of each row."""

    part: Part
    pieces: list[Piece] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    @classmethod
    def begun(cls, part: Part) -> Table:
        """Return the table that begins with this part."""
        table = cls(part)
        table.pieces = _pieces(part, 0, 0)
        table.pages = [part.page] * part.rows
        return table

    def is_continued_by(self, part: Part) -> bool:
        """Say whether the part stands on a later page between the same outer sides."""
        near = 2 * SNAP
        return (
            part.page > self.part.page
            and abs(part.left - self.part.left) <= near
            and abs(part.right - self.part.right) <= near
        )

    def add(self, part: Part) -> None:
        """Append a part of the next page; what the break cut is made whole."""
        skipped = _repeated_head(self.pieces, part)
        pieces = _pieces(part, len(self.pages), skipped)
        bottom = [piece for piece in self.pieces if piece.last == len(self.pages) - 1]
        top = [piece for piece in pieces if piece.first == len(self.pages)]
        pairs = [(above, below) for below in top for above in bottom if above.is_beside(below)]
        cut = len(pairs) == len(top) == len(bottom) and _is_cut_row(pairs)
        if cut:
            for piece in pieces:
                piece.first, piece.last = piece.first - 1, piece.last - 1
        merged = [pair for pair in pairs if cut or _is_cut_label(*pair, top)]
        for above, below in merged:
            above.take(below)
        gone = {id(below) for _, below in merged}
        self.pieces += [piece for piece in pieces if id(piece) not in gone]
        self.pages += [part.page] * (part.rows - skipped - cut)
        self.part = part

    def drop_idle_rows(self) -> None:
        """Leave out rows in which no text stands that no other row has: slivers at breaks and borders."""
        filled = [piece for piece in self.pieces if piece.text]
        height = {id(piece): piece.last - piece.first + 1 for piece in filled}
        covering: dict[int, list[Piece]] = defaultdict(list)
        for piece in filled:
            for row in range(piece.first, piece.last + 1):
                covering[row].append(piece)
        kept: list[int] = []
        for row in range(len(self.pages)):
            if all(height[id(piece)] > 1 for piece in covering[row]):
                for piece in covering[row]:
                    height[id(piece)] -= 1
            else:
                kept.append(row)
        self._keep(kept)

    def _keep(self, rows: Sequence[int]) -> None:
        self.pages = [self.pages[row] for row in rows]
        for piece in self.pieces:
            piece.first = bisect_left(rows, piece.first)
            piece.last = bisect_right(rows, piece.last) - 1
        self.pieces = [piece for piece in self.pieces if piece.first <= piece.last]


def _pieces(part: Part, offset: int, skipped: int) -> list[Piece]:
    """Return the cells of the part, its first rows left out, as rows from ``offset`` on."""
    shift = offset - skipped
    return [
        Piece(
            area.left,
            area.right,
            max(area.first, skipped) + shift,
            area.last + shift,
            area.text if area.first >= skipped else "",
            area.lines if area.first >= skipped else (),
            area.margin,
        )
        for area in part.areas
        if area.last >= skipped
    ]


def _is_cut_row(pairs: Sequence[tuple[Piece, Piece]]) -> bool:
    """Say whether the first row of a page is the rest of the last row of the page before.

    The rest of a row repeats no figure: every cell is filled on one of the pages only, or its text
    stopped for want of room. Group labels that reach over several rows prove nothing.
    """
    own = [
        pair for pair in pairs if pair[0].first == pair[0].last and pair[1].first == pair[1].last
    ]
    if len(own) < 2 or not any(above.text for above, _ in own):
        return False
    rest = [below for _, below in own if below.text]
    if not rest:
        return True
    both = [(above, below) for above, below in own if above.text and below.text]
    alone = len(rest) == len(both) == 1
    spare = [_MOSTLY_FULL * (above.right - above.left) if alone else 0.0 for above, _ in both]
    if not all(a.goes_on(b, more) for (a, b), more in zip(both, spare, strict=True)):
        return False
    above, below = own[0]
    return bool(both) or (bool(above.text) and not below.text and _has_no_figures(own))


def _has_no_figures(own: Sequence[tuple[Piece, Piece]]) -> bool:
    """Say whether the row on the upper page is a label and nothing else."""
    return not any(above.text for above, _ in own[1:])


def _is_cut_label(above: Piece, below: Piece, top: Sequence[Piece]) -> bool:
    """Say whether a label that reaches over several rows goes on after the break.

    A blank cell is the rest of such a label only when another label stands to its right.
    """
    reaches = above.last > above.first or below.last > below.first
    if not reaches or not above.text or FIGURE.fullmatch(above.text):
        return False
    if below.text:
        return above.goes_on(below)
    inner = (piece.text for piece in top if piece.left > below.left and piece.text)
    return any(not FIGURE.fullmatch(text) for text in inner)


def _repeated_head(pieces: Iterable[Piece], part: Part) -> int:
    """Return how many rows of the part repeat the first rows of the table; a cell may be lost."""
    own = _row_texts((piece.first, piece.left, piece.text) for piece in pieces)
    again = _row_texts((area.first, area.left, area.text) for area in part.areas)
    count = 0
    while count < min(_MAX_HEAD, part.rows - 1) and _repeats(own[count], again[count]):
        count += 1
    return count


def _row_texts(cells: Iterable[tuple[int, float, str]]) -> list[list[str]]:
    """Return the texts of the cells that begin in each of the first rows."""
    rows: list[list[tuple[float, str]]] = [[] for _ in range(_MAX_HEAD)]
    for first, left, text in cells:
        if first < _MAX_HEAD and text:
            rows[first].append((left, "".join(text.split())))
    return [[text for _, text in sorted(row)] for row in rows]


def _repeats(own: list[str], again: list[str]) -> bool:
    labels = [text for text in again if not FIGURE.fullmatch(text)]
    return len(labels) == len(again) > 0 and again in (own, own[1:])


def single_column(areas: Iterable[Area]) -> bool:
    """Say whether every row is one cell: a frame round text rather than a table."""
    return len({round(area.left) for area in areas}) == 1
