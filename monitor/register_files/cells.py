"""Rows of a register file before anybody asks what they mean, and the bounds of such a file. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.errors import Refusal
from reports.words import Words

MOST_BYTES = 33_554_432
MOST_ROWS = 200_000
MOST_COLUMNS = 60
LONGEST_CELL = 10_000


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell whose content is no text to go by, and why."""

    shown: str
    why: Words


Cell = str | Unusable


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number in the file, from 1, and its cells, stripped; blank is the empty text."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of rows that are not blank; a CSV file has one without a name."""

    name: str
    rows: tuple[Row, ...]


def rows_of(lines: Iterable[Iterable[Cell]]) -> Iterator[Row]:
    """Yield the rows that are not blank. Raises Refusal beyond the bounds of a register."""
    for number, line in enumerate(lines, start=1):
        if number > MOST_ROWS:
            raise Refusal(
                Words(
                    f"超过 {MOST_ROWS} 行；请删去多余的空白行，或分成几个文件。",
                    f"It has over {MOST_ROWS} rows; delete blank ones, or split the file.",
                )
            )
        cells = tuple(_cell(cell) for cell in line)
        while cells and not cells[-1]:
            cells = cells[:-1]
        if len(cells) > MOST_COLUMNS:
            raise Refusal(
                Words(
                    f"第 {number} 行超过 {MOST_COLUMNS} 列；请核对文件。",
                    f"Row {number} has over {MOST_COLUMNS} columns; check the file.",
                )
            )
        if cells:
            yield Row(number, cells)


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, Unusable):
        return cell
    plain = cell.strip()
    if len(plain) <= LONGEST_CELL:
        return plain
    return Unusable(
        plain[:20] + "…",
        Words(f"超过 {LONGEST_CELL} 个字符", f"it has over {LONGEST_CELL} characters"),
    )
