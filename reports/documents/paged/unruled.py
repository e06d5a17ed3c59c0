"""Tables without rules: runs of lines whose figures stand in columns. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.documents.ink import Sheet
from reports.documents.model import Grid
from reports.documents.paged.joining import FIGURE
from reports.documents.paged.lines import Line, parted
from reports.documents.paged.loose import Piece, grid_of
from reports.forms.headings import read_heading

_FEWEST_FIGURES = 3
_LONGEST_LABEL = 45
_WIDEST_LABEL = 0.6
_LONGEST_HEAD = 16
_LEAST_GAP = 0.4
_PAGE = 100_000.0
_CLOSED = re.compile(r"[。；：！]$")


@dataclass(frozen=True, slots=True)
class Found:
    """A table found among lines."""

    grid: Grid


@dataclass(frozen=True, slots=True)
class _Row:
    """A line in its pieces; ``down`` counts on over the pages."""

    line: Line
    page: int
    pieces: tuple[Piece, ...]
    is_prose: bool

    @property
    def figures(self) -> int:
        """Return how many pieces are figures."""
        return sum(piece.is_figure for piece in self.pieces)


def tables_in(lines: Sequence[tuple[Sheet, Line]]) -> Iterator[Found | list[Line]]:
    """Yield the tables and, between them, the lines of prose.

    A table is a run of lines without prose in which figures stand in columns; a run that does not fit
    any columns stays text, since a figure in a wrong column is worse than none.
    """
    run: list[_Row] = []
    prose: list[Line] = []
    for row in (*(_row(*pair) for pair in lines), None):
        if row is not None and not row.is_prose:
            run.append(row)
            continue
        before, table, after = _divided(run)
        prose += before
        if table is not None:
            yield prose
            yield table
            prose = []
        prose += after
        run = []
        prose += [row.line] if row is not None else []
    yield prose


def _row(sheet: Sheet, line: Line) -> _Row:
    down = sheet.number * _PAGE
    pieces = tuple(
        Piece(
            part.text,
            part.left,
            part.right,
            down + part.top,
            down + part.bottom,
            part.first_width,
            sheet.number,
            FIGURE.fullmatch(part.text) is not None,
        )
        for part in parted(line, _LEAST_GAP)
    )
    alone = len(parted(line)) == 1 and not pieces[0].is_figure
    return _Row(line, sheet.number, pieces, alone and _is_prose(sheet, line))


def _is_prose(sheet: Sheet, line: Line) -> bool:
    if len(line.text) > _LONGEST_LABEL or line.right - line.left > _WIDEST_LABEL * sheet.width:
        return True
    heading = read_heading(line.text)
    known = heading is not None and heading.number is not None
    return known or _CLOSED.search(line.text) is not None


def _divided(run: Sequence[_Row]) -> tuple[list[Line], Found | None, list[Line]]:
    """Return the lines before the table of a run, the table, and the lines after it."""
    lines = [row.line for row in run]
    dense = [n for n, row in enumerate(run) if row.figures >= _FEWEST_FIGURES]
    if not dense:
        return lines, None, []
    sparse = [n for n, row in enumerate(run) if row.figures and len(row.pieces) > 1]
    start = max(0, dense[0] - _LONGEST_HEAD)
    end = _tail(run, max(dense[-1], *sparse, dense[0]))
    grid = grid_of([piece for row in run[start:end] for piece in row.pieces])
    if grid is None:
        return lines, None, []
    return lines[:start], Found(grid), lines[end:]


def _tail(run: Sequence[_Row], last: int) -> int:
    """Return where the table ends: the label of its last row may go on below the figures."""
    edge = min(piece.left for piece in run[last].pieces if piece.is_figure)
    end = last + 1
    while end < len(run) and len(run[end].pieces) == 1:
        piece, above = run[end].pieces[0], run[end - 1].line
        near = run[end].page == run[last].page and run[end].line.top - above.bottom < above.size
        if not near or piece.right > edge or end > last + 3:
            break
        end += 1
    return end
