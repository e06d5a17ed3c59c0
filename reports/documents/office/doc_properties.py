"""Properties of paragraphs and characters in a binary Word file, by where their text lies. Pure.

Word keeps them in pages of 512 bytes: ranges of file positions, each with a list of single properties.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.documents.model import Unreadable
from reports.documents.unreadable import damaged
from reports.words import Words

_PAGE = 512
_MAX_PAGES = 4_000
_HUGE = frozenset({0x6645, 0x6646})
_DEFINE_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its code and its operand as written."""

    code: int
    operand: bytes

    @property
    def number(self) -> int:
        """Return the operand as an unsigned number."""
        return int.from_bytes(self.operand[:4], "little")


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges of file positions in order, and the bytes of the properties of each."""

    starts: Sequence[int]
    ends: Sequence[int]
    lists: Sequence[bytes]

    def at(self, position: int) -> bytes | None:
        """Return the property bytes of the range that holds a position, None when none does."""
        index = bisect_right(self.starts, position) - 1
        return self.lists[index] if index >= 0 and position < self.ends[index] else None


def inconsistent() -> Unreadable:
    """Return the refusal for a binary file whose parts contradict each other."""
    return damaged(Words("Word 内部结构前后不一致", "its inner structures contradict each other"))


def paragraph_ranges(main: bytes, table: bytes) -> Ranges:
    """Return the paragraphs' property bytes, from the table of their pages."""
    return _ranges(main, table, 13)


def character_ranges(main: bytes, table: bytes) -> Ranges:
    """Return the characters' property bytes, from the table of their pages."""
    return _ranges(main, table, 1)


def properties_of(content: bytes) -> Iterator[Property]:
    """Yield the single properties of a list. Raises Unreadable when it breaks off."""
    position = 0
    while position + 2 <= len(content):
        code = content[position] | content[position + 1] << 8
        position += 2
        size, skipped = _size(content, position, code)
        if position + skipped + size > len(content):
            if not any(content[position - 2 :]):
                return
            raise inconsistent()
        yield Property(code, content[position + skipped : position + skipped + size])
        position += skipped + size


def paragraph_properties(content: bytes, data: bytes) -> list[Property]:
    """Return a paragraph's properties, those that did not fit beside the others included."""
    found: list[Property] = []
    for item in properties_of(content):
        if item.code in _HUGE:
            start = item.number
            if start + 2 > len(data):
                raise inconsistent()
            size = int.from_bytes(data[start : start + 2], "little")
            found.extend(p for p in properties_of(data[start + 2 : start + 2 + size]))
        else:
            found.append(item)
    return found


def _size(content: bytes, position: int, code: int) -> tuple[int, int]:
    """Return the operand's size and that of the size before it."""
    size = _SIZES[code >> 13]
    if size:
        return size, 0
    if code == _DEFINE_TABLE:
        return max(int.from_bytes(content[position : position + 2], "little") - 1, 0), 2
    declared = content[position] if position < len(content) else 0
    if code == _CHANGE_TABS and declared == 255:
        deleted = content[position + 1] if position + 1 < len(content) else 0
        place = position + 2 + 4 * deleted
        added = content[place] if place < len(content) else 0
        return 2 + 4 * deleted + 3 * added, 1
    return declared, 1


def _ranges(main: bytes, table: bytes, entry: int) -> Ranges:
    if len(table) < 4 or (len(table) - 4) % 8:
        raise inconsistent()
    count = (len(table) - 4) // 8
    if count > _MAX_PAGES:
        raise inconsistent()
    found: list[tuple[int, int, bytes]] = []
    for raw in struct.unpack_from(f"<{count}I", table, 4 * (count + 1)):
        start = (raw & 0x3FFFFF) * _PAGE
        page = main[start : start + _PAGE]
        if len(page) < _PAGE:
            raise inconsistent()
        found.extend(_page_ranges(page, entry))
    starts, ends = [item[0] for item in found], [item[1] for item in found]
    if any(start >= end for start, end in zip(starts, ends, strict=True)):
        raise inconsistent()
    if any(end > start for end, start in zip(ends, starts[1:], strict=False)):
        raise inconsistent()
    return Ranges(starts, ends, [item[2] for item in found])


def _page_ranges(page: bytes, entry: int) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    if count == 0 or 4 * (count + 1) + entry * count > _PAGE - 1:
        raise inconsistent()
    limits = struct.unpack_from(f"<{count + 1}I", page)
    read = _paragraph_list if entry > 1 else _character_list
    for number in range(count):
        place = 2 * page[4 * (count + 1) + entry * number]
        yield limits[number], limits[number + 1], read(page, place) if place else b""


def _paragraph_list(page: bytes, place: int) -> bytes:
    """Return the list at a place, without the number of the style that stands before it."""
    size = page[place]
    begin, length = (
        (place + 1, 2 * size - 1) if size else (place + 2, 2 * page[(place + 1) % _PAGE])
    )
    if begin + length > _PAGE - 1 or length < 2:
        raise inconsistent()
    return page[begin + 2 : begin + length]


def _character_list(page: bytes, place: int) -> bytes:
    size = page[place]
    if place + 1 + size > _PAGE - 1:
        raise inconsistent()
    return page[place + 1 : place + 1 + size]
