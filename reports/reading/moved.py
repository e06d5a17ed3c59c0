"""Rows whose figures moved by one column without leaving a trace but their sum, which only refuses. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.model import Value
from reports.reading.rows import Slot
from reports.reading.values import read_value
from reports.words import Words

_TOTAL = "total"
_PARTS = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other")
_TO_THE_LEFT = Words(
    "该行总计为空白，而前一格的数不小于其余各数之和：各数可能左移了一列，不能确定各属哪一列",
    "the total of the row is blank and the figure before it not below the sum of the others: they may "
    "have moved left by one column, and which belongs to which cannot be told",
)
_TO_THE_RIGHT = Words(
    "该行比表头多一个数，而总计不等于前几列之和：各数可能右移了一列，不能确定各属哪一列",
    "the row has one figure more than the head, and the total is not the sum of the others: they may "
    "have moved right by one column, and which belongs to which cannot be told",
)


_BLOCK = 5
_BLOCKS_MOVED = Words(
    "最后一格为空白，而前面的总计与各分项之和不符：各数可能移了一列，不能确定各属哪一列",
    "the last cell is blank and the totals before it are not the sums of their parts: the figures may "
    "have moved by one column, and which belongs to which cannot be told",
)


def moved(figures: Mapping[str, Slot], behind: Sequence[Slot]) -> Words | None:
    """Say why the figures of a row of table 3 may have moved; ``behind`` is what no column has."""
    total = figures.get(_TOTAL)
    others = [_value(figures[key]) for key in _PARTS if key in figures]
    if len(others) == len(_PARTS) and not (total and total.text) and _ends_in_sum(others):
        return _TO_THE_LEFT
    if total is None:
        return None
    has_more = any(_value(slot) is not None for slot in behind)
    if has_more and sum(value or 0 for value in others) != _value(total):
        return _TO_THE_RIGHT
    return None


def _ends_in_sum(values: Sequence[Value | None]) -> bool:
    """Say whether the last figure is as large as the others together; at most one blank behind it."""
    filled = [value for value in values if value is not None]
    behind = next((n for n, value in enumerate(reversed(values)) if value is not None), len(values))
    if not filled or filled[-1] <= 0 or behind > 1:
        return False
    rest = sum(filled[:-1])
    return filled[-1] >= rest and (behind == 0 or rest > 0)


def moved_blocks(slots: Sequence[Slot]) -> Words | None:
    """Say why the figures of table 4 may have moved: the last is blank, and a block does not add up."""
    values = [_value(slot) for slot in slots]
    if len(values) % _BLOCK or not values or slots[-1].text:
        return None
    blocks = [values[n : n + _BLOCK] for n in range(0, len(values) - _BLOCK, _BLOCK)]
    sums = [(sum(value or 0 for value in block[:-1]), block[-1]) for block in blocks]
    is_off = any(known != total for known, total in sums if total is not None)
    return _BLOCKS_MOVED if is_off or _ends_in_sum(values[-_BLOCK:-1]) else None


def _value(slot: Slot) -> Value | None:
    return read_value(slot.text)[0]
