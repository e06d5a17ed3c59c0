"""All table rows of a document as one stream: tables are found by labels, not by their grids. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.documents.model import Document, GridCell
from reports.model import Place


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a row: where it begins, how far it reaches, and whether it began in a row above."""

    cell: GridCell
    first: int
    last: int
    from_above: bool

    @property
    def text(self) -> str:
        """Return the text as published."""
        return self.cell.text


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one grid; ``slots`` are its distinct cells from left to right.

    ``widest`` is the width of the grid's widest row; ``is_padded`` says that blanks fill the row up.
    """

    grid: int
    number: int
    width: int
    slots: tuple[Slot, ...]
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
            slots = tuple(_slots(cells, number))
            while grid.padded and slots and not slots[-1].text:
                slots = slots[:-1]
            page = grid.pages[number] if grid.pages else None
            yield Row(ordinal, number, len(cells), slots, page, widest, grid.padded)


def _slots(cells: tuple[GridCell, ...], number: int) -> Iterator[Slot]:
    first = 0
    for column in range(1, len(cells) + 1):
        if column == len(cells) or cells[column] is not cells[first]:
            yield Slot(cells[first], first, column - 1, cells[first].row != number)
            first = column
