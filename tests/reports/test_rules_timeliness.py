"""T05–T11: local days, deadlines that are near, dates that cannot be, what became of a report later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from reports.case import Case, Revision, Timeliness
from reports.compare import Change
from reports.findings import Cause, Severity
from reports.profile import DEFAULT
from reports.rules.engine import run
from reports.rules.registry import RULES, assess, on_documents, rule_named
from reports.rules.subject import NO_REPORT, Subject
from reports.status import Proof, Status
from reports.words import Words
from tests.builders import IDENTITY, a_report

DUE = datetime(2026, 1, 31, 16, tzinfo=UTC)
BECAUSE = Words("依据。", "Because.")
LATE = Timeliness(
    Status.LATE,
    Proof.CONTRADICTED,
    BECAUSE,
    DUE,
    shown_on=date(2026, 1, 28),
    first_seen_at=datetime(2026, 2, 5, 2, tzinfo=UTC),
    absent_at=datetime(2026, 2, 3, 2, tzinfo=UTC),
)
IN_TIME = Timeliness(
    Status.ON_TIME,
    Proof.SEEN,
    BECAUSE,
    DUE,
    shown_on=date(2026, 1, 20),
    first_seen_at=datetime(2026, 1, 21, 2, tzinfo=UTC),
    judged_at=datetime(2026, 1, 22, 2, tzinfo=UTC),
)
AWAITED = Timeliness(
    Status.AWAITED, Proof.NONE, BECAUSE, DUE, judged_at=datetime(2026, 1, 25, 2, tzinfo=UTC)
)


def judged(code, timeliness, **context):
    case = Case(identity=IDENTITY, year=2025, timeliness=timeliness, **context)
    rule = rule_named(code)
    assert rule is not None
    return run([rule], Subject(NO_REPORT, case), DEFAULT)


def found(code, timeliness, **context):
    return [
        (f.severity, f.expected, f.actual) for f in judged(code, timeliness, **context).findings
    ]


ON_OBLIGATIONS = [rule.code for rule in RULES if not rule.reach.needs_report]


@pytest.mark.parametrize("code", [f"T{n:02}" for n in range(5, 12)])
def test_obligation_of_which_nothing_was_told_is_a_gap_of_context(code) -> None:
    (gap,) = judged(code, None).not_assessable
    assert gap.cause is Cause.CONTEXT


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"local_due_on": date(2026, 1, 15)}, [(Severity.NOTICE, "2026-01-15", "2026-01-20")]),
        ({"local_due_on": date(2026, 1, 20)}, []),
        ({"local_due_on": None}, []),
        ({"local_due_on": date(2026, 3, 1)}, []),
        ({"local_due_on": date(2026, 1, 15), "status": Status.LATE}, []),
        ({"local_due_on": date(2026, 1, 15), "shown_on": date(2026, 2, 3)}, []),
        # First seen late, but nothing says that it was not there before.
        ({"local_due_on": date(2026, 1, 15), "shown_on": None}, []),
        (
            {
                "local_due_on": date(2026, 1, 15),
                "shown_on": None,
                "absent_at": datetime(2026, 1, 18, 2, tzinfo=UTC),
            },
            [(Severity.NOTICE, "2026-01-15", "2026-01-21")],
        ),
    ],
)
def test_local_day_is_missed_only_by_a_proven_day_within_the_law(changes, expected) -> None:
    assert found("T05", replace(IN_TIME, **changes)) == expected


@pytest.mark.parametrize(
    ("judged_at", "days"),
    [
        (DUE - timedelta(days=14), 14),
        (DUE - timedelta(days=14, minutes=1), None),
        (DUE - timedelta(minutes=1), 1),
        (DUE, None),
        (DUE + timedelta(days=3), None),
    ],
)
def test_deadline_is_called_to_mind_in_its_last_fortnight(judged_at, days) -> None:
    findings = judged("T06", replace(AWAITED, judged_at=judged_at)).findings
    assert [f.severity for f in findings] == ([] if days is None else [Severity.NOTICE])
    assert all(f"还有 {days} 天" in f.message.zh for f in findings)
    assert all("2025 年度报告" in f.message.zh for f in findings)


def test_reminder_is_the_same_finding_every_day_until_the_report_is_there() -> None:
    later = replace(AWAITED, judged_at=AWAITED.judged_at + timedelta(days=1))
    (one,), (two,) = (judged("T06", t).findings for t in (AWAITED, later))
    assert one.fingerprint() == two.fingerprint()
    assert found("T06", IN_TIME) == []


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, True),
        # It may have come in the last minute of the day that it shows.
        ({"absent_at": datetime(2026, 1, 29, 15, 59, tzinfo=UTC)}, False),
        ({"absent_at": datetime(2026, 1, 29, 16, 0, tzinfo=UTC)}, True),
        ({"status": Status.UNVERIFIED}, False),
        ({"proof": Proof.CLAIMED}, False),
        ({"shown_on": None}, False),
        ({"shown_on": date(2026, 2, 4)}, False),
    ],
)
def test_date_before_a_proven_absence_is_a_warning(changes, is_found) -> None:
    expected = [(Severity.WARNING, "2026-02-05", "2026-01-28")] if is_found else []
    assert found("T07", replace(LATE, **changes)) == expected


def test_absence_without_its_time_is_a_gap_of_context() -> None:
    (gap,) = judged("T07", replace(LATE, absent_at=None)).not_assessable
    assert gap.cause is Cause.CONTEXT


@pytest.mark.parametrize(
    ("shown_on", "url_on", "is_found"),
    [
        (date(2026, 1, 12), date(2026, 1, 15), True),
        (date(2026, 1, 14), date(2026, 1, 15), False),
        (date(2026, 1, 15), date(2026, 1, 12), False),
        (date(2026, 1, 12), date(2026, 6, 15), False),
        (date(2025, 11, 20), date(2025, 11, 25), False),
        (None, date(2026, 1, 15), False),
        (date(2026, 1, 12), None, False),
    ],
)
def test_date_in_the_address_is_compared_within_the_season(shown_on, url_on, is_found) -> None:
    timeliness = replace(IN_TIME, shown_on=shown_on, url_on=url_on)
    expected = [(Severity.NOTICE, str(url_on), str(shown_on))] if is_found else []
    assert found("T08", timeliness) == expected


@pytest.mark.parametrize(
    ("shown_on", "expected"),
    [
        (date(2026, 1, 20), None),
        (date(2026, 1, 22), None),
        (date(2026, 1, 23), "2026-01-21"),
        (date(2025, 12, 29), None),
        (date(2025, 12, 28), "2026-01-01"),
        (None, None),
    ],
)
def test_date_that_cannot_be_is_a_warning(shown_on, expected) -> None:
    wanted = [] if expected is None else [(Severity.WARNING, expected, str(shown_on))]
    assert found("T09", replace(IN_TIME, shown_on=shown_on)) == wanted


def test_withdrawn_report_is_a_warning_with_the_day_since_when() -> None:
    gone = replace(
        IN_TIME, status=Status.WITHDRAWN, gone_since=datetime(2026, 3, 1, 17, tzinfo=UTC)
    )
    assert found("T10", gone) == [(Severity.WARNING, None, "2026-03-02")]
    assert found("T10", replace(gone, status=Status.ON_TIME)) == []


def revision(*changes, number=2):
    return Revision(number, datetime(2026, 2, 9, 2, tzinfo=UTC), changes)


FIGURE = Change("requests.new.total", "12", "13")
TEXT = Change("section.1", "旧文字", "新文字")


@pytest.mark.parametrize(
    ("changes", "severity", "cells"),
    [
        ((FIGURE, TEXT), Severity.WARNING, ("requests.new.total",)),
        ((TEXT,), Severity.NOTICE, ()),
        ((), None, ()),
        # What only one of the two copies holds may have been lost by us.
        ((Change("requests.new.total", None, "13"), Change("section.2", "文字", None)), None, ()),
    ],
)
def test_revision_of_figures_is_a_warning_and_of_texts_a_notice(changes, severity, cells) -> None:
    findings = judged("T11", IN_TIME, revision=revision(*changes)).findings
    assert [(f.severity, f.cells) for f in findings] == (
        [] if severity is None else [(severity, cells)]
    )


def test_revision_names_old_and_new_figure_and_another_one_is_another_finding() -> None:
    (second,) = judged("T11", IN_TIME, revision=revision(FIGURE)).findings
    (third,) = judged("T11", IN_TIME, revision=revision(FIGURE, number=3)).findings
    assert "12→13" in second.message.zh
    assert "12→13" in second.message.en
    assert second.fingerprint() != third.fingerprint()


def test_hostile_values_do_not_fill_the_message() -> None:
    change = Change("requests.new.total", "9" * 60_000, "8" * 60_000)
    (finding,) = judged("T11", IN_TIME, revision=revision(change)).findings
    assert len(finding.message.zh) < 400


@pytest.mark.parametrize("code", ON_OBLIGATIONS)
def test_what_is_said_of_the_obligation_is_left_out_of_what_is_said_of_the_document(code) -> None:
    assessment = assess(a_report(), Case(identity=IDENTITY, year=2025, timeliness=LATE))
    kept = on_documents(assessment)
    assert code not in {outcome.code for outcome in (*kept.findings, *kept.not_assessable)}
    assert [f for f in kept.findings if f.code not in ON_OBLIGATIONS] == list(kept.findings)
