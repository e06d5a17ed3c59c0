from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.caches import past_caches, plain_address
from crawler.list_quality import (
    Length,
    Past,
    Patience,
    foreign,
    is_unreadable,
    says_nothing_yet,
    shrinkage,
    site_id_code,
)
from reports.visits import WORDS, Outcome

START = datetime(2026, 2, 1, tzinfo=UTC)
NAMES = frozenset("abcdefghij")


def length(day: float, reports: int, links: int = 20) -> Length:
    return Length(START + timedelta(days=day), links, reports)


@pytest.mark.parametrize(
    ("links", "reports", "urls", "is_short"),
    [
        (20, 10, NAMES, False),
        (20, 5, frozenset("abcde"), False),
        (20, 4, frozenset("abcd"), True),
        (15, 10, NAMES, False),
        (14, 10, NAMES, True),
        (20, 10, frozenset("abcdevwxyz"), False),
        (20, 10, frozenset("abcduvwxyz"), True),
        (80, 40, NAMES | frozenset("xyz"), False),
    ],
)
def test_list_is_short_by_half_of_its_reports_or_a_quarter_of_its_entries(
    links: int, reports: int, urls: frozenset[str], is_short: bool
) -> None:
    past = Past(20, 10, NAMES)
    found = shrinkage(length(0, reports, links), urls, past, Patience())
    assert (found is not None) is is_short


def test_page_without_its_end_is_doubted_whatever_it_lists() -> None:
    for past in (Past(), Past(20, 10, NAMES)):
        found = shrinkage(replace(length(0, 10), breaks_off=True), NAMES, past, Patience())
        assert found is not None
        assert not found.is_usual_now


def test_young_or_tiny_columns_are_never_called_short() -> None:
    for past in (Past(), Past(7, 3, frozenset("abc"))):
        assert shrinkage(length(0, 0, 0), (), past, Patience()) is None


@pytest.mark.parametrize(
    ("short", "is_usual"),
    [
        ((), False),
        (((0, 2), (2, 2), (4, 2)), True),
        (((0, 1), (2, 2), (4, 2)), True),
        (((2, 2), (4, 2), (6, 2)), False),
        (((0, 2), (4, 2)), False),
        (((0, 4), (2, 4), (4, 4)), False),
        (((-9, 4), (0, 2), (2, 2), (4, 2)), True),
    ],
)
def test_short_list_is_usual_once_enough_looks_agree(
    short: tuple[tuple[int, int], ...], is_usual: bool
) -> None:
    past = Past(20, 10, NAMES, tuple(length(day, reports) for day, reports in short))
    found = shrinkage(length(7, 2), frozenset("ab"), past, Patience())
    assert found is not None
    assert found.is_usual_now is is_usual


@pytest.mark.parametrize(
    ("title", "unreadable"),
    [
        ("甲县乙局2025年政府信息公开工作年度报告", False),
        ("关于2025年工作的问题???", False),
        ("2025年报：甲·乙×丙", False),
        ("????2025????????????", True),
        ("甲县\ufffd\ufffd\ufffd2025\ufffd\ufffd", True),
        ("¼×ÏØÒÒ¾Ö2025ÄêÕþ¸®ÐÅÏ¢¹«¿ª", True),
        ("锟斤拷锟斤拷2025年", True),
        ("", False),
    ],
)
def test_title_is_unreadable_when_a_quarter_of_it_is_lost(title: str, unreadable: bool) -> None:
    assert is_unreadable(title) is unreadable


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ('<meta name="SiteIDCode" content="4103110001">', "4103110001"),
        ("<META content='BM12000001' NAME='SiteIDCode'/>", "bm12000001"),
        ('<meta name="SiteIDCode" content="">', None),
        ('<meta name="SiteIDCode" content="41031100012">', None),
        ('<meta name="SiteName" content="4103110001">', None),
        ("<meta " * 20_000, None),
    ],
)
def test_identification_code_is_read_from_the_head(head: str, code: str | None) -> None:
    assert site_id_code(head) == code


def test_only_two_known_codes_can_differ() -> None:
    assert foreign(None, "4103110001") is None
    assert foreign("4103110001", None) is None
    assert foreign("bm12000001", "BM12000001") is None
    assert foreign("4103110002", "4103110001") is not None


def test_empty_columns_say_so_in_many_ways() -> None:
    assert all(says_nothing_yet(words) for words in ("暂无数据", "暂无内容！", "没有相关信息"))
    assert not says_nothing_yet("本机关2025年无行政复议")


@given(st.sampled_from(["http://a/n/", "http://a/n?p=1", "http://a/?x=2&y=3"]), st.datetimes())
def test_parameter_against_caches_comes_off_again(url: str, at: datetime) -> None:
    busted = past_caches(url, at.replace(tzinfo=UTC))
    assert busted != url
    assert plain_address(busted, busted) == url


def test_every_end_is_named_in_both_languages() -> None:
    assert set(WORDS) == set(Outcome)
    assert all(words.zh and words.en for words in WORDS.values())
