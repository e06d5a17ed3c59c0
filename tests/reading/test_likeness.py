"""Likeness of texts: shares of runs of letters, and the longest stretch that two texts share."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from time import process_time

import pytest

from reports.likeness import containment, shared_passage, shingles, without

OURS = (
    "本机关坚持以公开为常态，完善制度，全年通过网站发布信息120条，办理依申请公开12件，均按期答复。"
    "下一步将加强业务培训，提高答复质量。"
)
OTHER = (
    "水库大坝安全鉴定结果已经公布，供水价格听证会邀请了居民代表，河道清淤工程按计划推进完成，"
    "防汛物资储备充足。"
)


def share(ours, theirs):
    return containment(shingles(ours), shingles(theirs))


@pytest.mark.parametrize(
    "theirs",
    [
        OURS,
        OURS.replace("120", "98").replace("12件", "3件"),
        OURS.replace("，", ", ").replace("。", "。\n　　"),
        OURS.replace("1", "１").replace("2", "２"),
        OURS.replace("见", "⻅").replace("高", "⾼"),
    ],
    ids=["same", "other figures", "other signs and blanks", "full width", "radicals"],
)
def test_figures_signs_and_widths_do_not_count(theirs) -> None:
    assert share(OURS, theirs) == Decimal(1)


def test_texts_on_different_matters_share_nothing() -> None:
    assert share(OURS, OTHER) == 0


def test_share_is_of_our_text() -> None:
    assert share(OURS, OURS + OTHER) == Decimal(1)
    assert Decimal("0.4") < share(OURS + OTHER, OURS) < Decimal("0.7")


def test_share_is_rounded_down() -> None:
    ours = frozenset(range(3000))
    assert containment(ours, frozenset(range(2549))) == Decimal("0.8496")
    assert containment(ours, frozenset(range(2999))) == Decimal("0.9996")


@pytest.mark.parametrize(
    "text", ["", "无。", "存在问题：解读不够。改进：加强培训。", "0123456789" * 50]
)
def test_too_short_a_text_has_no_share(text) -> None:
    assert share(text, OURS) is None


def test_common_sentences_are_left_out() -> None:
    common = shingles("本机关坚持以公开为常态，完善制度，")
    rest = without(shingles(OURS), common)
    assert len(rest) == len(shingles(OURS)) - len(common)
    assert not rest & common


def test_grams_are_the_same_in_every_process() -> None:
    code = (
        "from reports.likeness import shingles; print(sorted(shingles('政府信息公开工作年度报告')))"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    grams = sorted(shingles("政府信息公开工作年度报告"))
    assert seen.stdout.strip() == str(grams)
    assert all(0 <= gram < 2**64 for gram in grams)
    assert len(grams) == 5


@pytest.mark.parametrize(
    ("theirs", "passage"),
    [
        ("另外，办理依申请公开9件，均按期答复。", "办理依申请公开12件，均按期答复"),
        ("下一步将加强业务\n培训", "下一步将加强业务培训"),
        ("加强业务培训。", ""),
        (OTHER, ""),
        ("", ""),
    ],
)
def test_longest_shared_stretch_is_quoted_as_printed_in_ours(theirs, passage) -> None:
    assert shared_passage(OURS, theirs) == passage


def test_passage_is_never_longer_than_two_hundred_characters() -> None:
    text = "".join(chr(0x4E00 + n) + "，" for n in range(500))
    assert len(shared_passage(text, text)) == 200


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("公" * 60_000, "公" * 60_000 + "开"),
        ("公开" * 200_000, "开公" * 200_000),
        ("".join(chr(0x4E00 + n % 20_000) for n in range(60_000)), "信息" * 40_000),
    ],
    ids=["one letter", "over the limit", "all letters"],
)
def test_long_texts_take_linear_time(ours, theirs) -> None:
    started = process_time()
    containment(shingles(ours), shingles(theirs))
    middle = process_time()
    shared_passage(ours, theirs)
    assert middle - started < 2
    assert process_time() - middle < 3
