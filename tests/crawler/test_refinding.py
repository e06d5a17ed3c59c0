"""A column that moved is sought by name, known again by its content, and left when it returns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.column_rows import KnownReports
from crawler.listed import Listed
from crawler.refinding import MOST_REQUESTS, confirms
from db.tables import SiteColumn
from reports.words import Words
from tests.crawler.crawls import BING, YI, Crawls
from tests.crawler.scripted_site import COLUMN, ScriptedSite, items, scripted_site, title
from tests.season_server import Answer

YEARS = (2021, 2022, 2023, 2024)
NEW = "/openness/annual/"
FRONT = '<a href="/news/">新闻</a><a href="/openness/">政府信息公开</a>'
OPENNESS = f'<a href="/law.html">法治政府建设年度报告</a><a href="{NEW}">政府信息公开年报</a>'


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with scripted_site() as made:
        made.pages[COLUMN] = items(YEARS)
        made.pages |= {f"{COLUMN}{year}.html": f"<p>{year}年度报告正文</p>" for year in YEARS}
        made.pages |= {"/": FRONT, "/openness/": OPENNESS, "/news/": "<p>新闻</p>"}
        yield made


def _row(crawls: Crawls) -> SiteColumn:
    (row,) = crawls.rows(SiteColumn)
    found: SiteColumn = row
    return found


@pytest.mark.service
def test_moved_column_is_found_by_name_and_known_by_its_reports(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    site.pages[NEW] = site.pages.pop(COLUMN)
    site.targets()
    crawls.crawl(site.plan(), day=1)
    visit = crawls.visit("site", day=1)
    assert visit.outcome == "ok"
    assert f"{site.base}{NEW}" in visit.detail_zh
    assert _row(crawls).found_url == f"{site.base}{NEW}"
    assert site.targets()[:4] == [COLUMN, "/", "/openness/", NEW]

    crawls.crawl(site.plan(), day=2)
    assert site.targets()[:2] == [COLUMN, NEW]
    assert crawls.visit("site", day=2).outcome == "not_modified"

    site.pages[COLUMN] = site.pages.pop(NEW)
    crawls.crawl(site.plan(), day=3)
    assert _row(crawls).found_url is None
    assert "重新找到" not in crawls.visit("site", day=3).detail_zh


@pytest.mark.service
def test_page_that_only_bears_the_name_is_proposed_and_not_used(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    site.pages[NEW] = items(YEARS, "丁市戊局", "/others/")
    del site.pages[COLUMN]
    crawls.crawl(site.plan(), day=1)
    visit = crawls.visit("site", day=1)
    assert (visit.outcome, visit.candidates) == ("column_lost", 0)
    assert f"{site.base}{NEW}" in visit.detail_en
    row = _row(crawls)
    assert (row.found_url, row.proposed_url) == (None, f"{site.base}{NEW}")


@pytest.mark.service
def test_search_is_short_polite_and_made_once_a_day(crawls: Crawls, site: ScriptedSite) -> None:
    crawls.crawl(site.plan())
    del site.pages[COLUMN]
    maze = "".join(f'<a href="/{n}/">政务公开{n}</a>' for n in range(100))
    site.pages |= {f"/{n}/": maze for n in range(100)} | {"/": maze}
    for year in YEARS:
        del site.pages[f"{COLUMN}{year}.html"]
    site.targets()
    crawls.crawl(site.plan(), day=1)
    searched = [path for path in site.targets() if not path.startswith(COLUMN)]
    assert len(searched) == MOST_REQUESTS
    crawls.crawl(site.plan(), day=1)
    assert [path for path in site.targets() if not path.startswith(COLUMN)] == []


@pytest.mark.service
def test_search_ends_where_the_host_refuses(crawls: Crawls, site: ScriptedSite) -> None:
    crawls.crawl(site.plan())
    del site.pages[COLUMN]
    site.pages["/"] = Answer(429)
    site.targets()
    crawls.crawl(site.plan(), day=1)
    assert [path for path in site.targets() if not path.startswith(COLUMN)] == ["/"]
    assert crawls.visit("site", day=1).outcome == "column_lost"


@pytest.mark.service
def test_column_is_sought_by_the_name_that_is_configured(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    site.pages["/own/"] = site.pages.pop(COLUMN)
    site.pages["/"] = '<a href="/own/">阳光专栏</a>'
    crawls.crawl(site.plan(), day=1)
    assert crawls.visit("site", day=1).outcome == "column_lost"
    crawls.crawl(site.plan(name="阳光专栏"), day=2)
    assert crawls.visit("site", day=2).outcome == "ok"


def listed(*urls: str, agency: str | None = "yi", refused: bool = False) -> list[Listed]:
    refusal = Words("不", "no") if refused else None
    return [
        Listed(url, title(2024, TITLED.get(url, "甲县乙局")), agency_key=agency, refusal=refusal)
        for url in urls
    ]


TITLED = {"x": "甲县丁局", "nameless": ""}
KNOWN = KnownReports(frozenset("abcdefghi"), frozenset({title(2024, "甲县丁局"), title(2024, "")}))
NONE = KnownReports(frozenset(), frozenset())


@pytest.mark.parametrize(
    ("listing", "known", "agencies", "is_it"),
    [
        (listed("a", "b", "c"), KNOWN, (YI, BING), True),
        (listed("a", "b"), KNOWN, (YI, BING), False),
        (listed("a", "b", "x"), KNOWN, (YI, BING), True),
        (listed("a", "b", "nameless"), KNOWN, (YI, BING), False),
        (listed("p", "q", "r"), KNOWN, (YI, BING), False),
        (listed("a", "b", "c", refused=True), KNOWN, (YI, BING), False),
        (listed("a"), KnownReports(frozenset("a"), frozenset()), (YI,), True),
        ([], NONE, (YI,), False),
        (listed("a"), NONE, (YI,), True),
        (listed("nameless"), NONE, (YI,), False),
        (listed("a", "b"), NONE, (YI, BING), False),
        (listed("a") + listed("b", agency="bing"), NONE, (YI, BING), True),
        (listed("a", agency=None), NONE, (YI,), False),
    ],
)
def test_content_confirms_a_column(
    listing: list[Listed], known: KnownReports, agencies: tuple[object, ...], is_it: bool
) -> None:
    assert confirms(listing, known, agencies) is is_it  # type: ignore[arg-type]
