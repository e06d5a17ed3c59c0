"""Table 3 in two halves side by side, each with its own head: one row becomes two. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.forms.requests import column_of
from reports.reading.rows import Row, Slot

_FIRST, _LAST = "natural_person", "total"


def second_half(head: Sequence[Row]) -> int:
    """Return the column where a second half begins: behind the totals, before natural persons; 0 if none."""
    firsts = _columns(head, _FIRST)
    lasts = _columns(head, _LAST)
    if len(firsts) != 2 or len(lasts) != 2:  # noqa: PLR2004 - halves
        return 0
    is_divided = firsts[0] < lasts[0] < firsts[1] < lasts[1]
    return lasts[0] + 1 if is_divided else 0


def _columns(head: Sequence[Row], key: str) -> list[int]:
    return sorted({slot.first for row in head for slot in row.words if column_of(slot.text) == key})


def halves_of(row: Row, at: int) -> tuple[Row, ...]:
    """Return the two halves of a row, each counted from its own first column."""
    left = tuple(slot for slot in row.slots if slot.last < at)
    right = tuple(_moved(slot, at) for slot in row.slots if slot.first >= at)
    return (_part(row, left, at), _part(row, right, row.width - at))


def _moved(slot: Slot, by: int) -> Slot:
    return slot._replace(first=slot.first - by, last=slot.last - by)


def _part(row: Row, slots: tuple[Slot, ...], width: int) -> Row:
    words = tuple(slot for slot in slots if not slot.text.isascii())
    return replace(row, slots=slots, words=words, width=width, widest=width)
