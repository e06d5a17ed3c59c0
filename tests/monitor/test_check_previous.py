"""Last year's report for each of this year's: by agency and year, and never by guess."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.check_previous import Earlier, LastYear
from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.model import AnnualReport
from reports.surroundings import Source
from tests.builders import AGENCY, a_report, with_cell

OTHER = "青禾区财政局"


def _earlier(report: AnnualReport, name: str = "x.docx") -> Earlier:
    return Earlier(report, Source(name, "0" * 64))


def _folder(*reports: AnnualReport, unread: int = 0) -> LastYear:
    named = tuple(_earlier(report, f"{n}.docx") for n, report in enumerate(reports))
    return LastYear("去年", named, unread)


def test_each_report_finds_its_own_by_agency_and_year() -> None:
    last_year = _folder(
        a_report(2023), a_report(2024, agency=OTHER), a_report(2024), a_report(2025)
    )
    case, why = last_year.completed(Case(), a_report())
    assert case.previous is last_year.earlier[2].report
    assert case.previous_source.url == "2.docx"
    assert why is None


def test_the_identity_given_stands_over_the_name_in_the_title() -> None:
    identity = Identity("a", "青禾区水务局", AgencyKind.DEPARTMENT, ("区水利局",))
    last_year = _folder(a_report(2024, agency="区水利局"))
    case, _ = last_year.completed(Case(identity=identity), a_report())
    assert case.previous is not None


def test_the_year_given_serves_a_report_that_names_none() -> None:
    case, _ = _folder(a_report(2024)).completed(Case(year=2025), a_report(agency=AGENCY, year=2025))
    assert case.previous is not None


@pytest.mark.parametrize(
    ("last_year", "told"),
    [
        (_folder(a_report(2024, agency=OTHER), unread=2), "2 个文件没有读出报告"),
        (_folder(a_report(2023)), "没有“青禾区水务局”2024 年度的报告"),
        (_folder(a_report(2024), with_cell(a_report(2024), "review.total", 1)), "内容不同"),
    ],
)
def test_without_the_one_report_nothing_is_compared_and_it_is_said(
    last_year: LastYear, told: str
) -> None:
    case, why = last_year.completed(Case(), a_report())
    assert case.previous is None
    assert why is not None
    assert told in why.zh


def test_two_copies_of_one_report_are_one() -> None:
    case, why = _folder(a_report(2024), a_report(2024)).completed(Case(), a_report())
    assert case.previous is not None
    assert why is None


def test_a_report_without_agency_or_year_finds_none() -> None:
    nameless = replace(a_report(), agency=None)
    case, why = _folder(a_report(2024)).completed(Case(), nameless)
    assert case.previous is None
    assert why is not None


@pytest.mark.parametrize(("year", "is_told"), [(2024, False), (2023, True), (2025, True)])
def test_the_one_file_named_serves_if_it_is_of_the_year_before(year: int, *, is_told: bool) -> None:
    sole = LastYear("去年.docx", (_earlier(a_report(year)),), is_sole=True)
    _, why = sole.completed(Case(), a_report())
    assert (why is not None) is is_told


def test_one_file_for_several_inputs_serves_only_its_own_agency() -> None:
    last_year = LastYear("去年.docx", (_earlier(a_report(2024, agency=OTHER)),))
    case, why = last_year.completed(Case(), a_report())
    assert case.previous is None
    assert why is not None
