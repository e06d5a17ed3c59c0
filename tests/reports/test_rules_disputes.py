"""C05–C07: reviews and suits against each other, the text and last year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.case import Case
from reports.cells import DISPUTE_BLOCKS
from reports.findings import Severity
from reports.model import Cell, Quality, TableName
from reports.rules.registry import RULES
from reports.surroundings import Source
from tests.builders import (
    IDENTITY,
    a_report,
    with_cell,
    with_cells,
    with_quality,
    with_text,
    without_cells,
    without_section,
)
from tests.judging import (
    bears_hostile_texts,
    finding_of,
    holds,
    judged,
    lacks_context,
    lacks_source,
)

CODES = [rule.code for rule in RULES if rule.code[0] == "C"]
MINE = ["C05", "C06", "C07"]
BLOCKS = [block.key for block in DISPUTE_BLOCKS]
SILENT = "存在问题：解读不够。改进：加强培训。"


def without_disputes(report, *blocks):
    keys = [key for key in report.tables[TableName.DISPUTES].cells if key.split(".")[0] in blocks]
    return with_cells(report, [Cell(key, "0", 0) for key in keys])


def after(previous, **context):
    return Case(identity=IDENTITY, year=2025, previous=previous, **context)


def test_all_seven_rules_on_table_four_are_there() -> None:
    assert [f"C{number:02}" for number in range(1, 8)] == CODES


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("year", [2019, 2020, 2025])
def test_balanced_report_breaks_nothing(code, year) -> None:
    case = Case(identity=IDENTITY, year=year, previous=a_report(year - 1))
    assert holds(code, a_report(year), case)


@pytest.mark.parametrize("code", MINE)
def test_hostile_text_is_read_in_a_moment(code) -> None:
    assert bears_hostile_texts(code, a_report(), after(a_report(2024)))


@pytest.mark.parametrize("code", MINE)
def test_shifted_or_absent_table_accuses_nobody(code) -> None:
    report = with_text(without_disputes(a_report(), "review"), 5, SILENT)
    previous = without_disputes(a_report(2024), "litigation_direct")
    for quality in (Quality.SHIFTED, Quality.ABSENT):
        damaged = with_quality(report, TableName.DISPUTES, quality)
        assert judged(code, damaged, after(previous))[0] == ()


def test_suits_after_review_without_a_review_in_two_years() -> None:
    report = without_disputes(a_report(), "review")
    source = Source("https://slj.example.gov.cn/2024.html", "ab" * 32)
    case = after(without_disputes(a_report(2024), "review"), previous_source=source)
    finding = finding_of("C05", report, case)
    assert finding.cells == ("litigation_after_review.total", "review.total")
    assert (finding.expected, finding.actual) == ("> 0", "0")
    assert finding.severity is Severity.NOTICE
    assert "4 件" in finding.message.zh
    assert f"{source.url}，SHA-256 abababababab" in finding.message.zh


def test_reviews_of_last_year_explain_suits_of_this_year() -> None:
    report = without_disputes(a_report(), "review")
    assert holds("C05", report, after(a_report(2024)))
    assert holds("C05", without_disputes(a_report(), *BLOCKS))


def test_suits_without_last_year_or_figures_cannot_be_assessed() -> None:
    report = without_disputes(a_report(), "review")
    assert lacks_context("C05", report)
    assert lacks_context("C05", report, after(replace(a_report(2024), agency="白石县财政局")))
    assert lacks_source("C05", without_cells(report, "review.total")) == ("review.total",)


def test_corrections_that_the_text_passes_over() -> None:
    finding = finding_of("C06", with_text(a_report(), 5, SILENT))
    assert finding.cells == ("review.corrected", "litigation_after_review.corrected")
    assert finding.actual == "3"
    assert "2 + 1 = 3 件" in finding.message.zh
    assert finding.severity is Severity.NOTICE


@pytest.mark.parametrize("section", [1, 4, 5, 6])
@pytest.mark.parametrize(
    "said", ["加强行政复议应诉能力。", "对败诉案件逐件分析。", "被纠错2件。", "妥善应对行政诉讼。"]
)
def test_any_mention_of_disputes_is_a_discussion(section, said) -> None:
    assert holds("C06", with_text(with_text(a_report(), 5, SILENT), section, said))


def test_corrections_without_figures_or_text_cannot_be_assessed() -> None:
    silent = with_text(a_report(), 5, SILENT)
    lost = without_cells(without_disputes(silent, *BLOCKS), "review.corrected")
    assert lacks_source("C06", lost) == ("review.corrected",)
    assert lacks_source("C06", without_section(silent, 1, 5)) == ()
    assert holds("C06", without_disputes(silent, *BLOCKS))


@pytest.mark.parametrize("block", ["review", "litigation_after_review"])
def test_pending_cases_that_vanish(block) -> None:
    finding = finding_of("C07", without_disputes(a_report(), block), after(a_report(2024)))
    assert finding.cells[-1] == f"{block}.total"
    assert len(finding.cells) == 5
    assert "1 件" in finding.message.zh
    assert finding.severity is Severity.NOTICE


def test_pending_cases_of_several_blocks_are_one_finding() -> None:
    finding = finding_of("C07", without_disputes(a_report(), *BLOCKS), after(a_report(2024)))
    assert len(finding.cells) == 10


def test_cases_that_go_on_or_were_none_are_no_breach() -> None:
    assert holds("C07", a_report())
    only_new = with_cell(without_disputes(a_report(), "review"), "review.pending", 1)
    assert holds("C07", only_new, after(a_report(2024)))
    direct = without_disputes(a_report(), "litigation_direct")
    assert holds("C07", direct, after(a_report(2024)))


def test_vanished_cases_without_last_year_or_figures_cannot_be_assessed() -> None:
    report = without_disputes(a_report(), "review")
    assert lacks_context("C07", report)
    assert lacks_context("C07", report, after(without_cells(a_report(2024), "review.pending")))
    lost = without_cells(report, "review.other")
    assert lacks_source("C07", lost, after(a_report(2024))) == ("review.other",)
