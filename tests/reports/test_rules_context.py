"""T, Y and I rules: the ones that need to know more than the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from reports.agencies import AgencyKind, Identity
from reports.case import Case, Timeliness
from reports.findings import Cause, Severity
from reports.model import Period
from reports.rules.registry import assess
from reports.status import Proof, Status
from reports.words import Words
from tests.builders import AGENCY, IDENTITY, a_report, with_cell, with_raw, with_text, without_cells

DUE = datetime(2026, 1, 31, 16, tzinfo=UTC)
BECAUSE = Words("页面日期为 2026-02-05。", "Its own date is 2026-02-05.")


def timely(status, **times):
    return Timeliness(status, Proof.CLAIMED, BECAUSE, DUE, **times)


def findings_of(report, case, letter):
    return [f for f in assess(report, case).findings if f.code.startswith(letter)]


def gaps_of(report, case, code):
    return [gap for gap in assess(report, case).not_assessable if gap.code == code]


JUDGED_BY_STATUS = {"T01", "T02", "T03", "T04", "T10"}
KINDS = [
    (AgencyKind.DEPARTMENT, "T01", "T02", Severity.ERROR),
    (AgencyKind.GOVERNMENT_OFFICE, "T01", "T02", Severity.ERROR),
    (AgencyKind.VERTICAL, "T01", "T02", Severity.ERROR),
    (AgencyKind.GOVERNMENT, "T03", "T03", Severity.ERROR),
    (AgencyKind.TOWNSHIP, "T04", "T04", Severity.WARNING),
    (AgencyKind.STREET, "T04", "T04", Severity.WARNING),
    (AgencyKind.COMMITTEE, "T04", "T04", Severity.WARNING),
    (AgencyKind.OTHER, "T04", "T04", Severity.WARNING),
]


@pytest.mark.parametrize(("kind", "late", "missing", "severity"), KINDS)
def test_kind_of_agency_decides_which_timeliness_rule_speaks(kind, late, missing, severity) -> None:
    identity = replace(IDENTITY, kind=kind)
    for status, code in ((Status.LATE, late), (Status.MISSING, missing)):
        case = Case(identity=identity, timeliness=timely(status))
        (finding,) = assess(None, case).findings
        assert (finding.code, finding.severity) == (code, severity)
        assert "2026-01-31" in finding.message.zh
        assert BECAUSE.en in finding.message.en


@pytest.mark.parametrize(
    "status",
    [s for s in Status if s not in {Status.LATE, Status.MISSING, Status.WITHDRAWN}],
    ids=str,
)
def test_unproven_or_timely_status_is_no_finding(status) -> None:
    case = Case(identity=IDENTITY, timeliness=timely(status))
    assert assess(None, case).findings == ()
    assert {gap.code for gap in assess(None, case).not_assessable}.isdisjoint(JUDGED_BY_STATUS)


def test_late_finding_states_the_day_that_proves_it() -> None:
    seen = datetime(2026, 2, 9, 17, tzinfo=UTC)
    by_date = timely(Status.LATE, shown_on=date(2026, 2, 5), first_seen_at=seen)
    by_sight = timely(Status.LATE, shown_on=date(2026, 1, 30), first_seen_at=seen)
    days = [
        assess(None, Case(identity=IDENTITY, timeliness=t)).findings[0] for t in (by_date, by_sight)
    ]
    assert [(f.expected, f.actual) for f in days] == [
        ("2026-01-31", "2026-02-05"),
        ("2026-01-31", "2026-02-10"),
    ]


def test_timeliness_without_context_is_a_gap_of_context() -> None:
    (gap,) = gaps_of(a_report(), Case(identity=IDENTITY), "T01")
    assert gap.cause is Cause.CONTEXT


def chain(carried_out, **changes):
    previous = with_cell(a_report(2024), "requests.carried_out.total", carried_out)
    return Case(identity=IDENTITY, year=2025, previous=replace(previous, **changes))


def test_carry_over_that_continues_last_year_holds() -> None:
    assert findings_of(a_report(), chain(8), "Y01") == []


def test_broken_carry_over_chain_states_both_figures() -> None:
    (finding,) = findings_of(a_report(), chain(11), "Y01")
    assert (finding.code, finding.severity) == ("Y01", Severity.ERROR)
    assert finding.cells == ("requests.carried_in.total",)
    assert (finding.expected, finding.actual) == ("11", "8")
    assert "差 3" in finding.message.zh
    assert "difference 3" in finding.message.en


@pytest.mark.parametrize(
    "case",
    [
        Case(year=2025),
        chain(11, year=2023),
        chain(11, agency="青禾区教育局"),
        Case(previous=with_raw(a_report(2024), "", "requests.carried_out.total")),
    ],
    ids=["no previous", "older year", "renamed agency", "blank last year"],
)
def test_chain_without_a_comparable_year_before_is_a_gap_of_context(case) -> None:
    (gap,) = gaps_of(a_report(), case, "Y01")
    assert gap.cause is Cause.CONTEXT
    assert findings_of(a_report(), case, "Y01") == []


def test_chain_with_a_lost_figure_of_this_year_is_a_gap_of_the_source() -> None:
    (gap,) = gaps_of(without_cells(a_report(), "requests.carried_in.total"), chain(11), "Y01")
    assert (gap.cause, gap.cells) == (Cause.SOURCE, ("requests.carried_in.total",))


IN_TIME = Case(identity=IDENTITY, year=2025)


@pytest.mark.parametrize(
    ("years", "year", "expected"),
    [
        ((2025,), 2025, []),
        ((2025, 2025), 2025, []),
        ((2024, 2025), 2025, []),
        ((2024,), 2024, [("I01", Severity.ERROR, "2024")]),
        ((), 2024, [("I01", Severity.WARNING, "2024")]),
        ((), 2025, []),
    ],
)
def test_year_of_the_title_is_held_against_the_year_that_is_due(years, year, expected) -> None:
    report = a_report(year, years_in_title=years)
    found = [(f.code, f.severity, f.actual) for f in findings_of(report, IN_TIME, "I01")]
    assert found == expected


def test_year_that_nobody_states_is_a_gap_of_context() -> None:
    report = replace(a_report(), years_in_title=(), year=None)
    assert gaps_of(report, IN_TIME, "I01")[0].cause is Cause.CONTEXT
    assert gaps_of(a_report(), Case(), "I01")[0].cause is Cause.CONTEXT


@pytest.mark.parametrize(
    "unit", [AGENCY, "区水务局", "江南市青禾区水务局", "青禾区 水务局", "水务局"]
)
def test_same_agency_under_another_spelling_is_no_error(unit) -> None:
    found = findings_of(a_report(agency=unit), IN_TIME, "I04")
    assert [f for f in found if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("unit", ["青禾区教育局", "白石县水务局", "青禾区人民政府"])
def test_other_agency_in_the_title_is_an_error(unit) -> None:
    (finding,) = findings_of(a_report(agency=unit), IN_TIME, "I04")
    assert (finding.severity, finding.expected, finding.actual) == (Severity.ERROR, AGENCY, unit)


def test_office_of_a_government_is_surely_another_agency() -> None:
    government = Identity("gov", "青禾区人民政府", AgencyKind.GOVERNMENT)
    report = a_report(agency="青禾区人民政府办公室")
    (finding,) = findings_of(report, Case(identity=government, year=2025), "I04")
    assert finding.severity is Severity.ERROR


def test_title_without_a_unit_is_a_gap_of_context() -> None:
    (gap,) = gaps_of(a_report(agency=None), IN_TIME, "I04")
    assert gap.cause is Cause.CONTEXT


TEXTS = [
    ("2025年，本局公开信息300条。", None),
    ("2025年，本局公开信息300条，较2024年增加，比2024年多，与2024年持平。", None),
    ("根据2019年修订的条例，2026年将继续努力。", None),
    ("按照《2024年政务公开工作要点》和〔2024〕8号文件。", None),
    ("2024年，本局公开信息300条。2024年收到申请2件。", "2024"),
    ("2024年，本局公开信息300条。", "2024"),
    ("2024年与2025年，本局。2024年的工作。", None),
    ("本局认真公开。", None),
]


@pytest.mark.parametrize(("text", "actual"), TEXTS)
def test_text_that_speaks_of_another_year_is_a_warning(text, actual) -> None:
    found = findings_of(with_text(a_report(), 1, text), Case(), "I02")
    assert [(f.severity, f.actual) for f in found] == (
        [] if actual is None else [(Severity.WARNING, actual)]
    )


@pytest.mark.parametrize(("year", "broken"), [(2025, False), (2024, True)])
def test_stated_period_decides_over_the_years_of_the_text(year, broken) -> None:
    period = Period(date(year, 1, 1), date(year, 12, 31), "统计期限")
    found = findings_of(a_report(period=period), Case(), "S15")
    assert bool(found) is broken


@pytest.mark.parametrize(
    "text",
    [
        "2024年结转申请8件，本年度办结。",
        "针对2024年度考核反馈问题逐项整改。",
        "2024年底完成栏目改版。",
        "对照2024年政府信息公开工作年度报告整改。",
    ],
)
def test_one_mention_of_last_year_is_no_text_of_last_year(text) -> None:
    assert findings_of(with_text(a_report(), 1, text), Case(), "I02") == []
