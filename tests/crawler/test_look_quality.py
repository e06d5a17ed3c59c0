"""Lists that are there and yet prove nothing: shortened, cached, of another site, garbled, empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.tables import Link
from tests.crawler.crawls import Crawls
from tests.crawler.scripted_site import COLUMN, HTML, ScriptedSite, items, scripted_site
from tests.season_server import Answer

pytestmark = pytest.mark.service

YEARS = range(2015, 2025)
CODE = '<meta name="SiteIDCode" content="{}">'


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with scripted_site() as made:
        made.pages[COLUMN] = items(YEARS)
        made.pages |= {f"{COLUMN}{year}.html": f"<p>{year}年度报告正文</p>" for year in YEARS}
        yield made


def test_list_cut_to_less_than_half_proves_nothing_and_says_how_short_it_is(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    site.pages[COLUMN] = items((2023, 2024))
    crawls.crawl(site.plan(), day=1)
    visit = crawls.visit("site", day=1)
    assert visit.outcome == "shrunken"
    assert "10" in visit.detail_zh
    assert "2 now" in visit.detail_en
    site.pages[COLUMN] = items(YEARS)
    crawls.crawl(site.plan(), day=2)
    assert crawls.visit("site", day=2).outcome == "ok"


def test_shorter_list_becomes_the_usual_one_after_looks_that_agree_for_a_week(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    site.pages[COLUMN] = items((2023, 2024))
    for day, outcome in (*((day, "shrunken") for day in (1, 2, 3, 4)), (8, "not_modified")):
        crawls.crawl(site.plan(), day=day)
        assert crawls.visit("site", day=day).outcome == outcome
    assert "新的常态" in crawls.visit("site", day=8).detail_zh
    for day in (8, 9):
        crawls.crawl(site.plan(), day=day)
        assert crawls.visit("site", day=day).outcome == "not_modified"


def test_list_that_goes_on_losing_entries_is_never_taken_as_usual(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    for day, years in ((1, (2021, 2022, 2023, 2024)), (9, (2022, 2023, 2024)), (18, (2024,))):
        site.pages[COLUMN] = items(years)
        crawls.crawl(site.plan(), day=day, shrunken_looks=2)
        assert crawls.visit("site", day=day).outcome == "shrunken"


def test_reports_replaced_in_bulk_by_as_many_others_are_told(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    site.pages[COLUMN] = items(range(2005, 2015), folder="/elsewhere/")
    crawls.crawl(site.plan(), day=1)
    assert crawls.visit("site", day=1).outcome == "shrunken"


def test_list_under_the_configured_length_proves_nothing_however_long_it_lasts(
    crawls: Crawls, site: ScriptedSite
) -> None:
    for day in (0, 10, 20, 30, 40):
        crawls.crawl(site.plan(expected_min_links=11), day=day)
        assert crawls.visit("site", day=day).outcome == "shrunken"
    assert "expected_min_links" in crawls.visit("site", day=40).detail_en
    crawls.crawl(site.plan(expected_min_links=10), day=41)
    assert crawls.visit("site", day=41).outcome == "not_modified"


def _stale(site: ScriptedSite, headers: dict[str, str] | None = None) -> None:
    """Let the plain address answer from a cache that never saw the newest report."""
    old = Answer(200, items(range(2015, 2024)).encode(), {**HTML, **(headers or {})})
    site.pages[COLUMN] = old


def test_old_copy_is_found_out_and_the_newer_list_counts(
    crawls: Crawls, site: ScriptedSite
) -> None:
    _stale(site)
    target = f"{COLUMN}?_=1768960800"
    site.pages[target] = items(YEARS)
    crawls.crawl(site.plan(fresh=True))
    visit = crawls.visit("site")
    assert (visit.outcome, visit.candidates) == ("ok", 10)
    assert "旧副本" in visit.detail_zh
    assert {link.url for link in crawls.rows(Link)} == {
        f"{site.base}{COLUMN}{year}.html" for year in YEARS
    }


def test_old_copy_of_a_further_page_is_found_out_as_well(
    crawls: Crawls, site: ScriptedSite
) -> None:
    pager = '<script>createPageHTML(2, {}, "index", "html")</script>'
    further = f"{COLUMN}index_1.html"
    site.pages[COLUMN] = items(YEARS) + pager.format(0)
    site.pages[further] = items(range(2012, 2014)) + pager.format(1)
    site.pages[f"{further}?_=1768960800"] = items(range(2012, 2015)) + pager.format(1)
    crawls.crawl(site.plan(fresh=True))
    visit = crawls.visit("site")
    assert (visit.outcome, visit.candidates) == ("ok", 13)
    assert "旧副本" in visit.detail_zh
    assert f"{site.base}{COLUMN}2014.html" in {link.url for link in crawls.rows(Link)}


def test_old_copy_of_which_a_page_has_no_newer_one_proves_nothing(
    crawls: Crawls, site: ScriptedSite
) -> None:
    pager = '<script>createPageHTML(2, {}, "index", "html")</script>'
    site.pages[COLUMN] = items(range(2015, 2024)) + pager.format(0)
    site.pages[f"{COLUMN}?_=1768960800"] = items(YEARS) + pager.format(0)
    site.pages[f"{COLUMN}index_1.html"] = items(range(2012, 2014)) + pager.format(1)
    site.pages[f"{COLUMN}index_1.html?_=1768960800"] = Answer(403)
    crawls.crawl(site.plan(fresh=True))
    visit = crawls.visit("site")
    assert visit.outcome == "incomplete"
    assert "1 页绕不过缓存" in visit.detail_zh


def test_fresh_look_asks_without_conditions_and_says_that_both_copies_agree(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    site.asked.clear()
    crawls.crawl(site.plan(fresh=True), day=1)
    asked = [ask for ask in site.asked if ask.path == COLUMN]
    assert [ask.headers.get("cache-control") for ask in asked] == ["no-cache", "no-cache"]
    assert not any(ask.conditional for ask in asked)
    assert "一致" in crawls.visit("site", day=1).detail_zh


@pytest.mark.parametrize(
    ("headers", "outcome"), [({}, "ok"), ({"Age": "90000"}, "incomplete"), ({"Age": "x"}, "ok")]
)
def test_refused_second_reading_leaves_the_plain_one_unless_it_is_known_to_be_old(
    crawls: Crawls, site: ScriptedSite, headers: dict[str, str], outcome: str
) -> None:
    _stale(site, headers)
    site.pages[f"{COLUMN}?_=1768960800"] = Answer(403)
    crawls.crawl(site.plan(fresh=True))
    visit = crawls.visit("site")
    assert visit.outcome == outcome
    assert "绕过缓存未读到" in visit.detail_zh


def test_error_that_only_a_cache_kept_does_not_make_a_report_gone(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    path = f"{COLUMN}2024.html"
    site.pages[f"{path}?_=1769047200"] = site.pages.pop(path)
    del site.pages[f"{COLUMN}2023.html"]
    crawls.crawl(site.plan(), day=1)
    assert crawls.link(f"{site.base}{path}").outcome == "not_modified"
    assert crawls.link(f"{site.base}{COLUMN}2023.html").outcome == "not_found"


def test_another_identification_code_than_the_first_seen_is_not_relied_on(
    crawls: Crawls, site: ScriptedSite
) -> None:
    site.pages[COLUMN] = CODE.format("4103110001") + items(YEARS)
    crawls.crawl(site.plan())
    site.pages[COLUMN] = CODE.format("bm99000001") + items((2024,), folder="/spoof/")
    crawls.crawl(site.plan(), day=1)
    visit = crawls.visit("site", day=1)
    assert visit.outcome == "wrong_site"
    assert "bm99000001" in visit.detail_zh
    assert "4103110001" in visit.detail_en
    assert not [link for link in crawls.rows(Link) if "spoof" in link.url]
    crawls.crawl(site.plan(id_code="BM99000001"), day=2)
    assert crawls.visit("site", day=2).outcome == "shrunken"


def test_garbled_titles_prove_nothing_and_replace_no_known_title(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    site.pages[COLUMN] = items(YEARS).replace(
        "甲县乙局2024年政府信息公开工作年度报告", "????2024????????"
    )
    crawls.crawl(site.plan(), day=1)
    visit = crawls.visit("site", day=1)
    assert visit.outcome == "garbled"
    assert "1" in visit.detail_zh
    assert "?" not in crawls.link(f"{site.base}{COLUMN}2024.html").title


def test_page_of_which_only_the_tags_can_be_read_is_garbled(
    crawls: Crawls, site: ScriptedSite
) -> None:
    site.pages[COLUMN] = f"<html><body><div>{'?' * 400}</div><p>{'�' * 300}</p></body></html>"
    crawls.crawl(site.plan())
    assert crawls.visit("site").outcome == "garbled"


@pytest.mark.parametrize(("was_known", "outcome"), [(False, "incomplete"), (True, "column_lost")])
def test_column_that_says_it_has_nothing_is_young_or_lost(
    crawls: Crawls, site: ScriptedSite, was_known: bool, outcome: str
) -> None:
    if was_known:
        crawls.crawl(site.plan())
    site.pages[COLUMN] = "<html><body><h2>政府信息公开年报</h2><p>暂无相关内容</p></body></html>"
    crawls.crawl(site.plan(), day=1)
    visit = crawls.visit("site", day=1)
    assert visit.outcome == outcome
    assert ("尚无内容" in visit.detail_zh) is not was_known


def test_redirect_to_a_further_host_of_the_site_is_followed_and_to_others_is_not(
    crawls: Crawls, site: ScriptedSite
) -> None:
    with scripted_site() as other:
        other.pages = dict(site.pages)
        site.pages[COLUMN] = Answer(302, headers={"Location": f"{other.base}{COLUMN}"})
        crawls.crawl(site.plan())
        assert crawls.visit("site").outcome == "offsite"
        assert other.targets() == []
        crawls.crawl(site.plan(hosts=(other.place,)), day=1)
        assert crawls.visit("site", day=1).outcome == "ok"
