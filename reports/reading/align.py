"""Which column a figure belongs to: by the header's leaf labels, however the row is shifted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like


@dataclass(frozen=True, slots=True)
class Header:
    """The leaf labels of a table head.

    ``columns`` tells for each column the keys that its labels name (two when the head contradicts
    itself); ``order`` are the distinct keys from left to right; ``width`` is that of the head's rows.
    ``positional`` is False when the columns of the head cannot be trusted: then only the order counts.
    """

    columns: Mapping[int, tuple[str, ...]]
    order: tuple[str, ...]
    width: int
    positional: bool = True

    @property
    def first(self) -> int:
        """Return the column of the first leaf label."""
        return min(self.columns)

    def count(self) -> int:
        """Return how many columns of figures the head names."""
        return len({keys for keys in self.columns.values()})


@dataclass(frozen=True, slots=True)
class Placed:
    """The figures of one row by key; figures that fit two keys; figures that fit none."""

    figures: Mapping[str, Slot]
    doubtful: tuple[tuple[tuple[str, ...], Slot], ...] = ()
    homeless: tuple[Slot, ...] = ()


@dataclass(slots=True)
class _Placing:
    figures: dict[str, Slot] = field(default_factory=dict)
    doubtful: list[tuple[tuple[str, ...], Slot]] = field(default_factory=list)
    homeless: list[Slot] = field(default_factory=list)


def place(row: Row, label: Slot, header: Header) -> Placed:
    """Give every figure behind the label to its column.

    Rows with more or fewer label fields than the head are shifted accordingly: the figures begin behind
    the last label, or under the head's first leaf label when only blanks lie between.
    """
    slots = row.after(label.last)
    if not header.positional:
        return _in_order(slots, header.order)
    is_short = row.width < header.width
    shift = _shift(slots, label.last + 1, header, is_short=is_short)
    if shift is None:
        return Placed({}, homeless=_filled(slots))
    inside = [slot for slot in slots if slot.last - shift >= header.first]
    if is_short and len(inside) < header.count():
        # A field is gone, and nothing tells which one: every figure may belong one column further.
        pairs = zip(header.order, inside, strict=False)
        return Placed({}, doubtful=tuple(((key,), slot) for key, slot in pairs))
    placing = _Placing()
    for slot in inside:
        _give(slot, shift, header, placing)
    return Placed(placing.figures, tuple(placing.doubtful), tuple(placing.homeless))


def _in_order(slots: Sequence[Slot], order: Sequence[str]) -> Placed:
    """Give figures to the keys one by one: only when there are exactly as many of them."""
    while len(slots) > len(order) and not slots[-1].text:
        slots = slots[:-1]
    if len(slots) != len(order) or not all(is_value_like(slot.text) for slot in slots):
        return Placed({}, homeless=_filled(slots))
    return Placed(dict(zip(order, slots, strict=True)))


def _shift(slots: Sequence[Slot], start: int, header: Header, *, is_short: bool) -> int | None:
    """Return how far right of the head the row stands; None when that cannot be told.

    A blank before the first column is a figure only in a row as wide as the head: a short row may have
    lost a figure instead of a label.
    """
    first = header.first
    if start >= first:
        return start - first
    early = [slot for slot in slots if slot.first < first and slot.text]
    if early:
        whole = len(_filled(slots)) == header.count()
        return start - first if whole else None
    behind = sum(1 for slot in slots if slot.first >= first)
    lost = not is_short and len(slots) == header.count() and behind < header.count()
    return start - first if lost else 0


def _give(slot: Slot, shift: int, header: Header, placing: _Placing) -> None:
    votes = Counter(
        header.columns[column - shift]
        for column in range(slot.first, slot.last + 1)
        if column - shift in header.columns
    )
    if not votes:
        if slot.text:
            placing.homeless.append(slot)
        return
    keys, most = votes.most_common(1)[0]
    if most < 0.8 * votes.total():
        keys = tuple(dict.fromkeys(key for found in votes for key in found))
    if len(keys) > 1 or keys[0] in placing.figures:
        placing.doubtful.append((keys, slot))
        placing.figures.pop(keys[0], None)
    else:
        placing.figures[keys[0]] = slot


def _filled(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots if slot.text)
