"""Which column a figure belongs to: by the header's leaf labels, however the row is shifted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.reading.moved import moved
from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like, read_value
from reports.words import Words

REMARKS = frozenset({"备注", "说明", "序号"})
"""Heads of columns that hold no figures of the form."""

_MOST_SHOWN = 8
_ALL_COLUMNS = 7
_UNNAMED = Words(
    "未见可辨认的列名，且该行末数不等于前几列之和，不能确定各数属于哪一列",
    "no head names the columns, and the last figure of the row is not the sum of the others: which "
    "figure belongs to which column cannot be told",
)


@dataclass(frozen=True, slots=True)
class Header:
    """The leaf labels of a table head.

    ``columns`` tells for each column the keys that its labels name (two when the head contradicts
    itself); ``order`` are the distinct keys from left to right; ``width`` is that of the head's rows.
    ``positional`` is False when the columns of the head cannot be trusted: then only the order counts;
    ``is_named`` is False when no head was found and the order is that of the form; ``remarks`` are the
    columns that the head gives to remarks.
    """

    columns: Mapping[int, tuple[str, ...]]
    order: tuple[str, ...]
    width: int
    positional: bool = True
    is_named: bool = True
    remarks: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        """Return the column of the first leaf label."""
        return min(self.columns)

    def count(self) -> int:
        """Return how many columns of figures the head names."""
        return len({keys for keys in self.columns.values()})


@dataclass(frozen=True, slots=True)
class Placed:
    """The figures of one row by key; figures that fit two keys; figures that fit none.

    ``why`` says why a whole row was given to no column.
    """

    figures: Mapping[str, Slot]
    doubtful: tuple[tuple[tuple[str, ...], Slot], ...] = ()
    homeless: tuple[Slot, ...] = ()
    why: Words | None = None


@dataclass(slots=True)
class _Placing:
    figures: dict[str, Slot] = field(default_factory=dict)
    doubtful: list[tuple[tuple[str, ...], Slot]] = field(default_factory=list)
    homeless: list[Slot] = field(default_factory=list)


def place(row: Row, label: Slot, header: Header) -> Placed:
    """Give every figure behind the label to its column.

    Rows with more or fewer label fields than the head are shifted accordingly: the figures begin behind
    the last label, or under the head's first leaf label when only blanks lie between. A row that has
    more or fewer cells than that explains is given to no column: any of its figures may be moved.
    """
    slots = row.after(label.last)
    if len(slots) == 1 and slots[0].last > slots[0].first and _holds_several(slots[0].text):
        return _unplaced(slots[0].text.split(), len(header.order))
    if not header.positional:
        return _in_order(slots, header)
    is_short = row.width < header.width
    shift = _shift(slots, label.last + 1, header, is_short=is_short)
    if shift is None:
        return _unplaced([slot.text for slot in _filled(slots)], header.count())
    inside = [slot for slot in slots if slot.last - shift >= header.first]
    if not (row.is_padded or row.width == header.width == row.widest):
        # A table whose rows all end at one edge was cut there, and the last columns are what is lost.
        is_short = row.width - shift < header.width
    is_long = row.width > header.width + max(shift, 0)
    is_lacking = is_short and len(inside) < header.count()
    is_lacking = is_lacking or _holds_figures(label, inside, header)
    if is_long or is_lacking or _is_mixed(row, label, inside, shift):
        return _unplaced([slot.text for slot in inside], header.count())
    return _given(row, inside, shift, header)


def _given(row: Row, inside: Sequence[Slot], shift: int, header: Header) -> Placed:
    """Give the figures to the names over them, or none when two share one or a sum says they moved."""
    placing = _Placing()
    for slot in inside:
        _give(slot, shift, header, placing)
    is_doubled = any(len(keys) == 1 or row.width < header.width for keys, _ in placing.doubtful)
    is_torn = is_doubled or _lost_a_span(row, inside, shift, header)
    if is_torn or _outgrows(placing.homeless, shift, header):
        return _unplaced([slot.text for slot in inside], header.count())
    why = moved(placing.figures, placing.homeless)
    if why is not None:
        return Placed({}, why=why)
    return Placed(placing.figures, tuple(placing.doubtful), tuple(placing.homeless))


def _outgrows(homeless: Sequence[Slot], shift: int, header: Header) -> bool:
    """Say whether figures stand where the head has no name: it lost one, and the others may be moved."""
    figures = [slot for slot in homeless if is_value_like(slot.text)]
    if header.count() < _ALL_COLUMNS:
        return bool(figures)
    # A column without a name may follow the last one, if the head has room for it.
    last = max(header.columns)
    return any(not last < slot.first - shift < header.width for slot in figures)


def _holds_figures(label: Slot, inside: Sequence[Slot], header: Header) -> bool:
    """Say whether the label reaches over columns of figures that the row lacks: it may hold one."""
    is_over = label.first < header.first <= label.last
    return is_over and len(inside) < header.width - header.first


def _is_mixed(row: Row, label: Slot, inside: Sequence[Slot], shift: int) -> bool:
    """Say whether labels and figures changed places: a figure before the label, a label among figures."""
    if any(slot.from_above and not is_value_like(slot.text) for slot in inside):
        return True
    before = [s.text for s in row.slots if s.last < label.first and not s.from_above]
    return shift > 0 and any(
        is_value_like(text) and any(sign.isdigit() for sign in text) for text in before
    )


def _lost_a_span(row: Row, inside: Sequence[Slot], shift: int, header: Header) -> bool:
    """Say whether wide figures of a short row stand between the names: a cell lost its span.

    Everything behind that cell moved by less than a column.
    """
    return row.width < header.width and any(
        len({header.columns.get(n - shift) for n in range(slot.first, slot.last + 1)}) > 1
        for slot in inside
    )


def _holds_several(text: str) -> bool:
    return not text or len(text.split()) > 1


def _unplaced(texts: Sequence[str], columns: int) -> Placed:
    """Give a row to no column, and say what it holds and how many columns there are."""
    filled = [text for text in texts if text]
    shown = "、".join(filled[:_MOST_SHOWN]) + ("……" if len(filled) > _MOST_SHOWN else "")
    why = Words(
        f"该行有 {len(texts)} 格（{shown}），表头有 {columns} 列，不能确定各数属于哪一列",
        f"the row has {len(texts)} cell(s) ({shown}), the head {columns} columns: which figure belongs "
        "to which column cannot be told",
    )
    return Placed({}, why=why)


def _in_order(slots: Sequence[Slot], header: Header) -> Placed:
    """Give figures to the keys one by one: only when there are exactly as many of them.

    Where no head names the columns, a row whose total is not the sum of the others is refused too.
    """
    order = header.order
    if len(order) < _ALL_COLUMNS:
        return _unplaced([slot.text for slot in slots], len(order))
    kept = list(slots)
    while len(kept) > len(order) and not kept[-1].text:
        kept.pop()
    if len(kept) > len(order) and len(_filled(kept)) == len(order):
        # Fields of a wide label lie before the figures; that is certain only when none is blank.
        kept = [slot for slot in kept if slot.text]
    if len(kept) != len(order) or not all(is_value_like(slot.text) for slot in kept):
        return _unplaced([slot.text for slot in slots], len(order))
    if not header.is_named and _contradicts([slot.text for slot in kept]):
        return Placed({}, why=_UNNAMED)
    figures = dict(zip(order, kept, strict=True))
    why = moved(figures, ())
    return Placed({}, why=why) if why is not None else Placed(figures)


def _contradicts(texts: Sequence[str]) -> bool:
    """Say whether the last of these figures is not the sum of the others; it cannot be told of blanks."""
    values = [read_value(text)[0] for text in texts]
    known = [value for value in values if value is not None]
    return len(known) == len(values) and sum(known[:-1]) != known[-1]


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
        return early[0].first - first if whole else None
    behind = sum(1 for slot in slots if slot.first >= first)
    lost = not is_short and len(slots) == header.count() and behind < header.count()
    return start - first if lost else 0


def _give(slot: Slot, shift: int, header: Header, placing: _Placing) -> None:
    keys = _keys_over(slot, shift, header)
    if not keys:
        if slot.text and slot.first - shift not in header.remarks:
            placing.homeless.append(slot)
    elif len(keys) > 1 or keys[0] in placing.figures:
        placing.doubtful.append((keys, slot))
        placing.figures.pop(keys[0], None)
    else:
        placing.figures[keys[0]] = slot


def _keys_over(slot: Slot, shift: int, header: Header) -> tuple[str, ...]:
    """Return the keys of the head over a slot; of a wide one those over nearly all of it."""
    if slot.first == slot.last:
        return header.columns.get(slot.first - shift, ())
    votes = Counter(
        header.columns[column - shift]
        for column in range(slot.first, slot.last + 1)
        if column - shift in header.columns
    )
    if not votes:
        return ()
    keys, most = votes.most_common(1)[0]
    if most >= 0.8 * votes.total():
        return keys
    return tuple(dict.fromkeys(key for found in votes for key in found))


def _filled(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots if slot.text)
