"""S rules on the tables: generation of the form, columns of table 3."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.case import Case
from reports.findings import Cause, Severity
from reports.forms.catalogue import FORM_2019, FORM_2021, NO_FORM
from reports.model import Quality, TableName
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from reports.surroundings import File, Page
from tests.builders import a_report, with_quality, with_raw, with_text, without_cells

ROWS = [row.key for row in FORM_2021.request_rows]


def judged(code, report, case=None):
    return run([rule_named(code)], Subject(report, case or Case()))


def found(code, report, case=None):
    return [(f.severity, f.expected, f.actual) for f in judged(code, report, case).findings]


@pytest.mark.parametrize("year", [2021, 2024, 2025])
def test_old_tables_in_a_new_report_are_an_error(year) -> None:
    report = a_report(year, form=FORM_2019)
    assert found("S08", report) == [(Severity.ERROR, "2021", "2019")]
    assert found("S09", report) == []
    message = judged("S08", report).findings[0].message
    assert "〔2021〕30号" in message.zh
    assert "〔2019〕60号" in message.en


@pytest.mark.parametrize("year", [2019, 2020])
def test_new_tables_in_an_old_report_are_only_noted(year) -> None:
    report = a_report(year, form=FORM_2021)
    assert found("S08", report) == []
    assert found("S09", report) == [(Severity.NOTICE, "2019", "2021")]


@pytest.mark.parametrize("code", ["S06", "S08", "S09"])
@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_tables_of_the_year_hold(code, year) -> None:
    assert found(code, a_report(year)) == []


def test_words_of_the_old_form_in_the_narrative_do_not_count() -> None:
    text = "与新制作数量、对外公开总数量、上一年项目数量、政府集中采购等旧表栏目相比，新表更简明。"
    assert found("S08", with_text(a_report(), 1, text)) == []


@pytest.mark.parametrize("quality", [Quality.ABSENT, Quality.IMAGE])
@pytest.mark.parametrize("code", ["S08", "S09"])
def test_generation_is_not_told_without_table_two(code, quality) -> None:
    report = with_quality(a_report(2024, form=FORM_2019), TableName.PROACTIVE, quality)
    assert found(code, report) == []
    assert found(code, replace(report, form=NO_FORM, tables={})) == []


def without_column(report, *columns):
    return without_cells(
        report, *(f"requests.{row}.{column}" for row in ROWS for column in columns)
    )


HTML = Page(media_type="text/html", characters=2000)


def test_column_lost_in_our_copy_is_not_assessable() -> None:
    report = without_column(a_report(), "total")
    assessment = judged("S06", report)
    assert assessment.findings == ()
    (gap,) = assessment.not_assessable
    assert (gap.cause, len(gap.cells)) == (Cause.SOURCE, 25)


def test_column_that_the_page_itself_lacks_is_named() -> None:
    (finding,) = judged("S06", without_column(a_report(), "other"), Case(page=HTML)).findings
    assert (finding.severity, finding.expected, finding.actual) == (Severity.NOTICE, "7", "6")
    assert "其他" in finding.message.zh


@pytest.mark.parametrize(
    "page",
    [
        replace(HTML, media_type="application/pdf"),
        replace(HTML, files=(File("报告.docx", "https://example.org/1.docx"),)),
        replace(HTML, characters=40),
        Page(),
    ],
    ids=["a file", "with an attachment", "hardly any text", "nothing known"],
)
def test_column_is_not_blamed_where_a_conversion_may_have_lost_it(page) -> None:
    report = without_column(a_report(), "total")
    assert found("S06", report, Case(page=page)) == []
    assert judged("S06", report, Case(page=page)).not_assessable


def test_column_is_not_blamed_where_other_cells_are_lost_too() -> None:
    report = without_cells(without_column(a_report(), "total"), "requests.new.other")
    assert found("S06", report, Case(page=HTML)) == []


def test_blank_column_is_there() -> None:
    report = with_raw(a_report(), "", *(f"requests.{row}.other" for row in ROWS))
    assert found("S06", report, Case(page=HTML)) == []


@pytest.mark.parametrize("quality", [Quality.ABSENT, Quality.IMAGE, Quality.SHIFTED])
def test_a_table_that_is_not_there_has_no_columns_to_count(quality) -> None:
    report = with_quality(a_report(), TableName.REQUESTS, quality)
    assert judged("S06", report, Case(page=HTML)).findings == ()
    assert judged("S06", report, Case(page=HTML)).not_assessable == ()
