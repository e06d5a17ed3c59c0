from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.documents.model import Document, Paragraph
from reports.documents.read import read_document
from reports.model import AnnualReport
from reports.reading.read import read_report
from reports.reading.sections import outline
from reports.text import squeeze

HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def read(*lines: str) -> AnnualReport:
    return read_report(read_document("\n\n".join(lines).encode()))


def numbers(report: AnnualReport) -> list[int]:
    return [section.number for section in report.sections]


def with_heading(number: int, heading: str) -> AnnualReport:
    lines = [
        line
        for n, h in enumerate(HEADINGS, 1)
        for line in (heading if n == number else h, f"正文{n}。")
    ]
    return read("水磨镇2025年政府信息公开工作年度报告", *lines)


def with_all(*headings: str) -> AnnualReport:
    lines = [line for n, heading in enumerate(headings, 1) for line in (heading, f"正文{n}。")]
    return read("水磨镇2025年政府信息公开工作年度报告", *lines)


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "第一部分 总体情况"),
        (1, "第一章　总体情况"),
        (1, "㈠总体情况"),
        (1, "1.总体情况"),
        (1, "一是总体情况"),
        (1, "【一】总体情况"),
        (1, "一、总体情况（宋体加粗小四号字）"),
        (1, "**一、总体情况**"),
        (3, "三、收到和处理政府信息公开申请情况（该部分以表格形式报告）"),
        (4, "四、政府信息公开引起的行政复议、行政诉讼情况"),
        (5, "五、存在问题及改进情况"),
        (5, "五、存在的不足及改进措施"),
        (5, "存在问题及整改措施"),
        (5, "政府信息公开工作存在的主要问题及改进情况"),
        (6, "六、其它需要报告的事项。"),
        (6, "其他需要说明的事项"),
    ],
)
def test_every_level_and_wording_met_opens_its_section(number: int, heading: str) -> None:
    report = with_heading(number, heading)
    assert [section.text for section in report.sections] == [f"正文{n}。" for n in range(1, 7)]


@pytest.mark.parametrize(
    "pattern", ["第{}部分 {}", "第{}章 {}", "（{}）{}", "({}){}", "{}、{}", "### {}. {}"]
)
def test_all_sections_on_any_one_level_are_found(pattern: str) -> None:
    names = [heading[2:] for heading in HEADINGS]
    report = with_all(*(pattern.format("一二三四五六"[n], name) for n, name in enumerate(names)))
    assert numbers(report) == [1, 2, 3, 4, 5, 6]


def test_all_sections_without_any_numeral_are_found() -> None:
    assert numbers(with_all(*(heading[2:] for heading in HEADINGS))) == [1, 2, 3, 4, 5, 6]


def test_marks_of_different_levels_carry_no_level() -> None:
    marks = ["# ", "### ", "## ", "", "#### ", "**"]
    report = with_all(*(mark + heading for mark, heading in zip(marks, HEADINGS, strict=True)))
    assert numbers(report) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("三、收到和处理政府信息", "公开申请情况"),
        ("三、", "收到和处理政府信息公开申请情况"),
        ("四、政府信息公开行政复议、", "行政诉讼情况"),
    ],
)
def test_a_heading_broken_over_two_paragraphs_is_one(first: str, second: str) -> None:
    lines = [line for n, heading in enumerate(HEADINGS, 1) for line in (heading, f"正文{n}。")]
    at = next(n for n, line in enumerate(lines) if line.startswith(first[:2]))
    report = read(*lines[:at], first, second, *lines[at + 1 :])
    assert [section.text for section in report.sections] == [f"正文{n}。" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        (
            "一、总体情况：2025年，本镇公布办事指南。",
            "一、总体情况",
            "2025年，本镇公布办事指南。",
        ),
        ("一、总体情况 2025年，本镇公布指南。", "一、总体情况", "2025年，本镇公布指南。"),
        ("一、总体情况（一）主动公开。公布指南。", "一、总体情况", "（一）主动公开。公布指南。"),
    ],
)
def test_text_on_the_line_of_the_heading_is_the_sections_text(
    line: str, heading: str, text: str
) -> None:
    first = read(line, *HEADINGS[1:]).section(1)
    assert first is not None
    assert (first.heading, first.text) == (heading, text)


