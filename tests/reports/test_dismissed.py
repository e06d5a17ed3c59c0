"""A person's word on a finding: it holds for the same finding, and says what changed for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reports.dismissed import Dismissed, returned
from reports.findings import Finding, Severity
from reports.words import Words

LATE_EVENING = datetime(2026, 2, 5, 20, 0, tzinfo=UTC)
FINDING = Finding(
    "B01",
    Severity.ERROR,
    ("requests.new.total", "requests.granted.total"),
    "4",
    "5",
    Words("3 + 1 = 4，表内写 5", "3 + 1 = 4, the table says 5"),
    Words("格式", "form"),
)
WORD = Dismissed(FINDING, "张三", LATE_EVENING, "原件核对无误")


def test_the_word_names_person_day_in_china_and_reason() -> None:
    assert WORD.words().zh == "已由 张三 于 2026-02-06 核实不成立：原件核对无误"
    assert "张三" in WORD.words().en


def test_the_same_finding_has_not_returned() -> None:
    assert returned([FINDING], [WORD]) == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"actual": "6"}, "现有值 5 → 6"),
        ({"actual": None}, "现有值 5 → 无"),
        ({"expected": "3"}, "应为值 4 → 3"),
        ({"version": 2}, "规则 B01 由第 1 版改为第 2 版"),
        ({"cells": FINDING.cells[:1]}, "涉及的单元格有增减"),
    ],
)
def test_a_changed_finding_returns_and_says_what_changed(change: dict, said: str) -> None:
    now = replace(FINDING, **change)
    assert returned([now], [WORD]) == {now: WORD}
    assert said in WORD.since(now).zh
    assert "原件核对无误" in WORD.since(now).zh


@pytest.mark.parametrize("change", [{"code": "B02"}, {"cells": ("review.total",)}, {"cells": ()}])
def test_another_rule_or_other_cells_are_another_matter(change: dict) -> None:
    assert returned([replace(FINDING, **change)], [WORD]) == {}


def test_a_word_that_still_holds_explains_no_other_finding() -> None:
    assert returned([FINDING, replace(FINDING, actual="9")], [WORD]) == {}


def test_of_several_words_the_newest_counts() -> None:
    newer = replace(WORD, finding=replace(FINDING, actual="7"), at=LATE_EVENING + timedelta(days=1))
    now = replace(FINDING, actual="8")
    assert returned([now], [WORD, newer]) == {now: newer}


def test_long_quotes_are_cut() -> None:
    now = replace(FINDING, actual="长" * 60_000)
    assert len(WORD.since(now).zh) < 300
