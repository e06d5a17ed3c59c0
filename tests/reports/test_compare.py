"""A revision is a difference of what two reports say; how they are set is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.compare import alternates, compare
from reports.model import Section
from reports.wording import wording
from tests.builders import a_report, with_cell, with_raw, with_text
from tests.deployment import china

REPORT = a_report(2025)
AT = china("2026-02-01T09:00")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("主动公开“政策”，共3件。", "主动公开「政策」， 共 3 件"),
        ("共1，234件", "共1,234件"),
        ("公开3件；办结2件", "公开3件;\n办结2件。"),
        ("公开３件（件）", "公开3件(件)"),
        ("全文。浏览次数：12", "全文。浏览次数：3456次"),
        ("⻅效", "见效"),
        ("a\u200bb", "ab"),
    ],
)
def test_typography_layout_and_counters_are_no_change(before: str, after: str) -> None:
    assert wording(before) == wording(after)
    assert compare(with_text(REPORT, 1, before), with_text(REPORT, 1, after)) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("共3件", "共4件"),
        ("共1.2件", "共12件"),
        ("2025-01-01", "20250101"),
        ("增长5%", "增长5"),
        ("收取费用", "未收取费用"),
        ("", "新增"),
    ],
)
def test_words_and_figures_are_a_change(before: str, after: str) -> None:
    changes = compare(with_text(REPORT, 5, before), with_text(REPORT, 5, after))
    assert [change.cell for change in changes] == ["section.5"]
    assert (changes[0].before, changes[0].after) == (before, after)


def test_another_heading_over_the_same_text_is_a_change_of_its_section() -> None:
    sections = (Section(1, "一、概述", REPORT.sections[0].text), *REPORT.sections[1:])
    changes = compare(REPORT, replace(REPORT, sections=sections))
    assert [(change.cell, change.after) for change in changes] == [("section.1", "一、概述")]


@pytest.mark.parametrize(("before", "after"), [("/", "—"), ("", "/"), ("－", " ")])
def test_a_stroke_or_a_blank_in_a_cell_says_the_same(before: str, after: str) -> None:
    key = "requests.new.other"
    assert compare(with_raw(REPORT, before, key), with_raw(REPORT, after, key)) == ()


def test_a_stroke_is_not_a_nought_and_an_amount_is_compared_by_its_value() -> None:
    key = "penalties.decisions"
    (change,) = compare(with_raw(REPORT, "/", key), with_cell(REPORT, key, 0))
    assert (change.cell, change.before, change.after) == (key, "/", "0")
    written = [with_cell(REPORT, "fees.amount", Decimal(text)) for text in ("12.30", "12.3")]
    assert compare(*written) == ()


@given(st.text(max_size=60))
def test_any_text_has_a_wording_and_its_own_stays(text: str) -> None:
    assert wording(text + "\n ") == wording(text)


def _turns(contents: str, hours: float) -> list[tuple[str, object]]:
    return [(content, AT + n * hours * HOUR) for n, content in enumerate(contents)]


@pytest.mark.parametrize(
    ("contents", "hours", "then", "after", "turns"),
    [
        ("abab", 1, "a", 4, True),
        ("xabab", 1, "a", 5, True),
        ("abab", 1, "c", 4, False),
        ("abab", 1, "b", 4, False),
        ("aba", 1, "b", 3, False),
        ("abcb", 1, "a", 4, False),
        ("abab", 30, "a", 120, False),
        ("abab", 1, "a", 3 + 72, False),
    ],
)
def test_two_contents_that_take_turns_are_held_until_one_stays(
    contents: str, hours: float, then: str, after: float, turns: bool
) -> None:
    earlier = _turns(contents, hours)
    assert alternates(earlier, then, AT + after * HOUR) is turns  # type: ignore[arg-type]
