"""Requests by kind of applicant: the text against table 3, a part of N02. Pure."""

from __future__ import annotations

from reports.cells import REQUEST_COLUMNS, request_key
from reports.claims.applicants import Division, divisions_of
from reports.rules.engine import Breach
from reports.rules.explanations import quoted
from reports.rules.figures import show, show_gap
from reports.rules.narrative.grounds import speaks_for_a_region
from reports.rules.subject import Subject
from reports.words import Words

_NAMES = {label.key: label.words for label in REQUEST_COLUMNS}


def applicants_differ(subject: Subject) -> Breach | None:
    """Look for a division whose counts are those of table 3 but for one: a slip, no other measure."""
    if speaks_for_a_region(subject):
        return None
    for division in divisions_of(subject.report, subject.year):
        column = _slip(subject, division)
        if column is not None:
            return _differs(subject, division, column)
    return None


def _slip(subject: Subject, division: Division) -> str | None:
    """Return the one column that differs from the new requests, None when none or several do.

    Divisions of the new requests with those carried in, and of the answered ones, are right too.
    """
    wrong: list[str] = []
    for column, number in division.counts.items():
        new = subject.value(request_key("new", column))
        carried = subject.value(request_key("carried_in", column))
        handled = subject.value(request_key("handled_total", column))
        if new is None or carried is None or handled is None:
            return None
        if number not in {new, new + carried, handled}:
            wrong.append(column)
    return wrong[0] if len(wrong) == 1 else None


def _differs(subject: Subject, division: Division, column: str) -> Breach:
    key = request_key("new", column)
    number, figure = division.counts[column], subject.figure(key)
    name = _NAMES[column]
    return Breach(
        cells=(key,),
        expected=show(number),
        actual=show(figure),
        message=Words(
            f"正文写“{quoted(division.quote)}”，即{name.zh} {show(number)} 件；第三表“{name.zh}”列本年新收为 "
            f"{show(figure)}，差 {show_gap(number, figure)}。请核对正文与表格，改正其一。",
            f"The text states {show(number)} requests by {name.en} (“{quoted(division.quote)}”), table 3 "
            f"shows {show(figure)} new. Please check both and correct one.",
        ),
    )
