from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from db.session import writing
from db.tables import Agency, Obligation, SiteColumn, Visit
from reports.words import Language, Words
from tests.web_client import a_client
from tests.web_rows import (
    NOW,
    YEAR,
    AgencyRow,
    a_site,
    an_instant,
    an_obligation,
)
from tests.web_season import MISSING, REVISED


def banner(text: str) -> str:
    found = re.search(r'<div class="banner.*?</div>', text, re.DOTALL)
    return found.group(0) if found else ""


def test_the_board_names_every_status_by_word(pages: TestClient) -> None:
    page = pages.get("/").text
    for word in ("未见报告", "尚待核实", "晚于期限", "已撤下", "等待发布", "按期发布", "无需发布"):
        assert word in page
    for word in ("Missing", "Unverified", "Late", "Withdrawn", "Awaited", "On time", "Exempt"):
        assert word in page


def test_the_board_puts_what_needs_a_person_first(pages: TestClient) -> None:
    rows = re.findall(r'<tr class="row-(\w+)">', pages.get("/").text)
    assert rows == [
        "missing",
        "unverified",
        "late",
        "withdrawn",
        "awaited",
        "on_time",
        "on_time",
        "exempt",
    ]


def test_the_board_says_why_in_both_languages_and_links_the_original(pages: TestClient) -> None:
    page = pages.get("/").text
    assert "期限后 5 次正常查看" in page
    assert "5 good looks after the deadline" in page
    assert 'href="https://www.luolong.gov.example/202601/' in page
    assert 'rel="noopener noreferrer nofollow external"' in page


def test_the_board_counts_days_to_and_since_both_deadlines(pages: TestClient) -> None:
    page = pages.get("/").text
    assert "已过 5 天" in page
    assert "还有 54 天" in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("status=missing", "学府街道", "科技园街道办事处</a></th>"),
        ("region=410403", "卫东区财政局", "学府街道办事处</a></th>"),
        ("status=late&region=410423", "汇源街道", "鲁山县人民政府</a></th>"),
    ],
)
def test_the_board_can_be_narrowed(pages: TestClient, query: str, shown: str, hidden: str) -> None:
    page = pages.get(f"/?year={YEAR}&{query}").text
    assert shown in page
    assert hidden not in page


def test_an_agency_no_longer_in_the_register_leaves_the_board_but_keeps_its_page(
    empty: Engine,
) -> None:
    row = AgencyRow("old", "旧机构", "s", "", "missing", Words("原因", "reason"))
    with writing(empty) as session:
        a_site(session, "s", "站点")
        an_obligation(session, row)
        session.get_one(Agency, "old").active = False
    client = a_client(empty)
    assert "旧机构</a></th>" not in client.get("/").text
    assert "已不在名录中" in client.get("/agencies/old").text


def test_looks_that_stopped_raise_the_banner(season: Engine) -> None:
    page = a_client(season, NOW + timedelta(days=4)).get("/").text
    assert 'class="banner stale" role="alert"' in page
    assert "距今 97 小时" in banner(page)
    assert "out of date" in banner(page)


def test_nothing_ever_looked_at_raises_the_banner(empty: Engine) -> None:
    page = a_client(empty).get("/").text
    assert 'class="banner stale" role="alert"' in page
    assert "have not been looked at yet" in banner(page)


def test_looks_that_only_fail_raise_the_banner(empty: Engine) -> None:
    with writing(empty) as session:
        a_site(session, "s", "站点", state="down")
    page = a_client(empty).get("/").text
    assert 'class="banner stale" role="alert"' in page
    assert "未能正常读取任何栏目" in banner(page)


def test_one_column_behind_is_named_without_alarm(pages: TestClient) -> None:
    page = pages.get("/").text
    assert 'class="banner partly" role="note"' in page
    assert "4 个栏目中有 1 个" in banner(page)


def test_an_agency_whose_own_column_is_well_shows_no_banner(pages: TestClient) -> None:
    assert banner(pages.get(f"/agencies/{REVISED.key}").text) == ""


def test_an_agency_page_shows_versions_looks_visits_and_events(pages: TestClient) -> None:
    revised = pages.get(f"/agencies/{REVISED.key}").text
    missing = pages.get(f"/agencies/{MISSING.key}").text
    assert "第 2 版" in revised
    assert "报告内容有修改" in revised
    assert "未见报告" in missing
    assert "正常读取" in missing
    assert "期限已过，未见报告" in missing


@pytest.mark.parametrize(
    ("language", "first", "tag"),
    [("zh", "2025 年度报告发布台账", "zh-Hans"), ("en", "Ledger of the 2025 annual reports", "en")],
)
def test_the_configured_language_comes_first(
    season: Engine, language: Language, first: str, tag: str
) -> None:
    page = a_client(season, language=language).get("/").text
    assert f'<html lang="{tag}">' in page
    assert f'<span class="first" lang="{tag}">{first}</span>' in page


def test_a_long_register_is_paged_and_no_agency_is_lost(empty: Engine) -> None:
    with writing(empty) as session:
        a_site(session, "s", "站点")
        for number in range(205):
            key = f"a{number:03}"
            session.add(Agency(key=key, name=f"机关{number:03}", kind="street", columns=[]))
        session.flush()
        for number in range(205):
            session.add(
                Obligation(
                    agency_key=f"a{number:03}",
                    year=YEAR,
                    due_at=an_instant(2, 1, 0, 0),
                    status="awaited",
                    proof="none",
                    because_zh="尚未发现",
                    because_en="not found yet",
                    since=NOW,
                )
            )
    client = a_client(empty)
    seen = [
        key
        for n in (1, 2)
        for key in re.findall(r'/agencies/(a\d+)">', client.get(f"/?page={n}").text)
    ]
    assert seen == [f"a{number:03}" for number in range(205)]


def test_a_feed_that_is_read_well_is_no_column_behind(empty: Engine) -> None:
    with writing(empty) as session:
        a_site(session, "s", "站点")
        feed = SiteColumn(key="s/feed", site_key="s", url="https://www.s.gov.example/rss.xml")
        feed.last_visit_at = an_instant(2, 5, 8)
        session.add(feed)
        session.flush()
        session.add(Visit(column_key="s/feed", at=an_instant(2, 5, 8), outcome="newest_only"))
    assert banner(a_client(empty).get("/").text) == ""
