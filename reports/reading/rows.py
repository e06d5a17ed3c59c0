"""All table rows of a document as one stream: tables are found by labels, not by their grids. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reports.documents.model import Document, GridCell
from reports.model import Place


class Slot(NamedTuple):
    """A cell of a row: its text as published, the cell, its first and last column.

    ``from_above`` says that it began in a row above.
    """

    text: str
    cell: GridCell
    first: int
    last: int
    from_above: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one grid; ``slots`` are its distinct cells from left to right.

    ``words`` are those slots that may be labels: every label has Chinese in it, and no figure has.
    ``widest`` is the width of the grid's widest row; ``is_padded`` says that blanks fill the row up.
    """

    grid: int
    number: int
    width: int
    slots: tuple[Slot, ...]
    words: tuple[Slot, ...]
    page: int | None = None
    widest: int = 0
    is_padded: bool = False

    def place(self, slot: Slot) -> Place:
        """Return where the cell of the slot stands."""
        return Place(self.grid, slot.cell.row, slot.cell.column, self.page)

    def after(self, column: int) -> tuple[Slot, ...]:
        """Return the slots that begin behind the column."""
        return tuple(slot for slot in self.slots if slot.first > column)


def rows_of(document: Document) -> Iterator[Row]:
    """Yield every row of every grid in reading order, without the padding of padded ones."""
    for ordinal, grid in enumerate(document.grids):
        widest = max(map(len, grid.rows), default=0)
        for number, cells in enumerate(grid.rows):
            slots = _slots(cells, number)
            while grid.padded and slots and not slots[-1].text:
                slots = slots[:-1]
            page = grid.pages[number] if grid.pages else None
            words = tuple([slot for slot in slots if not slot.text.isascii()])
            yield Row(ordinal, number, len(cells), slots, words, page, widest, grid.padded)


def _slots(cells: tuple[GridCell, ...], number: int) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    first, end = 0, len(cells)
    for column, cell in enumerate(cells, start=1):
        if column == end or cells[column] is not cell:
            slots.append(Slot(cell.text, cell, first, column - 1, cell.row != number))
            first = column
    return tuple(slots)
