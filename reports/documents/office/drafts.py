"""Paragraphs and tables as an office file states them, and how they become blocks. Pure.

Word, RTF and OpenDocument readers all give drafts; spans, layout tables, rows of prose and lines with
tabs are understood here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from reports.documents.model import Block, Grid, GridCell, Paragraph, Unreadable
from reports.documents.office.edges import Stretch, grid_by_edges
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.documents.unreadable import too_large
from reports.text import one_line
from reports.words import Words

MAX_DEPTH = 40
_MAX_BLOCKS = 50_000
_MAX_CHARACTERS = 8_000_000
_PROSE = 60
_FEWEST_ROWS = 4
_FEWEST_FIELDS = 3


@dataclass(slots=True)
class DraftCell:
    """A cell between two edges; its items are lines of text and inner tables in reading order.

    ``left`` and ``right`` are in any unit that all rows of the table share. ``continues`` says that
    the cell goes on from the row above, ``down`` how many rows it reaches over.
    """

    items: list[Item] = field(default_factory=list)
    left: int = 0
    right: int = 0
    continues: bool = False
    down: int = 1

    def text(self) -> str:
        """Return the whole text in one line, that of inner tables too."""
        return one_line(" ".join(_lines(self.items)))

    def inner(self) -> list[DraftTable]:
        """Return the tables inside the cell."""
        return [item for item in self.items if isinstance(item, DraftTable)]


@dataclass(slots=True)
class DraftTable:
    """Rows of cells as the file states them."""

    rows: list[list[DraftCell]] = field(default_factory=list)


Item: TypeAlias = str | DraftTable


def blocks_of(items: Iterable[Item]) -> tuple[Block, ...]:
    """Return the blocks that the drafts make. Raises Unreadable beyond the limits."""
    blocks: list[Block] = []
    for block in _gathered(_flow(items, 0)):
        blocks.append(block)
        if len(blocks) > _MAX_BLOCKS:
            raise too_large(Words(f"超过 {_MAX_BLOCKS} 段", f"more than {_MAX_BLOCKS} blocks"))
    return tuple(blocks)


def is_prose(text: str) -> bool:
    """Say whether a row that is one wide cell is a paragraph of the article: a sentence or a heading."""
    sentence = text.endswith(("。", "；")) or text.endswith("年度报告")
    return sentence or len(text) > _PROSE or text[1:2] == "、"


def check_length(characters: int) -> None:
    """Raise Unreadable when the cells of one table hold more text than any report."""
    if characters > _MAX_CHARACTERS:
        raise too_large(
            Words(f"表格超过 {_MAX_CHARACTERS} 字", f"a table of over {_MAX_CHARACTERS} characters")
        )


def too_deep() -> Unreadable:
    """Return the refusal for tables inside tables without end."""
    return too_large(
        Words(f"表格嵌套超过 {MAX_DEPTH} 层", f"tables nested over {MAX_DEPTH} levels")
    )


def _lines(items: Iterable[Item], depth: int = 0) -> Iterator[str]:
    if depth > MAX_DEPTH:
        raise too_deep()
    for item in items:
        if isinstance(item, str):
            yield item
            continue
        for row in item.rows:
            for cell in row:
                yield from _lines(cell.items, depth + 1)


def _flow(items: Iterable[Item], depth: int) -> Iterator[str | Grid]:
    if depth > MAX_DEPTH:
        raise too_deep()
    for item in items:
        if isinstance(item, str):
            yield from item.split("\n")
        elif _is_layout(item):
            for cell in (cell for row in item.rows for cell in row):
                yield from _flow(cell.items, depth + 1)
        else:
            yield from _divided(item.rows, depth)


def _is_layout(table: DraftTable) -> bool:
    """Say whether a table only arranges the page: one cell in each row, or a few around tables."""
    if all(len(row) <= 1 for row in table.rows):
        return True
    holds = any(cell.inner() for row in table.rows for cell in row)
    return holds and (len(table.rows) < _FEWEST_ROWS or max(map(len, table.rows)) < 3)


def _divided(rows: Sequence[list[DraftCell]], depth: int) -> Iterator[str | Grid]:
    """Yield the grids of a table; a row that is one cell of prose is paragraphs and divides it."""
    run: list[list[DraftCell]] = []
    for row in rows:
        if len(row) == 1 and row[0].items and is_prose(row[0].text()):
            yield from _grid(run, depth)
            run = []
            yield from _flow(row[0].items, depth + 1)
        elif row:
            run.append(row)
    yield from _grid(run, depth)


def _grid(rows: Sequence[list[DraftCell]], depth: int) -> Iterator[str | Grid]:
    drawn: list[list[Stretch]] = []
    length = 0
    for row in rows:
        drawn.append([_stretch(cell) for cell in row])
        length += sum(len(stretch.text) for stretch in drawn[-1])
        check_length(length)
    if any(stretch.text for row in drawn for stretch in row):
        yield grid_by_edges(drawn)
    inner = (table for row in rows for cell in row for table in cell.inner())
    yield from _flow(inner, depth + 1)


def _stretch(cell: DraftCell) -> Stretch:
    return Stretch(cell.text(), cell.left, cell.right, cell.continues, cell.down)


def _gathered(flow: Iterable[str | Grid]) -> Iterator[Block]:
    """Yield blocks; lines with tabs that follow one another are rows of one grid."""
    tabbed: list[str] = []
    for part in flow:
        if isinstance(part, str) and "\t" in part.strip():
            tabbed.append(part)
            continue
        if isinstance(part, str) and not part.strip():
            continue
        yield from _tabbed(tabbed)
        tabbed = []
        yield Paragraph(one_line(part)) if isinstance(part, str) else part
    yield from _tabbed(tabbed)


def _tabbed(lines: Sequence[str]) -> Iterator[Block]:
    """Yield lines with tabs: a table when several are as wide as one, else text with blanks."""
    rows = [[one_line(field) for field in line.split("\t")] for line in lines]
    wide = max((sum(map(bool, row)) for row in rows), default=0)
    if len(rows) < 2 or wide < _FEWEST_FIELDS:
        yield from (Paragraph(one_line(line)) for line in lines)
        return
    if sum(map(len, rows)) > MAX_SLOTS:
        raise grid_too_large()
    yield Grid(
        tuple(
            tuple(GridCell(text, number, column) for column, text in enumerate(row))
            for number, row in enumerate(rows)
        )
    )
