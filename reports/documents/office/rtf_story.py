"""One story of an RTF file, the main text or a text box: lines, cells and rows as its words come. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.documents.model import Unreadable
from reports.documents.office.drafts import MAX_DEPTH, DraftCell, DraftTable, Item, too_deep
from reports.documents.unreadable import damaged
from reports.words import Words

_MAX_EDGES = 1_000


@dataclass(slots=True)
class RowShape:
    """The right edges of the cells to come, and how each is merged with its neighbours."""

    left: int = 0
    edges: list[int] = field(default_factory=list)
    goes_on_down: list[bool] = field(default_factory=list)
    goes_on_right: list[bool] = field(default_factory=list)
    next_down: bool = False
    next_right: bool = False

    def add_edge(self, edge: int) -> None:
        """Take the right edge of the next cell, with the merges stated before it."""
        if len(self.edges) >= _MAX_EDGES:
            raise _unlike()
        self.edges.append(edge)
        self.goes_on_down.append(self.next_down)
        self.goes_on_right.append(self.next_right)
        self.next_down = self.next_right = False


@dataclass(slots=True)
class _Level:
    table: DraftTable = field(default_factory=DraftTable)
    cells: list[DraftCell] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class Story:
    """What has been read of a story, and where it stands: in which table, row, cell and line."""

    def __init__(self) -> None:
        """Begin outside of any table."""
        self.items: list[Item] = []
        self.boxes: list[Item] = []
        self.shape = RowShape()
        self.depth = 0
        self._text: list[str] = []
        self._levels: list[_Level] = []

    def write(self, text: str) -> None:
        """Add text to the line."""
        self._text.append(text)

    def end_line(self) -> None:
        """End a paragraph; inside a row that has begun it belongs to the cell."""
        pending = bool(self._levels) and bool(self._levels[0].cells or self._levels[0].items)
        self._go_to(max(self.depth, 1 if pending else 0))
        self._put_line()

    def end_cell(self, depth: int) -> None:
        """End a cell of a table at a depth."""
        self._go_to(depth)
        self._put_line()
        level = self._levels[-1]
        level.cells.append(DraftCell(level.items))
        level.items = []

    def end_row(self, depth: int, shape: RowShape) -> None:
        """End a row: its cells stand between the edges of the shape."""
        self._go_to(depth)
        level = self._levels[-1]
        if self._line() or level.items:
            raise _unlike()
        level.table.rows.append(_shaped(level.cells, shape))
        level.cells = []

    def finish(self) -> list[Item]:
        """End the story and return its items. Raises Unreadable when a row was never ended."""
        if self._text:
            self.end_line()
        self._go_to(0)
        self.items.extend(self.boxes)
        self.boxes = []
        return self.items

    def _line(self) -> str:
        # Characters beyond the first plane are written as two halves.
        text = "".join(self._text).encode("utf-16-le", "surrogatepass")
        self._text.clear()
        return text.decode("utf-16-le", "replace")

    def _put_line(self) -> None:
        text = self._line()
        if self._levels:
            self._levels[-1].items.append(text)
        else:
            self.items.append(text)
            self.items.extend(self.boxes)
            self.boxes = []

    def _go_to(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_deep()
        while len(self._levels) > depth:
            done = self._levels.pop()
            if done.cells or any(item for item in done.items):
                raise _unlike()
            target = self._levels[-1].items if self._levels else self.items
            target.append(done.table)
        while len(self._levels) < depth:
            self._levels.append(_Level())


def _shaped(cells: list[DraftCell], shape: RowShape) -> list[DraftCell]:
    # A cell lost before others would move their figures one column on.
    if len(cells) != len(shape.edges):
        raise _unlike()
    row: list[DraftCell] = []
    left = shape.left
    for number, cell in enumerate(cells):
        cell.left, cell.right = left, shape.edges[number]
        cell.continues = shape.goes_on_down[number]
        left = cell.right
        if shape.goes_on_right[number] and row:
            row[-1].right = cell.right
            row[-1].items.extend(cell.items)
        else:
            row.append(cell)
    return row


def _unlike() -> Unreadable:
    return damaged(
        Words("表格的单元格与行定义不符", "the cells of a table do not fit its row definitions")
    )
