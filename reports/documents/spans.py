"""Rows of cells with spans to a full grid, within bounds that a hostile page cannot stretch. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from reports.documents.model import Grid, GridCell, Unreadable
from reports.documents.unreadable import too_large
from reports.words import Words

MAX_SLOTS = 200_000
_MAX_COLSPAN = 1000


class Spanning(NamedTuple):
    """A cell as its row declares it; a rowspan of 0 reaches to the last row."""

    text: str
    colspan: int = 1
    rowspan: int = 1


Spanned: TypeAlias = tuple[str, int, int]
"""What ``Spanning`` holds, as a plain tuple where hundreds are made."""


@dataclass(slots=True)
class _Reaching:
    """A cell of an earlier row that reaches into the rows below."""

    cell: GridCell
    rows_left: int


def expand(rows: Sequence[Sequence[Spanned]]) -> Grid:
    """Return the grid with every span filled in. Raises Unreadable beyond ``MAX_SLOTS`` slots."""
    reaching: dict[int, _Reaching] = {}
    expanded: list[tuple[GridCell, ...]] = []
    slots = 0
    for number, row in enumerate(rows):
        line = _expand_row(row, number, len(rows) - number, reaching)
        slots += len(line)
        if slots > MAX_SLOTS:
            raise grid_too_large()
        expanded.append(line)
    return Grid(tuple(expanded))


def grid_too_large() -> Unreadable:
    """Return the refusal for a table that expands beyond the limit."""
    return too_large(
        Words(f"表格展开后超过 {MAX_SLOTS} 格", f"a table expands beyond {MAX_SLOTS} slots")
    )


def _expand_row(
    row: Sequence[Spanned], number: int, rows_below: int, reaching: dict[int, _Reaching]
) -> tuple[GridCell, ...]:
    line: list[GridCell] = []
    for declared in row:
        if len(line) in reaching:
            _take_over(line, reaching)
        text, across, down = declared
        if across == down == 1:
            # Most cells of most tables.
            line.append(GridCell(text, number, len(line)))
            continue
        cell = GridCell(text, number, len(line))
        rowspan = rows_below if down == 0 else min(down, rows_below)
        for _ in range(max(1, min(across, _MAX_COLSPAN))):
            # A cell from above wins the slot; overlapping spans then never lose that cell.
            if len(line) not in reaching and rowspan > 1:
                reaching[len(line)] = _Reaching(cell, rowspan)
            line.append(cell)
        if len(line) > MAX_SLOTS:
            raise grid_too_large()
    _take_over(line, reaching)
    _next_row(reaching)
    return tuple(line)


def _take_over(line: list[GridCell], reaching: dict[int, _Reaching]) -> None:
    """Fill the slots at the end of the line that cells from above reach into."""
    while len(line) in reaching:
        line.append(reaching[len(line)].cell)


def _next_row(reaching: dict[int, _Reaching]) -> None:
    for column in list(reaching):
        reaching[column].rows_left -= 1
        if reaching[column].rows_left <= 0:
            del reaching[column]
