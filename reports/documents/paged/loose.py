"""Pieces of lines that stand in columns to a grid: figures by columns, labels by rows. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reports.documents.model import Grid, GridCell
from reports.documents.paged.lines import COLUMN_GAP
from reports.documents.spans import MAX_SLOTS

_ENUMERATOR = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]")
_DENSE = 3
_LEADING = 1.55
_MAX_PIECES = 6_000
_NEAREST = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: its text and box, the width of a character, its page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    unit: float
    page: int
    is_figure: bool

    @property
    def middle(self) -> float:
        """Return the height at which it stands."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Return the height of its line or lines."""
        return self.bottom - self.top


@dataclass(slots=True)
class _Line:
    """One row of the table: its height, page, and texts by the first and last column."""

    middle: float
    page: int
    texts: list[tuple[int, int, str]] = field(default_factory=list)


def grid_of(pieces: Sequence[Piece]) -> Grid | None:
    """Return the grid, None when the figures do not fit columns."""
    if len(pieces) > _MAX_PIECES:
        return None
    rows = _figure_rows([piece for piece in pieces if piece.is_figure])
    bounds = _bounds(rows)
    if bounds is None or len(rows) * (len(bounds) + 2) > MAX_SLOTS:
        return None
    lines = [_Line(row[0].middle, row[0].page) for row in rows]
    for line, row in zip(lines, rows, strict=True):
        places = [_column(piece, bounds) for piece in row]
        if len(set(places)) < len(places):
            return None
        line.texts = [(c, c, piece.text) for c, piece in zip(places, row, strict=True)]
    words = [piece for piece in pieces if not piece.is_figure]
    heads = _blocks(word for word in words if (word.left + word.right) / 2 > bounds[0])
    labels = _blocks(_closed([w for w in words if (w.left + w.right) / 2 <= bounds[0]]))
    lines += _headed(heads, bounds)
    lines.sort(key=lambda line: line.middle)
    _label(lines, labels)
    return _grid(lines, len(bounds), has_labels=bool(labels))


def _figure_rows(figures: Sequence[Piece]) -> list[list[Piece]]:
    """Return the figures that stand on one line, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(figures, key=lambda one: one.middle):
        if rows and piece.middle - rows[-1][0].middle < 0.5 * (piece.bottom - piece.top):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _bounds(rows: Sequence[Sequence[Piece]]) -> list[float] | None:
    """Return the left bound of each column: halfway between the figures of neighbours."""
    dense = [piece for row in rows if len(row) >= _DENSE for piece in row]
    spans: list[list[float]] = []
    for piece in sorted(dense, key=lambda one: one.left):
        if spans and piece.left < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], piece.right)
        else:
            spans.append([piece.left, piece.right])
    if len(spans) < _DENSE or max(map(len, rows)) != len(spans):
        return None
    gaps = [(a[1] + b[0]) / 2 for a, b in zip(spans, spans[1:], strict=False)]
    first = spans[0][0] - (gaps[0] - spans[0][1])
    return [first, *gaps]


def _column(piece: Piece, bounds: Sequence[float]) -> int:
    return max(0, bisect_right(bounds, (piece.left + piece.right) / 2) - 1)


def _closed(words: Sequence[Piece]) -> list[Piece]:
    """Join the words of one line that stand too near to be labels of two columns."""
    closed: list[Piece] = []
    for word in sorted(words, key=lambda one: (one.page, round(one.middle), one.left)):
        last = closed[-1] if closed else word
        gap = word.left - last.right
        if closed and abs(word.middle - last.middle) < 1 and gap <= COLUMN_GAP * word.height:
            text = f"{last.text} {word.text}"
            closed[-1] = replace(last, text=text, right=word.right)
        else:
            closed.append(word)
    return closed


def _blocks(words: Iterable[Piece]) -> list[Piece]:
    """Join pieces that are wrapped lines of one text; an enumerator begins a new one."""
    blocks: list[Piece] = []
    for word in sorted(words, key=lambda one: (one.top, one.left)):
        above = next(
            (
                n
                for n in reversed(range(max(0, len(blocks) - _NEAREST), len(blocks)))
                if _wraps(blocks[n], word)
            ),
            None,
        )
        if above is None:
            blocks.append(word)
            continue
        block = blocks.pop(above)
        blocks.append(
            replace(
                block,
                text=block.text + word.text,
                left=min(block.left, word.left),
                right=max(block.right, word.right),
                bottom=word.bottom,
            )
        )
    return blocks


def _wraps(block: Piece, word: Piece) -> bool:
    if word.page != block.page or _ENUMERATOR.match(word.text):
        return False
    size = max(word.unit, block.unit)
    step = word.middle - (block.bottom - (word.bottom - word.top) / 2)
    overlap = min(block.right, word.right) - max(block.left, word.left)
    near = 0.5 * size < step <= _LEADING * size
    return near and overlap >= 0.5 * min(word.right - word.left, block.right - block.left)


def _headed(heads: Iterable[Piece], bounds: Sequence[float]) -> list[_Line]:
    """Return the rows of heads over the columns; a wide head spans those that it covers."""
    lines: list[_Line] = []
    for word in sorted(heads, key=lambda one: (round(one.middle), one.left)):
        if not lines or word.middle - lines[-1].middle > 0.5 * word.unit:
            lines.append(_Line(word.middle, word.page))
        first = max(0, bisect_right(bounds, word.left + 0.4 * word.unit) - 1)
        last = max(first, bisect_right(bounds, word.right - 0.4 * word.unit) - 1)
        known = lines[-1].texts
        if known and known[-1][:2] == (first, last):
            # One word with wide letter spacing, such as 总 计.
            known[-1] = (first, last, f"{known[-1][2]} {word.text}")
        else:
            known.append((first, last, word.text))
    return lines


def _label(lines: list[_Line], labels: Sequence[Piece]) -> None:
    """Give each label to the one row that it stands beside; those beside several are for groups."""
    for word in sorted(labels, key=lambda one: one.left):
        reach = 0.6 * word.unit
        beside = [
            line for line in lines if word.top + reach / 2 <= line.middle <= word.bottom - reach / 2
        ]
        if len(beside) != 1:
            continue
        beside[0].texts.append((-1, -1, word.text))


def _grid(lines: Sequence[_Line], columns: int, *, has_labels: bool) -> Grid | None:
    shift = 2 if has_labels else 0
    rows: list[tuple[GridCell, ...]] = []
    for number, line in enumerate(lines):
        row = [GridCell("", number, column) for column in range(columns + shift)]
        labels = [text for first, _, text in line.texts if first < 0]
        if labels:
            inner = GridCell(labels[-1], number, 1 if len(labels) > 1 else 0)
            row[0] = GridCell(" ".join(labels[:-1]), number, 0) if len(labels) > 1 else inner
            row[1] = inner
        for first, last, text in line.texts:
            if first < 0:
                continue
            cell = GridCell(text, number, first + shift)
            taken = any(row[c].text for c in range(first + shift, last + shift + 1))
            if taken:
                return None
            for column in range(first + shift, last + shift + 1):
                row[column] = cell
        rows.append(tuple(row))
    return Grid(tuple(rows), tuple(line.page for line in lines))
