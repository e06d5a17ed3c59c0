"""A joined table to a grid with all spans expanded; rows of prose in it become paragraphs. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from reports.documents.model import Block, Grid, GridCell
from reports.documents.paged.joining import Piece, Table
from reports.documents.paged.prose import paragraphs
from reports.documents.paged.rules import SNAP
from reports.documents.spans import MAX_SLOTS, grid_too_large

_SLIVER = 6.0
_PROSE = 60
_WIDEST_BUNDLE = 4.5


def blocks_of_table(table: Table) -> Iterator[Block]:
    """Yield the grid, divided where a row is one wide cell of prose or a heading."""
    table.drop_idle_rows()
    edges = _edges(table.pieces)
    if len(table.pages) * (len(edges) - 1) > MAX_SLOTS:
        raise grid_too_large()
    prose = {
        piece.first: piece
        for piece in table.pieces
        if _index(edges, piece.left) == 0
        and _index(edges, piece.right) == len(edges) - 1
        and piece.first == piece.last
        and _is_prose(piece.text)
    }
    start = 0
    for row in (*sorted(prose), len(table.pages)):
        yield from _grid(table, edges, start, row)
        if row in prose:
            piece = prose[row]
            yield from paragraphs(piece.lines, piece.right - piece.margin)
        start = row + 1


def _edges(pieces: Iterable[Piece]) -> list[float]:
    """Return the sides of all cells of all pages, near ones as one."""
    edges: list[float] = []
    last = 0.0
    for side in sorted({side for piece in pieces for side in (piece.left, piece.right)}):
        if not edges or side - last > SNAP or side - edges[-1] > _WIDEST_BUNDLE:
            edges.append(side)
        last = side
    return edges


def _index(edges: Sequence[float], side: float) -> int:
    """Return the edge that the side was made one with: the last one not behind it."""
    found = bisect_left(edges, side)
    return found if found < len(edges) and edges[found] == side else found - 1


def _grid(table: Table, edges: Sequence[float], start: int, end: int) -> Iterator[Grid]:
    """Yield the grid of the rows from start to before end, if any text stands there."""
    slots: list[list[GridCell | None]] = [[None] * (len(edges) - 1) for _ in range(start, end)]
    for piece in table.pieces:
        first, last = max(piece.first, start), min(piece.last, end - 1)
        left, right = _index(edges, piece.left), _index(edges, piece.right)
        if first > last or left >= right:
            continue
        cell = GridCell(piece.text, first - start, left)
        for row in range(first - start, last - start + 1):
            slots[row][left:right] = [cell] * (right - left)
    rows = tuple(
        tuple(cell or GridCell("", row, column) for column, cell in enumerate(line))
        for row, line in enumerate(slots)
    )
    if any(cell.text for row in rows for cell in row):
        yield Grid(_without_slivers(rows, edges), tuple(table.pages[start:end]))


_Rows = tuple[tuple[GridCell, ...], ...]


def _without_slivers(rows: _Rows, edges: Sequence[float]) -> _Rows:
    """Return the rows without columns too narrow for a character in which no text begins."""
    kept = [
        column
        for column in range(len(edges) - 1)
        if edges[column + 1] - edges[column] > _SLIVER
        or any(row[column].column == column and row[column].text for row in rows)
    ]
    if len(kept) == len(edges) - 1:
        return rows
    place = {old: new for new, old in enumerate(kept)}
    moved: dict[int, GridCell] = {}
    for cell in {id(row[old]): row[old] for row in rows for old in kept}.values():
        column = place.get(cell.column, bisect_left(kept, cell.column))
        moved[id(cell)] = GridCell(cell.text, cell.row, column)
    return tuple(tuple(moved[id(row[old])] for old in kept) for row in rows)


def _is_prose(text: str) -> bool:
    sentence = text.endswith(("。", "；")) or text.endswith("年度报告")
    return sentence or len(text) > _PROSE or text[1:2] == "、" or text[:1] == "#"