def test_a_heading_in_other_words_may_have_its_text_on_the_line_too() -> None:
    said = "五、存在问题及改进情况：" + "栏目更新不够及时，下一步安排专人核对并按月检查。" * 3
    fifth = read(*HEADINGS[:4], said, HEADINGS[5]).section(5)
    assert fifth is not None
    assert fifth.text.startswith("栏目更新")


def test_a_sub_heading_with_the_name_and_numeral_of_a_section_does_not_open_it() -> None:
    listed = ["（一）主动公开情况", "文。", "（二）依申请公开情况", "文。"]
    listed += ["（三）收到和处理政府信息公开申请情况", "文。", "（四）平台建设", "文。"]
    report = read(HEADINGS[0], *listed, HEADINGS[1], "二。", *HEADINGS[3:])
    assert numbers(report) == [1, 2, 4, 5, 6]
    first = report.section(1)
    assert first is not None
    assert first.text == "\n".join(listed)


def test_narrative_first_and_tables_renumbered_after_it_keep_every_text_in_its_section() -> None:
    told = [line for n, heading in enumerate(HEADINGS, 1) for line in (heading, f"正文{n}。")]
    again = ["一、主动公开政府信息情况", "表二说明。", "二、收到和处理政府信息公开申请情况"]
    again += ["表三说明。", "三、政府信息公开行政复议、行政诉讼情况", "表四说明。"]
    report = read(*told, *again)
    texts = {section.number: section.text for section in report.sections}
    assert [texts[n].split("\n")[0] for n in (1, 2, 3, 4, 5)] == [f"正文{n}。" for n in range(1, 6)]


def test_a_chapter_told_in_other_words_is_not_swallowed_by_the_one_before_it() -> None:
    report = read(
        HEADINGS[0], "正文1。", "二、主动公开", "正文2。", "一、主动公开政府信息情况", "表二说明。"
    )
    texts = {section.number: section.text for section in report.sections}
    assert texts == {1: "正文1。", 2: "二、主动公开\n正文2。\n表二说明。"}


def test_a_section_that_says_nothing_is_empty_and_one_that_says_none_says_so() -> None:
    report = read(*HEADINGS, "无")
    assert [section.text for section in report.sections] == ["", "", "", "", "", "无"]


def test_headings_in_the_cells_of_a_table_around_the_article_are_found() -> None:
    rows = "".join(
        f"<tr><td colspan=330>{h}</td></tr><tr><td colspan=330>本镇正文{n}。</td></tr>"
        f"<tr>{'<td>甲</td><td>1</td><td>2</td><td>3</td>' if n == 2 else '<td></td>'}</tr>"
        for n, h in enumerate(HEADINGS, 1)
    )
    report = read(f"<table>{rows}</table>")
    assert [section.text for section in report.sections] == [f"本镇正文{n}。" for n in range(1, 7)]


_LINES = st.sampled_from(
    [
        *HEADINGS,
        *(heading[2:] for heading in HEADINGS),
        "一、主动公开",
        "二、信用建设",
        "三、收到和处理政府信息",
        "公开申请情况",
        "（一）主动公开政府信息情况",
        "（三）依申请公开情况",
        "1.总体情况",
        "一、总体情况：2025年本镇公布指南。",
        "第五部分 存在问题",
        "本镇更新栏目25条。",
        "## 六、其他",
    ]
)


@given(st.lists(_LINES, max_size=24))
def test_no_text_is_lost_or_told_twice(lines: list[str]) -> None:
    parts = outline(Document("text/plain", None, (), tuple(map(Paragraph, lines))))
    pieces = [*parts.before, *parts.apart]
    pieces += [text for section in parts.sections for text in (section.heading, section.text)]

    def letters(texts: list[str]) -> Counter[str]:
        return Counter(sign for sign in squeeze("".join(texts)) if sign not in "#*。:;")

    assert letters(pieces) == letters(lines)
