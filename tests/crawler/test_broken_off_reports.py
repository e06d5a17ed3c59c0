"""Reports that came without their end: what is not there may only not have been sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.tables import Snapshot
from tests.crawler.crawls import Crawls
from tests.crawler.scripted_site import COLUMN, HTML, ScriptedSite, items, scripted_site
from tests.season_server import Answer

pytestmark = pytest.mark.service

REPORT = f"{COLUMN}2024.html"
PAST_CACHES = f"{REPORT}?_=1769047200"
HEAD = "<html><head><title>年报</title></head><body><h1>2024年度报告</h1>"
FOOT = "</div><div class=foot>主办：甲县人民政府办公室</div>"
WHOLE = f"{HEAD}<div><p>总体情况。</p><p>存在问题。</p>{FOOT}</body></html>"
CUT = f"{HEAD}<div><p>总体情况。</p><p>存"


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with scripted_site() as made:
        made.pages[COLUMN] = f"{HEAD}<div>{items(range(2020, 2025))}{FOOT}</body></html>"
        made.pages |= {f"{COLUMN}{year}.html": WHOLE for year in range(2020, 2025)}
        yield made


def test_new_report_that_breaks_off_is_not_read_until_it_is_whole(
    crawls: Crawls, site: ScriptedSite
) -> None:
    site.pages[REPORT] = CUT
    crawls.crawl(site.plan())
    link = crawls.link(f"{site.base}{REPORT}")
    assert (link.outcome, link.snapshot_id) == ("broken_off", None)
    site.pages[REPORT] = WHOLE
    crawls.crawl(site.plan(), day=1)
    link = crawls.link(f"{site.base}{REPORT}")
    assert link.outcome == "ok"
    assert link.snapshot_id is not None


def test_known_report_that_breaks_off_stays_what_it_was(crawls: Crawls, site: ScriptedSite) -> None:
    crawls.crawl(site.plan())
    before = crawls.link(f"{site.base}{REPORT}").snapshot_id
    site.pages[REPORT] = CUT
    crawls.crawl(site.plan(), day=1)
    link = crawls.link(f"{site.base}{REPORT}")
    assert (link.outcome, link.snapshot_id) == ("broken_off", before)
    site.pages[REPORT] = WHOLE
    crawls.crawl(site.plan(), day=2)
    link = crawls.link(f"{site.base}{REPORT}")
    assert (link.outcome, link.snapshot_id) == ("not_modified", before)


def test_part_that_only_a_cache_kept_is_read_whole_past_it(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    longer = WHOLE.replace("存在问题。", "存在问题和改进情况。")
    site.pages |= {REPORT: CUT, PAST_CACHES: longer}
    crawls.crawl(site.plan(), day=1)
    link = crawls.link(f"{site.base}{REPORT}")
    newest = next(row for row in crawls.rows(Snapshot) if row.id == link.snapshot_id)
    assert link.outcome == "ok"
    assert (newest.url, newest.size) == (f"{site.base}{REPORT}", len(longer.encode()))
    site.pages |= {REPORT: CUT, f"{REPORT}?_=1769133600": longer}
    crawls.crawl(site.plan(), day=2)
    assert crawls.link(f"{site.base}{REPORT}").snapshot_id == newest.id


def test_site_that_never_ends_its_pages_is_read_at_once_by_its_foot(
    crawls: Crawls, site: ScriptedSite
) -> None:
    endless = WHOLE.replace("</body></html>", "")
    site.pages |= {path: endless for path in site.pages if path.endswith(".html")}
    crawls.crawl(site.plan())
    assert crawls.link(f"{site.base}{REPORT}").outcome == "ok"
    site.pages[REPORT] = endless.replace("存在问题。", "存在问题和改进情况。")
    crawls.crawl(site.plan(), day=1)
    assert crawls.link(f"{site.base}{REPORT}").outcome == "ok"


def test_what_stays_the_same_for_a_week_is_what_the_office_publishes(
    crawls: Crawls, site: ScriptedSite
) -> None:
    site.pages[REPORT] = CUT
    for day in (0, 3, 6):
        crawls.crawl(site.plan(), day=day)
        assert crawls.link(f"{site.base}{REPORT}").outcome == "broken_off"
    crawls.crawl(site.plan(), day=7)
    link = crawls.link(f"{site.base}{REPORT}")
    assert link.outcome == "ok"
    assert link.snapshot_id is not None
    crawls.crawl(site.plan(), day=8)
    assert crawls.link(f"{site.base}{REPORT}").outcome == "not_modified"


def test_file_that_breaks_off_is_not_called_damaged(crawls: Crawls, site: ScriptedSite) -> None:
    offered = '<p><a href="/f/2024.pdf">2024年政府信息公开工作年度报告.pdf</a></p>'
    site.pages[REPORT] = WHOLE.replace("<p>总体情况。</p>", offered)
    pdf = b"%PDF-1.4\n" + b"0" * 5_000
    site.pages["/f/2024.pdf"] = Answer(200, pdf, {"Content-Type": "application/pdf"})
    crawls.crawl(site.plan())
    assert crawls.link(f"{site.base}/f/2024.pdf").outcome == "broken_off"
    site.pages["/f/2024.pdf"] = Answer(200, pdf + b"%%EOF", HTML)
    crawls.crawl(site.plan(), day=1)
    assert crawls.link(f"{site.base}/f/2024.pdf").outcome == "ok"


def test_column_that_is_the_report_itself_is_not_compared_with_itself(
    crawls: Crawls, site: ScriptedSite
) -> None:
    title = "甲县乙局2024年政府信息公开工作年度报告"
    whole = WHOLE.replace("2024年度报告", title).replace("年报<", f"{title}<")
    site.pages[COLUMN] = whole
    plan = site.plan(family="single")
    crawls.crawl(plan)
    before = crawls.link(f"{site.base}{COLUMN}")
    assert before.outcome == "ok"
    site.pages[COLUMN] = whole[: len(whole) // 2]
    crawls.crawl(plan, day=1)
    after = crawls.link(f"{site.base}{COLUMN}")
    assert (after.outcome, after.snapshot_id) == ("broken_off", before.snapshot_id)


def test_page_that_ends_at_the_same_place_for_a_week_is_read_and_so_are_its_like(
    crawls: Crawls, site: ScriptedSite
) -> None:
    """A template of reports that never ends, unlike that of the list, with a counter in each page."""
    old, new = f"{COLUMN}2020.html", f"{site.base}{COLUMN}2020.html"
    del site.pages[old]
    for day, outcome in ((0, "broken_off"), (3, "broken_off"), (7, "ok"), (8, "ok")):
        endless = f"{HEAD}<div><p>存在问题。</p></div><p>访问量：{day}</p>"
        pages = {path: endless for path in site.pages if path.endswith(".html")}
        site.pages |= pages if day < 8 else {**pages, old: endless}
        crawls.crawl(site.plan(), day=day)
        assert crawls.link(f"{site.base}{REPORT}").outcome == outcome
    assert crawls.link(new).outcome == "ok"


def test_same_part_that_comes_again_after_the_whole_waits_anew(
    crawls: Crawls, site: ScriptedSite
) -> None:
    site.pages[REPORT] = CUT
    crawls.crawl(site.plan())
    site.pages[REPORT] = WHOLE
    crawls.crawl(site.plan(), day=1)
    whole = crawls.link(f"{site.base}{REPORT}").snapshot_id
    site.pages[REPORT] = CUT
    for day in (10, 13):
        crawls.crawl(site.plan(), day=day)
        link = crawls.link(f"{site.base}{REPORT}")
        assert (link.outcome, link.snapshot_id) == ("broken_off", whole)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Answer(302, headers={"Location": COLUMN}),
        Answer(200, "<html><body>非法的请求参数</body></html>".encode(), HTML),
    ],
)
def test_answer_past_caches_that_is_another_page_does_not_stand_for_the_report(
    crawls: Crawls, site: ScriptedSite, elsewhere: Answer
) -> None:
    crawls.crawl(site.plan())
    before = crawls.link(f"{site.base}{REPORT}").snapshot_id
    site.pages |= {REPORT: CUT, PAST_CACHES: elsewhere}
    crawls.crawl(site.plan(), day=1)
    link = crawls.link(f"{site.base}{REPORT}")
    assert (link.outcome, link.snapshot_id) == ("broken_off", before)


def test_reports_that_break_off_leave_enough_for_those_that_seem_gone(
    crawls: Crawls, site: ScriptedSite
) -> None:
    years = range(2015, 2025)
    site.pages[COLUMN] = f"{HEAD}<div>{items(years)}{FOOT}</body></html>"
    site.pages |= {f"{COLUMN}{year}.html": WHOLE for year in years}
    crawls.crawl(site.plan())
    site.pages |= {f"{COLUMN}{year}.html": CUT for year in range(2015, 2024)}
    site.pages[PAST_CACHES] = site.pages.pop(REPORT)
    crawls.crawl(site.plan(), day=1)
    assert crawls.link(f"{site.base}{REPORT}").outcome == "not_modified"


def test_list_that_broke_off_on_its_way_is_asked_for_whole_the_next_time(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    text = str(site.pages[COLUMN])
    tagged = {**HTML, "ETag": '"1"'}
    site.pages[COLUMN] = Answer(200, text[: len(text) - 60].encode(), tagged)
    crawls.crawl(site.plan(), day=1)
    assert crawls.visit("site", day=1).outcome == "shrunken"
    site.asked.clear()
    site.pages[COLUMN] = Answer(200, text.encode(), tagged)
    crawls.crawl(site.plan(), day=2)
    assert crawls.visit("site", day=2).outcome in ("ok", "not_modified")
    assert all("if-none-match" not in ask.headers for ask in site.asked if ask.path == COLUMN)


def test_part_is_never_taken_while_the_whole_can_be_had_past_caches(
    crawls: Crawls, site: ScriptedSite
) -> None:
    crawls.crawl(site.plan())
    years = range(2020, 2025)
    before = {year: crawls.link(f"{site.base}{COLUMN}{year}.html").snapshot_id for year in years}
    site.pages |= {f"{COLUMN}{year}.html": CUT for year in years}
    for day, mark in ((1, 1769047200), (4, 1769306400), (8, 1769652000), (9, 1769738400)):
        site.pages |= {f"{COLUMN}{year}.html?_={mark}": WHOLE for year in years}
        crawls.crawl(site.plan(), day=day)
        for year, snapshot_id in before.items():
            link = crawls.link(f"{site.base}{COLUMN}{year}.html")
            assert (link.outcome, link.snapshot_id) == ("not_modified", snapshot_id)


@pytest.mark.parametrize("body", [b"%PDF-1.4\n" + b"0" * 9_000, b"<body><pre>" + b"x" * 9_000])
def test_same_bytes_are_read_after_a_week_whatever_they_end_with(
    crawls: Crawls, site: ScriptedSite, body: bytes
) -> None:
    site.pages[REPORT] = Answer(200, body, HTML)
    for day, outcome in ((0, "broken_off"), (6, "broken_off"), (7, "ok")):
        crawls.crawl(site.plan(), day=day)
        assert crawls.link(f"{site.base}{REPORT}").outcome == outcome


def test_figures_of_a_table_do_not_make_one_cut_like_another(
    crawls: Crawls, site: ScriptedSite
) -> None:
    rows = [f"<tr><td>{n}</td><td>0</td><td>0</td></tr>" for n in range(40)]
    crawls.crawl(site.plan())
    before = crawls.link(f"{site.base}{REPORT}").snapshot_id
    for day in (1, 4, 9):
        site.pages[REPORT] = f"{HEAD}<table>{''.join(rows[: 5 + day])}"
        crawls.crawl(site.plan(), day=day)
        link = crawls.link(f"{site.base}{REPORT}")
        assert (link.outcome, link.snapshot_id) == ("broken_off", before)


def test_piece_of_markup_that_closed_its_last_part_before_must_do_so_again(
    crawls: Crawls, site: ScriptedSite
) -> None:
    piece = "<h1>2024年度报告</h1><div><p>总体情况。</p><p>存在问题。</p></div>"
    site.pages |= {path: piece for path in site.pages if path.endswith(".html")}
    crawls.crawl(site.plan())
    before = crawls.link(f"{site.base}{REPORT}")
    assert before.outcome == "ok"
    site.pages[REPORT] = piece[:45]
    crawls.crawl(site.plan(), day=1)
    after = crawls.link(f"{site.base}{REPORT}")
    assert (after.outcome, after.snapshot_id) == ("broken_off", before.snapshot_id)


def test_list_of_bare_links_that_breaks_off_in_one_proves_nothing(
    crawls: Crawls, site: ScriptedSite
) -> None:
    rows = [
        f'<a href="{COLUMN}{year}.html">甲县乙局{year}年年报</a><br>' for year in range(2005, 2025)
    ]
    site.pages[COLUMN] = f"<html><body>{''.join(rows)}</body></html>"
    crawls.crawl(site.plan())
    assert crawls.visit("site").outcome == "ok"
    site.pages[COLUMN] = f"<html><body>{''.join(rows[:17])}<a href"
    crawls.crawl(site.plan(), day=1)
    assert crawls.visit("site", day=1).outcome == "shrunken"
