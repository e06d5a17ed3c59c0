"""Rows whose labels are torn off, by the order of the form between labels that remain. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from reports.forms.catalogue import FORMS

_ORDERS = tuple(
    dict.fromkeys(
        tuple(row.key for row in form.request_rows) for form in FORMS if form.request_rows
    )
)


class Placed(Protocol):
    """A row that may know its key."""

    key: str | None
    is_whole: bool
    is_direct: bool

    def adds_up(self) -> bool:
        """Say whether the total is the sum of the other columns."""


def filled_by_order(rows: Sequence[Placed], *, has_head: bool) -> None:
    """Name the unlabelled rows between two labels when exactly as many rows of the form lie there.

    The head of the table stands for a label above the first row; nothing stands for one below the last.
    """
    start = 0
    while start < len(rows):
        if rows[start].key is not None:
            start += 1
            continue
        end = start
        while end < len(rows) and rows[end].key is None:
            end += 1
        if end < len(rows) and (start or has_head):
            above = rows[start - 1].key if start else None
            _fill(rows[start:end], _between(above, rows[end].key, end - start))
        start = end


def _between(above: str | None, below: str | None, count: int) -> tuple[str, ...]:
    """Return the keys of the form between two of its rows if there are that many."""
    for order in _ORDERS:
        if below not in order or (above is not None and above not in order):
            continue
        first = order.index(above) + 1 if above is not None else 0
        found = order[first : order.index(below)]
        if len(found) == count:
            return found
    return ()


def _fill(rows: Sequence[Placed], keys: tuple[str, ...]) -> None:
    if keys and all(row.is_whole and row.adds_up() for row in rows):
        for row, key in zip(rows, keys, strict=True):
            row.key = key


def without_doubtful(rows: Sequence[Placed], labels: Sequence[str]) -> None:
    """Refuse the rows between a label without figures and figures without a label.

    There the figures may stand one row away from their labels. Rows that break the order of the form
    are refused with their neighbours. A label on the line of its figures is beyond such doubt.
    """
    given = {row.key for row in rows if row.key}
    lacking = {labels.index(key) for key in labels if key not in given}
    surplus = [n for n, row in enumerate(rows) if row.key is None]
    for n in surplus:
        at = _label_position(rows, n, labels)
        for lost in lacking:
            low, high = sorted((at, lost))
            _refuse(row for row in rows if row.key in labels[max(0, low - 1) : high + 1])
    _refuse_disorder(rows)


def _label_position(rows: Sequence[Placed], number: int, labels: Sequence[str]) -> int:
    above = next((row.key for row in reversed(rows[:number]) if row.key in labels), None)
    return labels.index(above) if above is not None else 0


def _refuse(rows: Iterable[Placed]) -> None:
    for row in rows:
        if not row.is_direct:
            row.is_whole = False


def _refuse_disorder(rows: Sequence[Placed]) -> None:
    named = [row for row in rows if row.key is not None]
    order = max(_ORDERS, key=lambda keys: sum(row.key in keys for row in named))
    for one, two in zip(named, named[1:], strict=False):
        both = one.key in order and two.key in order
        if both and order.index(one.key or "") >= order.index(two.key or ""):
            _refuse([one, two])
