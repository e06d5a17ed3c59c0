"""Tables that our copy lost: not found in rows, yet no proof that the agency left them out."""

from __future__ import annotations

import pytest

from reports.case import Case
from reports.cells import SECTION_HEADINGS
from reports.documents.read import read_document
from reports.findings import Assessment, Severity, Verdict
from reports.model import AnnualReport, Quality
from reports.reading.read import read_report
from reports.rules.registry import assess
from tests.builders import dispute_figures, proactive_figures, request_figures
from tests.rendering import NARRATIVE, TITLE, C, Sheet, html_table, sheets

FIGURES = {
    key: str(value)
    for key, value in {**proactive_figures(), **request_figures(), **dispute_figures()}.items()
}
HEADINGS = [f"{n}、{words}" for n, words in zip("一二三四五六", SECTION_HEADINGS, strict=True)]
TABLES = {"S04", "S05", "S07"}


def errors(assessment: Assessment) -> set[str]:
    return {f.code for f in assessment.findings if f.severity is Severity.ERROR}


def judged(body: str) -> tuple[AnnualReport, Assessment]:
    report = read_report(read_document(body.encode()))
    return report, assess(report, Case(year=2025))


def printed(table, paragraph="{}\n\n".format, headings=HEADINGS) -> str:
    parts = [paragraph(TITLE)]
    for number, heading in enumerate(headings, start=1):
        parts.append(paragraph(heading))
        if number in NARRATIVE:
            parts.append(paragraph(NARRATIVE[number]))
        if number in sheets(FIGURES):
            parts.append(table(sheets(FIGURES)[number]))
    return "".join(parts)


def columns_apart(sheet: Sheet) -> list[str]:
    """Return all figures first, then all words: what a reader of columns leaves of a table."""
    texts = [cell.text for row in sheet for cell in row]
    return [t for t in texts if t.isdigit()] + [t for t in texts if not t.isdigit()]


def paragraphs(sheet: Sheet) -> str:
    return "".join(f"<p>{text}</p>" for text in columns_apart(sheet))


def barred_lines(sheet: Sheet) -> str:
    return "".join(f"{text}|\n" for text in columns_apart(sheet)) + "\n"


def spaced_lines(sheet: Sheet) -> str:
    return "  ".join(columns_apart(sheet)) + "\n\n"


def nothing(_sheet: Sheet) -> str:
    return ""


@pytest.mark.parametrize(
    "body",
    [
        printed(paragraphs, "<p>{}</p>".format),
        printed(barred_lines),
        printed(spaced_lines),
    ],
    ids=["one cell per paragraph", "one cell per line with a bar", "blanks between cells"],
)
def test_scattered_tables_are_lost_by_our_copy_not_left_out_by_the_agency(body) -> None:
    report, assessment = judged(body)
    assert {table.quality for table in report.tables.values()} == {Quality.TRUNCATED}
    assert errors(assessment) == set()
    assert assessment.verdict is Verdict.INCOMPLETE
    gaps = [gap for gap in assessment.not_assessable if gap.code in TABLES]
    assert {gap.code for gap in gaps} == TABLES
    assert all("散开" in gap.reason.zh for gap in gaps)
    assert len([gap for gap in assessment.not_assessable if gap.code == "B04"]) == 1


def test_tables_may_stand_in_the_files_that_the_page_offers() -> None:
    link = '<p>附件：<a href="/2025.docx">2025年政府信息公开工作年度报告.docx</a></p>'
    _, assessment = judged(printed(nothing, "<p>{}</p>".format) + link)
    assert assessment.verdict is Verdict.INCOMPLETE
    assert "1 个附件" in next(g.reason.zh for g in assessment.not_assessable if g.code == "S05")


def test_tables_without_any_trace_are_still_found_missing() -> None:
    words = "行政复议结果维持1件，结果纠正0件，其他结果0件，尚未审结0件。"
    _, assessment = judged(printed(nothing) + words)
    assert errors(assessment) == TABLES


@pytest.mark.parametrize(
    "headings",
    [
        ["基本情况", "政府信息主动公开情况", "政府信息依申请公开情况", "复议、诉讼情况"]
        + ["存在的不足和改进措施", "需要说明的其他事项"],
        ["概述", "主动公开情况", "依申请公开情况", "行政复议、诉讼情况"]
        + ["存在不足及下一步打算", "其他事项"],
        ["2025年政务公开总体情况", "主动公开信息情况", "收到和处理信息公开申请情况"]
        + ["行政复议和行政诉讼", "问题与改进", "其它"],
    ],
)
def test_sections_under_other_wordings_are_not_said_to_be_missing(headings) -> None:
    numbered = [f"{n}、{words}" for n, words in zip("一二三四五六", headings, strict=True)]
    report, assessment = judged(printed(html_table, "<p>{}</p>".format, numbered))
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert errors(assessment) == set()


def test_text_run_in_after_a_blank_belongs_to_its_section() -> None:
    body = printed(html_table, "<p>{}</p>".format)
    body = body.replace(f"{HEADINGS[5]}</p><p>", f"{HEADINGS[5]} ")
    report, assessment = judged(body)
    section = report.section(6)
    assert section is not None
    assert section.text == NARRATIVE[6]
    assert errors(assessment) == set()


def test_title_and_sentences_in_one_sheet_are_read_as_text() -> None:
    rows: Sheet = []

    def line(text: str) -> str:
        rows.append([C(text, 10)])
        return ""

    def table(sheet: Sheet) -> str:
        rows.extend(sheet)
        return ""

    printed(table, line)
    report, assessment = judged(html_table(rows))
    assert (report.title, report.year) == (TITLE, 2025)
    assert errors(assessment) == set()
    assert {key: report.cell(key).raw for key in FIGURES} == FIGURES
