"""Paragraphs of a binary Word file to drafts: rows end where the file says, edges are as it says. Pure."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.documents.office.doc_properties import (
    Property,
    Ranges,
    inconsistent,
    paragraph_properties,
)
from reports.documents.office.doc_text import MARKS, WordText, without_codes
from reports.documents.office.drafts import MAX_DEPTH, DraftCell, DraftTable, Item, too_deep

_IN_TABLE, _ROW_ENDS, _DEPTH = 0x2416, 0x2417, 0x6649
_INNER_CELL_ENDS, _INNER_ROW_ENDS = 0x244B, 0x244C
_DEFINE, _MERGE, _MERGE_DOWN = 0xD608, 0x5624, 0xD62B
# Changes of columns after their definition: none of the known writers leaves them in a file.
_REFUSED = frozenset({0x7621, 0x5622, 0x5625})
_CELL_BYTES = 20
_MAX_CELLS = 64
_CONTROLS = dict.fromkeys(range(32)) | {9: "\t", 10: "\n", 11: "\n", 12: "\n", 14: "\n", 30: "-"}


@dataclass(frozen=True, slots=True)
class Story:
    """A stretch of the text, such as the main text, with what its paragraphs are looked up in."""

    text: WordText
    first: int
    last: int
    ranges: Ranges
    data: bytes


@dataclass(frozen=True, slots=True)
class _Line:
    """One paragraph: its text, how deep in tables it lies, and what ends with it."""

    text: str
    depth: int
    ends_cell: bool
    ends_row: bool
    is_deleted: bool
    properties: Sequence[Property]


@dataclass(slots=True)
class _Open:
    """A table that is being read: its finished rows, the cells of the row, the items of the cell."""

    table: DraftTable = field(default_factory=DraftTable)
    cells: list[DraftCell] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


def drafts_of(story: Story) -> Iterator[Item]:
    """Yield the paragraphs and tables of a story. Raises Unreadable when its marks do not fit."""
    without_codes(story.text, story.first, story.last)
    stack: list[_Open] = []
    for line in _story_lines(story):
        if line.depth > MAX_DEPTH:
            raise too_deep()
        while len(stack) > line.depth:
            yield from _closed(stack)
        while len(stack) < line.depth:
            stack.append(_Open())
        if not stack:
            yield line.text
        else:
            _take(stack[-1], line)
    while stack:
        yield from _closed(stack)


def _closed(stack: list[_Open]) -> Iterator[Item]:
    done = stack.pop()
    if done.cells or done.items:
        raise inconsistent()
    if stack:
        stack[-1].items.append(done.table)
    else:
        yield done.table


def _take(level: _Open, line: _Line) -> None:
    if line.ends_row:
        if level.items:
            raise inconsistent()
        _set_edges(level.cells, line.properties)
        if not line.is_deleted:
            level.table.rows.append(_merged(level.cells))
        level.cells = []
        return
    level.items.append(line.text)
    if line.ends_cell:
        level.cells.append(DraftCell(level.items))
        level.items = []


def _story_lines(story: Story) -> Iterator[_Line]:
    characters, begin = story.text.characters, story.first
    for position in range(story.first, story.last):
        if characters[position] in MARKS or position == story.last - 1:
            yield _line(story, begin, position)
            begin = position + 1


def _line(story: Story, begin: int, position: int) -> _Line:
    content = story.ranges.at(story.text.place(position))
    if content is None:
        raise inconsistent()
    properties = paragraph_properties(content, story.data)
    found = {item.code: item.number for item in properties}
    depth = found.get(_DEPTH, 1) if found.get(_IN_TABLE) or found.get(_DEPTH) else 0
    mark = story.text.characters[position]
    if mark == "\x07" and depth != 1:
        raise inconsistent()
    inner = depth > 1 and mark == "\r"
    return _Line(
        _shown(story.text.characters[begin : position + 1]),
        depth,
        ends_cell=mark == "\x07" or (inner and bool(found.get(_INNER_CELL_ENDS))),
        ends_row=bool(mark == "\x07" and found.get(_ROW_ENDS))
        or (inner and bool(found.get(_INNER_ROW_ENDS))),
        is_deleted=position in story.text.deleted_marks,
        properties=properties,
    )


def _shown(characters: Sequence[str]) -> str:
    text = "".join(characters).translate(_CONTROLS)
    # Characters beyond the first plane lie in the file as two halves.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").rstrip("\n")


def _set_edges(cells: Sequence[DraftCell], properties: Sequence[Property]) -> None:
    defined = next((item.operand for item in properties if item.code == _DEFINE), None)
    if defined is None or any(item.code in _REFUSED for item in properties):
        raise inconsistent()
    count = defined[0] if defined else 0
    flags_at = 1 + 2 * (count + 1)
    if count != len(cells) or not 0 < count < _MAX_CELLS or len(defined) < flags_at:
        raise inconsistent()
    edges = struct.unpack_from(f"<{count + 1}h", defined, 1)
    for number, cell in enumerate(cells):
        cell.left, cell.right = edges[number], edges[number + 1]
        at = flags_at + _CELL_BYTES * number
        flags = int.from_bytes(defined[at : at + 2], "little")
        cell.continues = flags & 0x60 == 0x20
        # Kept for ``_merged``: which cells of the row are one.
        cell.down = 1 + (flags & 3)
    for item in properties:
        _change(cells, item)


def _change(cells: Sequence[DraftCell], item: Property) -> None:
    if item.code == _MERGE_DOWN and len(item.operand) == 2 and item.operand[0] < len(cells):
        cells[item.operand[0]].continues = item.operand[1] == 1
    elif item.code == _MERGE:
        for number, cell in enumerate(cells[item.operand[0] : item.operand[1]]):
            cell.down = 2 if number == 0 else 3


def _merged(cells: Sequence[DraftCell]) -> list[DraftCell]:
    """Join cells that the row states as merged: the first of a run, then those marked otherwise.

    Writers disagree which mark is the first cell's, but not that it differs from the others'.
    """
    row: list[DraftCell] = []
    first_mark = 1
    for cell in cells:
        mark, cell.down = cell.down, 1
        if mark != 1 and first_mark not in {1, mark}:
            row[-1].right = cell.right
            row[-1].items.extend(cell.items)
            continue
        first_mark = mark
        row.append(cell)
    return row
