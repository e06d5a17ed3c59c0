"""Rows of table 3 whose numbers stand one column beside their own: found by what then adds up. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.cells import REQUEST_COLUMNS
from reports.forms.form import Form
from reports.model import Value
from reports.rules.subject import NotStated, Subject
from reports.words import Words

COLUMNS = tuple(column.key for column in REQUEST_COLUMNS)
_WIDTH = len(COLUMNS)
_Row = tuple[Value | None, ...]

DISPLACED = Words(
    "第三表有的行整体移一格后各行、各列勾稽关系全部成立，疑似列位错动，差异可能来自文本转换，"
    "不作判定（见 B15），请对照原件。",
    "With the figures of some rows of table 3 moved by one column every row and column adds up: they seem "
    "displaced, perhaps by the conversion. The difference is not judged (see B15); see the original.",
)


@dataclass(frozen=True, slots=True)
class Shift:
    """The rows that stand beside their columns: as read, and as they add up."""

    as_read: Mapping[str, _Row]
    moved: Mapping[str, _Row]


def require_in_place(subject: Subject, keys: Sequence[str]) -> None:
    """Refuse to accuse on figures that stand in the wrong column. Raises NotStated with the cells."""
    if shift_of(subject) is not None:
        raise NotStated(keys, DISPLACED)


def shift_of(subject: Subject) -> Shift | None:
    """Return the shift by one column that makes all sums of table 3 hold, None when there is none.

    Only rows that do not add up as read are moved, all of them alike.
    """
    form, cell = subject.report.form, subject.report.cell
    values = [cell(key).value for key in form.request_keys]
    rows = {
        row.key: tuple(values[start : start + _WIDTH])
        for row, start in zip(form.request_rows, range(0, len(values), _WIDTH), strict=True)
    }
    beside = {key: row for key, row in rows.items() if not _adds_up(row)}
    if not beside or not all(map(_may_be_beside, beside.values())):
        return None
    for moved in _moves(beside):
        if _balances(form, {**rows, **moved}):
            return Shift(beside, moved)
    return None


def _adds_up(row: Sequence[Value | None]) -> bool:
    return None not in row and 2 * (row[-1] or 0) == sum(figure or 0 for figure in row)


def _may_be_beside(row: _Row) -> bool:
    """Say whether a row has seven figures, or six of which the last is the sum of the others."""
    *figures, last = row
    if None in figures:
        return False
    return last is not None or (bool(figures[-1]) and _adds_up(figures))


def _moves(rows: Mapping[str, _Row]) -> Iterator[Mapping[str, _Row]]:
    """Yield the rows moved by one column: a total printed first, or one empty column left out."""
    if all(row[-1] is not None for row in rows.values()):
        yield {key: (*row[1:], row[0]) for key, row in rows.items()}
    if all(row[-1] is None for row in rows.values()):
        for gap in range(_WIDTH - 1):
            yield {key: (*row[:gap], 0, *row[gap:-1]) for key, row in rows.items()}


def _balances(form: Form, rows: Mapping[str, _Row]) -> bool:
    """Say whether every row, every column identity and every sum of results holds."""
    if not form.received or not all(map(_adds_up, rows.values())):
        return False
    handled, _ = form.answered
    return all(
        _sum(rows, form.received, n) == _sum(rows, form.answered, n)
        and _sum(rows, form.results, n) == _sum(rows, (handled,), n)
        for n in range(_WIDTH)
    )


def _sum(rows: Mapping[str, _Row], keys: Sequence[str], column: int) -> Value:
    return sum(rows[key][column] or 0 for key in keys)
