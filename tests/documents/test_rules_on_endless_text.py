"""Rules run outside the walls: text that was made to be slow is judged in linear time, in every section."""

from __future__ import annotations

import time

import pytest

from reports.case import Case
from reports.rules.registry import assess
from tests.builders import a_report, with_text

LONG = 60_000
UNITS = (
    "无",
    "未收到",
    "未收到社会公众",
    "正文说未收到申请",
    "正文说未发生行政",
    "我街道从未行政诉讼时申请",
    "没有发生、行政复议和诉讼",
    "结转至下年度1件",
    "上年结转1件,",
    "2025年度1件结转",
    "信息公开行政复议1件",
    "收取信息处理费1元",
    "未收取任何相关有关的信息公开",
    "“《「",
    "1,000,",
    "０",
    "2025年",
    "\n镇",
    "。",
)


@pytest.mark.parametrize("unit", UNITS)
def test_sixty_thousand_characters_in_every_section_are_judged_within_seconds(
    unit: str,
) -> None:
    report = a_report()
    text = (unit * LONG)[:LONG]
    for section in range(1, 7):
        report = with_text(report, section, text)
    started = time.process_time()
    assess(report, Case(year=2025))
    assert time.process_time() - started < 5
