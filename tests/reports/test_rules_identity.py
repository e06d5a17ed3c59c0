"""I rules on the title, the titles of the page, its files and its source."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from reports.case import Case
from reports.findings import Cause, Severity
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from reports.surroundings import File, Page
from reports.titles import read_title
from tests.builders import AGENCY, IDENTITY, a_report

TITLE = f"{AGENCY}2025年政府信息公开工作年度报告"
CORPUS = Path(__file__).parents[2] / "../shared/corpus/titles.json"
TITLES = (
    [row["title"] for row in json.loads(CORPUS.read_text(encoding="utf-8"))["titles"]]
    if CORPUS.exists()
    else []
)


def judged(code, report, case=None):
    return run([rule_named(code)], Subject(report, case or Case(identity=IDENTITY)))


def found(code, report, case=None):
    return [(f.severity, f.actual) for f in judged(code, report, case).findings]


def titled(title, **changes):
    reading = read_title(title)
    return a_report(
        title=title, agency=reading.unit or None, years_in_title=reading.years, **changes
    )


@pytest.mark.parametrize(
    ("title", "actual"),
    [
        (TITLE, None),
        (f"{AGENCY}2025年度政府信息公开工作年度报告", None),
        (f"{AGENCY}政府信息公开工作年度报告", None),
        ("2025湖口县大垅乡2025年度政府信息公开工作年度报告", "2025、2025"),
        (f"2026年1月{AGENCY}2025年政府信息公开工作年度报告", "2026、2025"),
    ],
)
def test_year_in_the_title_is_named_once(title, actual) -> None:
    expected = [] if actual is None else [(Severity.NOTICE, actual)]
    assert found("I03", titled(title)) == expected


@pytest.mark.parametrize(
    ("title", "severity", "actual"),
    [
        (f"{AGENCY}2025年政府信息公开工作报告", Severity.WARNING, "工作报告"),
        (f"{AGENCY}2025年度政府信息公开工作报告", Severity.NOTICE, "工作报告"),
        (f"{AGENCY}2025年政府信息公开工作总结", Severity.WARNING, "工作总结"),
        (f"{AGENCY}2025年政府信息公开工作年度报", Severity.WARNING, "年度报"),
        (f"{AGENCY}2025年政府信息公开工作年度报告的函", Severity.WARNING, "函"),
        (f"{AGENCY}2025年政府信息公涵", Severity.WARNING, "涵"),
    ],
)
def test_word_of_another_document_in_the_title_is_named(title, severity, actual) -> None:
    assert found("I07", titled(title)) == [(severity, actual)]


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        f"{AGENCY}政府信息公开工作2025年度报告",
        f"关于{AGENCY}2025年政府信息公开工作的年度报告",
        f"{AGENCY}2025年政府信息公开年报（图片版）",
        f"{AGENCY}2025年信息公开年度报告",
        f"{AGENCY}2025年 政府信息公开\n工作年度报告",
        f"{AGENCY}2025年政府信息公开年度工作报告",
    ],
)
def test_usual_titles_hold(title) -> None:
    assert found("I07", titled(title)) == []


def test_title_that_a_list_cut_short_is_not_blamed() -> None:
    report = titled(f"{AGENCY}2025年政府信息公开工作年度报")
    assert found("I07", replace(report, opening=TITLE)) == []
    assert found("I07", report, Case(page=Page(titles=(TITLE,)))) == []


def test_report_without_a_title_breaks_no_rule_on_titles() -> None:
    report = a_report(title=None, agency=None, years_in_title=())
    assert found("I03", report) == found("I07", report) == []


@pytest.mark.parametrize("title", TITLES)
def test_no_real_title_is_an_error(title) -> None:
    report = titled(title)
    assert {severity for code in ("I03", "I07") for severity, _ in found(code, report)} <= {
        Severity.WARNING,
        Severity.NOTICE,
    }
    page = Page(titles=(title,), metas={"articletitle": title}, files=(File(f"{title}.docx", "u"),))
    for code in ("I08", "I09"):
        assert found(code, report, Case(page=page)) == []


def shown(*titles, files=(), **metas):
    names = tuple(File(name, "https://example.org/x") for name in files)
    return Case(identity=IDENTITY, page=Page(titles=titles, metas=metas, files=names))


@pytest.mark.parametrize(
    "case",
    [
        shown(TITLE),
        shown(f"{TITLE}_政府信息公开年报_青禾区人民政府"),
        shown(f"{TITLE}-白石县人民政府门户网站", articletitle=TITLE),
        shown("2025年政府信息公开工作年度报告"),
        shown("区水务局2025年政府信息公开工作年度报告"),
        shown("江南市青禾区水务局2025年政府信息公开工作年度报告"),
        shown("2024年政府信息公开年报"),
        shown("青禾区人民政府", "关于印发2024年政府信息公开工作年度报告格式的通知"),
        shown(),
    ],
    ids=[
        "same",
        "site",
        "site of another",
        "no unit",
        "short",
        "longer",
        "column",
        "others",
        "none",
    ],
)
def test_titles_of_one_report_in_usual_variety_hold(case) -> None:
    assert found("I08", a_report(), case) == []


@pytest.mark.parametrize(
    ("case", "word"),
    [
        (shown(f"{AGENCY}2024年政府信息公开工作年度报告"), "年度"),
        (shown(TITLE, articletitle=f"{AGENCY}2024年政府信息公开工作年度报告"), "年度"),
        (shown("青禾区教育局2025年政府信息公开工作年度报告"), "单位"),
        (shown("白石县水务局2025年政府信息公开工作年度报告"), "单位"),
    ],
)
def test_title_of_another_year_or_unit_is_quoted(case, word) -> None:
    (finding,) = judged("I08", a_report(), case).findings
    assert finding.severity is Severity.WARNING
    assert f"标题{word}不一致" in finding.message.zh
    assert finding.expected == TITLE


def test_title_above_the_text_is_compared_too() -> None:
    report = a_report(opening=f"{AGENCY}2024年政府信息公开工作年度报告\n根据条例编制。")
    assert len(found("I08", report, shown(TITLE))) == 1


@pytest.mark.parametrize("code", ["I08", "I09", "I10"])
def test_without_the_page_nothing_is_told(code) -> None:
    (gap,) = judged(code, a_report()).not_assessable
    assert gap.cause is Cause.CONTEXT


@pytest.mark.parametrize(
    "files",
    [
        (),
        (f"{TITLE}.docx",),
        ("20260115093012456.pdf", "P020240131.doc", "W0202401310001.pdf"),
        ("附件.docx", "2024年度部门预算.xlsx"),
        (f"{AGENCY}2024年政府信息公开工作年度报告.pdf", f"{TITLE}.pdf"),
        ("水务局年报.doc",),
    ],
    ids=["none", "right", "by a system", "other files", "an older one beside it", "no year"],
)
def test_names_of_files_that_fit_or_say_nothing_hold(files) -> None:
    assert found("I09", a_report(), shown(files=files)) == []


@pytest.mark.parametrize(
    ("name", "due"),
    [
        (f"{AGENCY}2024年政府信息公开工作年度报告.docx", "2025"),
        ("2024年度信息公开年报.pdf", "2025"),
        ("2024年年报.pdf", "2025"),
        ("白石县水务局2025年政府信息公开工作年度报告.doc", AGENCY),
    ],
)
def test_name_of_a_file_of_another_year_or_unit_is_noted(name, due) -> None:
    (finding,) = judged("I09", a_report(), shown(files=(name,))).findings
    assert (finding.severity, finding.expected) == (Severity.NOTICE, due)
    assert finding.actual in name


@pytest.mark.parametrize(
    "source",
    [
        "",
        AGENCY,
        "区水务局",
        "青禾区人民政府办公室",
        "青禾县政府办公室",
        "青禾区人民政府门户网站",
        "区政务服务和数据管理局",
        "本站原创",
        "王某",
        "办公室",
    ],
)
def test_own_office_and_portals_are_sources(source) -> None:
    assert found("I10", a_report(), shown(contentsource=source)) == []


@pytest.mark.parametrize("source", ["青禾区教育局", "白石县水务局", "青禾区北街街道办事处"])
def test_another_unit_as_the_source_is_noted(source) -> None:
    assert found("I10", a_report(), shown(contentsource=source)) == [(Severity.NOTICE, source)]


def test_source_is_not_told_without_the_agency() -> None:
    case = replace(shown(contentsource="青禾区教育局"), identity=None)
    assert judged("I10", a_report(), case).not_assessable[0].cause is Cause.CONTEXT


HOSTILE = (
    "年" * 60_000,
    "2025年" * 12_000,
    "青禾区" * 20_000,
    "政府信息公开" * 10_000,
    "（" * 60_000,
)


@pytest.mark.parametrize("code", ["I03", "I07", "I08", "I09", "I10"])
def test_long_titles_are_judged_in_linear_time(code) -> None:
    for text in HOSTILE:
        case = shown(text, text + "x", files=(text,) * 5, articletitle=text, contentsource=text)
        report = a_report(title=text, opening=text[:4000])
        started = process_time()
        judged(code, report, case)
        assert process_time() - started < 1.5, text[:8]
