"""Figures for written reports: all zero, or balanced from the few that are not. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reports.cells import (
    DISPUTE_BLOCKS,
    DISPUTE_RESULTS,
    PROACTIVE_2019,
    PROACTIVE_2021,
    REQUEST_COLUMNS,
    dispute_key,
    request_key,
)
from reports.forms.catalogue import FORM_2019, FORM_2021
from reports.forms.form import Form
from web.sample.tables import request_rows

_INCOMING = frozenset({"new", "carried_in"})
_SUMMED = frozenset({"handled_total", "carried_out"})


def zero_figures(form: Form = FORM_2021) -> dict[str, str]:
    """Return every cell of the form as "0"."""
    return balanced_figures({}, form)


def balanced_figures(parts: Mapping[str, int | str], form: Form = FORM_2021) -> dict[str, str]:
    """Return every cell of the form: the given ones, the rest 0, and totals that add up.

    Row totals, column sums (``handled_total``), what is carried out and the totals of table 4
    follow from the parts. A given total stays as given, so a wrong one can be printed.
    """
    known = {key: str(value) for key, value in parts.items()}
    return {**_proactive(form), **_requests(known, form), **_disputes(known), **known}


def _proactive(form: Form) -> dict[str, str]:
    labels = PROACTIVE_2019 if form is FORM_2019 else PROACTIVE_2021
    return {label.key: "0" for label in labels}


def _requests(known: Mapping[str, str], form: Form) -> dict[str, str]:
    rows = [row.key for row in request_rows(form)]
    columns = [column.key for column in REQUEST_COLUMNS if column.key != "total"]
    counts = {
        (row, column): int(known.get(request_key(row, column), "0"))
        for row in rows
        for column in columns
    }
    results = [row for row in rows if row not in _INCOMING | _SUMMED]
    for column in columns:
        handled = sum(counts[row, column] for row in results)
        incoming = sum(counts[row, column] for row in _INCOMING)
        counts["handled_total", column] = handled
        counts["carried_out", column] = max(0, incoming - handled)
    for row in rows:
        counts[row, "total"] = sum(counts[row, column] for column in columns)
    return {request_key(row, column): str(count) for (row, column), count in counts.items()}


def _disputes(known: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in DISPUTE_BLOCKS:
        keys = [dispute_key(block.key, result.key) for result in DISPUTE_RESULTS[:-1]]
        found |= {key: known.get(key, "0") for key in keys}
        found[dispute_key(block.key, "total")] = str(sum(int(found[key]) for key in keys))
    return found
