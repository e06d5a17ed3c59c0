"""Y02–Y04, Y07 and the source that cross-year findings name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.case import Case
from reports.findings import Severity
from reports.model import Quality, TableName
from reports.surroundings import Listing, Source
from tests.builders import (
    IDENTITY,
    a_report,
    scaled,
    with_cell,
    with_quality,
    with_raw,
    with_text,
    without_cells,
)
from tests.judging import (
    bears_hostile_texts,
    finding_of,
    holds,
    judged,
    lacks_context,
    lacks_source,
)

CODES = ["Y01", "Y02", "Y03", "Y07"]
NEW = "requests.new.total"


def chained(report=None):
    """Return last year's report, which carries over exactly what this year's carries in."""
    previous = report or a_report(2024)
    for column, figure in (("legal_service", 2), ("total", 8)):
        previous = with_cell(previous, f"requests.carried_out.{column}", figure)
    return previous


def after(previous=None, **context):
    return Case(identity=IDENTITY, year=2025, previous=previous or chained(), **context)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_years_that_follow_each_other_break_nothing(code, year) -> None:
    before = with_cell(chained(a_report(year - 1)), "requests.new.natural_person", 39)
    case = Case(identity=IDENTITY, year=year, previous=before)
    assert judged(code, a_report(year), case)[0] == ()


@pytest.mark.parametrize("code", [*CODES, "Y04"])
def test_hostile_text_is_read_in_a_moment(code) -> None:
    case = replace(after(), listing=listing(2025))
    assert bears_hostile_texts(code, with_cell(a_report(), NEW, 6_000), case)


@pytest.mark.parametrize("code", CODES)
def test_shifted_figures_of_either_year_accuse_nobody(code) -> None:
    report = with_cell(a_report(), "requests.carried_in.total", 700)
    report = with_cell(report, NEW, 6_000)
    shifted = with_quality(chained(), TableName.REQUESTS, Quality.SHIFTED)
    assert judged(code, report, after(shifted))[0] == ()
    damaged = with_quality(report, TableName.REQUESTS, Quality.SHIFTED)
    assert judged(code, damaged, after())[0] == ()


@pytest.mark.parametrize("code", CODES)
def test_another_agency_or_year_is_not_compared(code) -> None:
    for previous in (chained(a_report(2023)), replace(chained(), agency="青禾区财政局")):
        assert lacks_context(code, a_report(), after(previous))
    assert lacks_context(code, a_report(), Case(identity=IDENTITY))


def test_columns_of_the_chain_that_differ_are_named_together() -> None:
    previous = with_cell(chained(), "requests.carried_out.natural_person", 3)
    previous = with_cell(previous, "requests.carried_out.enterprise", 2)
    source = Source("https://slj.example.gov.cn/2024.html", "c0ffee" * 11)
    finding = finding_of("Y02", a_report(), after(previous, previous_source=source))
    assert finding.cells == (
        "requests.carried_in.natural_person",
        "requests.carried_in.enterprise",
    )
    assert (finding.expected, finding.actual) == ("3、2", "4、1")
    assert finding.severity is Severity.WARNING
    assert "自然人列上年转出 3，本年转入 4" in finding.message.zh
    assert f"（上一年度报告：{source.url}，SHA-256 c0ffeec0ffee）" in finding.message.zh
    assert "c0ffeec0ffee)" in finding.message.en


def test_chain_that_holds_in_every_column_and_its_gaps() -> None:
    assert holds("Y02", a_report(), after())
    key = "requests.carried_in.research"
    assert lacks_source("Y02", without_cells(a_report(), key), after()) == (key,)
    blank = with_raw(chained(), "", "requests.carried_out.research")
    assert lacks_context("Y02", a_report(), after(blank))


def test_applicants_classified_anew_leave_the_total_and_are_only_a_warning() -> None:
    previous = with_cell(chained(), "requests.carried_out.natural_person", 3)
    case = after(with_cell(previous, "requests.carried_out.enterprise", 2))
    assert holds("Y01", a_report(), case)
    assert finding_of("Y02", a_report(), case).severity is Severity.WARNING


def test_broken_total_of_the_chain_names_its_source() -> None:
    source = Source(sha256="0123456789abcdef")
    previous = with_cell(chained(), "requests.carried_out.total", 11)
    finding = finding_of("Y01", a_report(), after(previous, previous_source=source))
    assert "（上一年度报告：SHA-256 0123456789ab）" in finding.message.zh
    without = finding_of("Y01", a_report(), after(previous))
    assert "SHA-256" not in without.message.zh
    assert finding.fingerprint() == without.fingerprint()


def test_table_that_repeats_last_years_in_every_cell() -> None:
    finding = finding_of("Y03", a_report(), after(a_report(2024)))
    assert len(finding.cells) == 175
    assert finding.severity is Severity.WARNING
    assert "新收 60 件" in finding.message.zh
    other = with_cell(a_report(2024), "requests.unprocessed.excessive.other", 1)
    assert holds("Y03", a_report(), after(other))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_equal_tables_with_hardly_a_request_are_no_wonder(number) -> None:
    report, before = (with_cell(scaled(a_report(y), 0), NEW, number) for y in (2025, 2024))
    assert holds("Y03", report, after(before))


def test_lost_cells_may_hold_the_difference() -> None:
    key = "requests.granted.other"
    lost = without_cells(a_report(), key)
    assert lacks_source("Y03", lost, after(a_report(2024))) == (key,)
    assert lacks_context("Y03", a_report(), after(without_cells(a_report(2024), key)))
    assert holds("Y03", with_cell(lost, NEW, 61), after(a_report(2024)))


def test_forms_that_differ_do_not_repeat_each_other() -> None:
    case = Case(identity=IDENTITY, year=2021, previous=a_report(2020))
    assert judged("Y03", a_report(2021), case)[0] == ()


def listing(*years):
    return Listing("年报", "https://slj.example.gov.cn/nb/1.html", "政府信息公开年报", years=years)


def test_column_without_last_years_report() -> None:
    finding = finding_of("Y04", a_report(), Case(year=2025, listing=listing(2025)))
    assert (finding.cells, finding.expected, finding.actual) == ((), "2024", "2025")
    assert finding.severity is Severity.NOTICE
    assert "2024、2023、2022、2021" in finding.message.zh
    one = finding_of("Y04", a_report(), Case(listing=listing(2025, 2023, 2022, 2021)))
    assert "没有列出 2024 年度报告" in one.message.zh


def test_column_that_keeps_earlier_years_or_a_new_agency_is_no_breach() -> None:
    assert holds("Y04", a_report(), Case(listing=listing(2024, 2025)))
    known = Case(listing=listing(2025), earlier_years=(2024,))
    assert holds("Y04", a_report(), known)
    young = with_text(a_report(), 1, "本局于2025年3月挂牌成立。")
    assert holds("Y04", young, Case(listing=listing(2025)))


@pytest.mark.parametrize("given", [None, (), (2023,)])
def test_column_whose_years_are_not_known_says_nothing(given) -> None:
    case = Case() if given is None else Case(listing=listing(*given))
    assert lacks_context("Y04", a_report(), case)


LEAPS = [(0, 20, True), (4, 24, True), (100, 19, True), (5, 25, False), (0, 19, False), (12, 2, 0)]


@pytest.mark.parametrize(("before", "now", "leaps"), LEAPS)
def test_requests_that_leap_fivefold_and_by_many(before, now, leaps) -> None:
    case, report = after(with_cell(chained(), NEW, before)), with_cell(a_report(), NEW, now)
    if not leaps:
        assert holds("Y07", report, case)
        return
    finding = finding_of("Y07", report, case)
    assert (finding.cells, finding.actual) == ((NEW,), str(now))
    assert finding.severity is Severity.NOTICE
    assert f"新收 {now} 件，上年 {before} 件" in finding.message.zh


def test_mass_applicant_explains_a_leap() -> None:
    case = after(with_cell(chained(), NEW, 2))
    said = "同一申请人集中提出政府信息公开申请50件。"
    assert holds("Y07", with_text(a_report(), 1, said), case)
    assert lacks_source("Y07", without_cells(a_report(), NEW), case) == (NEW,)
    assert lacks_context("Y07", a_report(), after(without_cells(chained(), NEW)))
