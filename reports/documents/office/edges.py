"""Cells between edges to a full grid: the columns are the edges of all rows together. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.documents.model import Grid, GridCell
from reports.documents.spans import MAX_SLOTS, grid_too_large

# In twips. Rows that were dragged by hand differ by less; a cell with a figure is wider.
_TOLERANCES = (240, 120, 60, 20, 0)
_SLIVER = 60
_MAX_COLUMNS = 5_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """A cell from its left to its right edge. It may go on from above, or reach ``down`` rows."""

    text: str
    left: int
    right: int
    continues: bool = False
    down: int = 1


Rows = Sequence[Sequence[Stretch]]


def grid_by_edges(rows: Rows) -> Grid:
    """Return the grid with every span filled in; columns too narrow for any text are dropped.

    Edges that nearly meet are one edge, as long as no cell with text vanishes by it. Where the edges
    make no sense at all, each cell is one column. Raises Unreadable beyond ``MAX_SLOTS`` slots.
    """
    numbers = _column_numbers(rows)
    if numbers is None:
        rows = [_one_by_one(row) for row in rows]
        numbers = {edge: edge for row in rows for cell in row for edge in (cell.left, cell.right)}
    return _filled(rows, numbers)


def _one_by_one(row: Sequence[Stretch]) -> list[Stretch]:
    return [Stretch(cell.text, n, n + 1, cell.continues, cell.down) for n, cell in enumerate(row)]


def _column_numbers(rows: Rows) -> Mapping[int, int] | None:
    """Return the column at which each edge stands, None when the edges contradict the cells."""
    if any(cell.right < cell.left for row in rows for cell in row) or _overlaps(rows):
        return None
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    if len(edges) > _MAX_COLUMNS:
        raise grid_too_large()
    solid = {
        (cell.left, cell.right)
        for row in rows
        for cell in row
        if cell.text or cell.right - cell.left >= _SLIVER
    }
    for tolerance in _TOLERANCES:
        numbers = _clustered(edges, tolerance)
        if all(numbers[left] < numbers[right] for left, right in solid):
            return numbers
    return None


def _overlaps(rows: Rows) -> bool:
    return any(
        before.right > after.left
        for row in rows
        for before, after in zip(row, row[1:], strict=False)
    )


def _clustered(edges: Sequence[int], tolerance: int) -> dict[int, int]:
    numbers: dict[int, int] = {}
    start, number = edges[0] if edges else 0, 0
    for edge in edges:
        if edge - start > tolerance:
            start, number = edge, number + 1
        numbers[edge] = number
    return numbers


def _filled(rows: Rows, numbers: Mapping[int, int]) -> Grid:
    grid: list[tuple[GridCell, ...]] = []
    reaching: dict[int, tuple[GridCell, int]] = {}
    slots = 0
    for number, row in enumerate(rows):
        line = _line(row, number, grid[-1] if grid else (), numbers, reaching)
        slots += len(line)
        if slots > MAX_SLOTS:
            raise grid_too_large()
        grid.append(tuple(line))
        reaching = {c: (cell, last) for c, (cell, last) in reaching.items() if last > number}
    return Grid(tuple(grid))


def _line(
    row: Sequence[Stretch],
    number: int,
    above: Sequence[GridCell],
    numbers: Mapping[int, int],
    reaching: dict[int, tuple[GridCell, int]],
) -> list[GridCell]:
    line: list[GridCell] = []
    for cell in row:
        first, last = numbers[cell.left], numbers[cell.right]
        _fill_gap(line, first, number, reaching)
        if last <= first:
            continue
        origin = GridCell(cell.text, number, first)
        if cell.continues and first < len(above):
            origin = above[first]
        if cell.down > 1:
            reaching.update(dict.fromkeys(range(first, last), (origin, number + cell.down - 1)))
        line.extend([origin] * (last - first))
    ends = sorted(reaching)
    _fill_gap(line, ends[-1] + 1 if ends else 0, number, reaching)
    return line


def _fill_gap(
    line: list[GridCell], until: int, number: int, reaching: Mapping[int, tuple[GridCell, int]]
) -> None:
    """Fill the columns up to the next cell: with cells that reach down, else with blanks."""
    for column in range(len(line), until):
        held = reaching.get(column)
        line.append(held[0] if held else GridCell("", number, column))
