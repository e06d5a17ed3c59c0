"""Figures for arithmetic: stated ones, and blanks that the row's own total proves to be nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reports.cells import REQUEST_COLUMNS, request_key
from reports.model import AnnualReport, Value
from reports.rules.subject import NotStated, Subject

TOTAL = "total"
APPLICANTS = tuple(label.key for label in REQUEST_COLUMNS if label.key != TOTAL)
"""The six applicant columns of table 3, without the total."""

_ORGANISATIONS = frozenset(APPLICANTS) - {"natural_person"}
_BLANK_MARKS = frozenset({"", "/", "／", "\\", "-", "－", "—", "——", "–", "―", "无"})


def show(value: Value) -> str:
    """Return a figure as a person writes it: no exponent, no trailing zeros."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_sum(values: Iterable[Value]) -> str:
    """Return ``3 + 1 = 4``; of a single figure the figure alone."""
    parts = tuple(values)
    if len(parts) == 1:
        return show(parts[0])
    terms = (show(value) if value >= 0 else f"({show(value)})" for value in parts)
    return f"{' + '.join(terms)} = {show(total(parts))}"


def show_gap(one: Value, other: Value) -> str:
    """Return by how much two figures differ, without sign."""
    return show(abs(Decimal(one) - Decimal(other)))


def total(values: Iterable[Value]) -> Value:
    """Return the exact sum."""
    result: Value = 0
    for value in values:
        result = (
            result + value
            if isinstance(result, int) and isinstance(value, int)
            else (Decimal(result) + Decimal(value))
        )
    return result


def is_count(value: Value) -> bool:
    """Say whether a figure is a whole number that is not negative."""
    return value >= 0 and value == int(value)


def tally(subject: Subject, keys: Sequence[str]) -> Mapping[str, Value]:
    """Return the figures of cells that are to be added up, key by key.

    A blank organisation column of table 3 counts as 0 when the stated total of its row leaves nothing for
    it. Raises NotStated with every cell that remains unknown.
    """
    report = subject.report
    found: dict[str, Value] = {}
    unknown: list[str] = []
    for key in keys:
        value = report.cell(key).value
        if value is None:
            value = _nothing(report, key)
        if value is None:
            unknown.append(key)
        else:
            found[key] = value
    if unknown:
        raise NotStated(unknown)
    return found


def require_printed(subject: Subject, keys: Sequence[str]) -> None:
    """Refuse to accuse on a figure that was inferred. Raises NotStated with the blank cells."""
    inferred = [key for key in keys if subject.value(key) is None]
    if inferred:
        raise NotStated(inferred)


def _nothing(report: AnnualReport, key: str) -> Value | None:
    """Return 0 for a blank that its row's total proves to be nothing."""
    cell = report.cell(key)
    if cell.raw is None:
        return None
    row, _, column = key.removeprefix("requests.").rpartition(".")
    if column not in _ORGANISATIONS or cell.raw.strip() not in _BLANK_MARKS:
        return None
    return 0 if _row_leaves_nothing(report, row) else None


def _row_leaves_nothing(report: AnnualReport, row: str) -> bool:
    cells = [report.cell(request_key(row, column)) for column in APPLICANTS]
    stated = report.cell(request_key(row, TOTAL)).value
    if stated is None or any(cell.raw is None for cell in cells):
        return False
    known = [cell.value for cell in cells if cell.value is not None]
    return all(value >= 0 for value in known) and total(known) == stated
