"""Whole columns through the real crawl: forms, JSON, folders of years, titles that only pages tell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from urllib.parse import parse_qs

import pytest

from db.tables import Link, Resource
from tests.crawler.crawls import YI, Crawls, site_plan
from tests.season_server import Answer, Ask, LocalServer

pytestmark = pytest.mark.service

Pages = Mapping[str, str | Callable[[Ask], Answer]]
Serve = Callable[[Pages], str]


def title(year: int) -> str:
    return f"甲县乙局{year}年政府信息公开工作年度报告"


def report(year: int) -> str:
    return (
        f"<title>甲县乙局</title><h1>{title(year)}</h1><table><tr><td>第二十条第（一）项</td></tr></table>"
        "<table><tr><td>一、本年新收政府信息公开申请数量</td></tr></table>"
    )


def items(*years: int) -> str:
    rows = (f'<li><a href="/r/{year}.html">{title(year)}</a></li>' for year in years)
    return f"<ul>{''.join(rows)}</ul>"


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:

        def start(pages: Pages) -> str:
            def answer(ask: Ask) -> Answer:
                page = pages.get(ask.target, pages.get(ask.path))
                if page is None and ask.path.startswith("/r/"):
                    page = report(int(ask.path[3:7]))
                if callable(page):
                    return page(ask)
                return Answer(404) if page is None else Answer(200, page.encode())

            server = LocalServer(answer)
            stack.callback(server.close)
            return f"http://127.0.0.1:{server.port}"

        yield start


def found(crawls: Crawls) -> list[int]:
    followed = (link for link in crawls.rows(Link) if link.refusal_zh is None)
    return sorted(link.year or 0 for link in followed)


def _records(*years: int) -> str:
    rows = "".join(f"<record><![CDATA[{items(year)}]]></record>" for year in years)
    return f"<datastore><recordset>{rows}</recordset></datastore>"


def _post(ask: Ask) -> Answer:
    query, form = parse_qs(ask.target.partition("?")[2]), parse_qs(ask.body.decode())
    if form.get("unitid") != ["59"] or query["perpage"] != ["1"]:
        return Answer(500)
    start, end = int(query["startrecord"][0]), int(query["endrecord"][0])
    return Answer(200, _records(*range(2026 - start, 2025 - end, -1)).encode())


def test_data_store_is_read_to_its_end_by_forms(crawls: Crawls, serve: Serve) -> None:
    script = (
        "<script>$('#59').jpage({perPage:1,totalRecord:8,proxyUrl:'/module/jpage/dataproxy.jsp',"
        "ajaxParam:{col:1,webid:3,columnid:12,unitid:59}});</script>"
    )
    first = f"<html><body>{_records(2025, 2024, 2023)}{script}</body></html>"
    base = serve({"/col/": first, "/module/jpage/dataproxy.jsp": _post})
    crawls.crawl(site_plan("site", f"{base}/col/", agencies=(YI,)))
    assert crawls.outcomes() == {"site": "ok"}
    assert found(crawls) == list(range(2018, 2026))
    asked = [row.url for row in crawls.rows(Resource) if "dataproxy" in row.url]
    assert len(asked) == 2
    assert all("unitid=59" in url.partition("#")[2] for url in asked)


def _articles(count: int, *years: int) -> str:
    rows = [{"id": y, "title": title(y), "url": f"/r/{y}.html", "date": 1769130000} for y in years]
    filling = [{"id": n, "title": f"其他公开事项之{n}", "url": f"/x/{n}"} for n in range(count)]
    return json.dumps({"articles": rows + filling, "classify": {"post_count": count + len(years)}})


@pytest.mark.parametrize(("stated", "outcome"), [(100, "ok"), (101, "incomplete")])
def test_page_that_is_not_there_matters_only_where_entries_are_missing(
    crawls: Crawls, serve: Serve, stated: int, outcome: str
) -> None:
    answer = json.loads(_articles(98, 2025, 2024))
    answer["classify"]["post_count"] = stated
    tree = '[{"id": 7, "name": "政府信息公开年报", "children": []}]'
    script = f'<script>var _CONFIG={{SID:"9",TREE:{tree}}}</script>'
    index = f'<html><body><div id="app"></div>{script}</body></html>'
    base = serve(
        {
            "/yj/gkmlpt/index": index,
            "/yj/gkmlpt/api/all/7?page=1&sid=9": json.dumps(answer, ensure_ascii=False),
        }
    )
    crawls.crawl(site_plan("site", f"{base}/yj/gkmlpt/index", agencies=(YI,)))
    assert crawls.outcomes() == {"site": outcome}
    assert found(crawls) == [2024, 2025]


def test_category_behind_the_address_chooses_the_list(crawls: Crawls, serve: Serve) -> None:
    index = '<html><body><script>var _CONFIG={SID:"9",TREE:[]}</script></body></html>'
    base = serve({"/gkmlpt/index": index, "/gkmlpt/api/all/5": _articles(0, 2025)})
    crawls.crawl(site_plan("site", f"{base}/gkmlpt/index#5", agencies=(YI,)))
    assert (crawls.outcomes(), found(crawls)) == ({"site": "ok"}, [2025])


def test_folders_of_years_are_part_of_the_column(crawls: Crawls, serve: Serve) -> None:
    years = '<a href="2024/">2024年</a> <a href="2023/">2023年</a>'
    pages = {"/nb/": items(2025) + years, "/nb/2024/": items(2024), "/nb/2023/": report(2023)}
    crawls.crawl(site_plan("site", f"{serve(pages)}/nb/", agencies=(YI,)))
    assert crawls.outcomes() == {"site": "ok"}
    assert found(crawls) == [2023, 2024, 2025]


def test_folder_that_fails_leaves_the_column_incomplete(crawls: Crawls, serve: Serve) -> None:
    pages = {"/nb/": items(2025) + '<a href="2024/">2024年</a>'}
    crawls.crawl(site_plan("site", f"{serve(pages)}/nb/", agencies=(YI,)))
    assert crawls.outcomes() == {"site": "incomplete"}


def test_reports_of_single_years_are_asked_for_one_by_one(crawls: Crawls, serve: Serve) -> None:
    def year(ask: Ask) -> Answer:
        asked = int(parse_qs(ask.target.partition("?")[2])["fbtime"][0])
        select = "".join(f'<option value="{y}">{y}年</option>' for y in (2024, 2022))
        body = report(asked) if asked != 2023 and asked <= 2025 else "<p>甲县</p>"
        return Answer(200, f"<html><body><select>{select}</select>{body}</body></html>".encode())

    base = serve({"/module/xxgk/xxgkAnnualReport.jsp": year})
    url = f"{base}/module/xxgk/xxgkAnnualReport.jsp?fbtime=2024&area=11"
    crawls.crawl(site_plan("site", url, agencies=(YI,)))
    assert crawls.outcomes() == {"site": "ok"}
    assert found(crawls) == [2022, 2024, 2025]


def test_titles_that_the_list_cuts_short_are_told_by_the_pages(
    crawls: Crawls, serve: Serve
) -> None:
    rows = '<li><a href="/r/2025.html">甲县乙局2025年政府信息公…</a></li>'
    base = serve({"/nb/": f"<ul>{rows}</ul>{items(2024)}"})
    crawls.crawl(site_plan("site", f"{base}/nb/", agencies=(YI,)))
    assert crawls.outcomes() == {"site": "ok"}
    assert crawls.link(f"{base}/r/2025.html").title == title(2025)


@pytest.mark.parametrize(
    ("cut", "outcome"),
    [("2025年甲县住房和城乡建…", "incomplete"), ("甲县住房和城乡建设局2025年…", "ok")],
)
def test_title_that_stays_cut_short_before_its_unit_proves_no_absence(
    crawls: Crawls, serve: Serve, cut: str, outcome: str
) -> None:
    rows = f'<li><a href="/gone.html">{cut}</a></li>'
    base = serve({"/nb/": f"<ul>{rows}</ul>{items(2024)}"})
    crawls.crawl(site_plan("site", f"{base}/nb/", agencies=(YI,)))
    assert crawls.outcomes() == {"site": outcome}


def test_sitemap_finds_reports_and_proves_no_absence(crawls: Crawls, serve: Serve) -> None:
    entries: dict[str, str] = {}
    base = serve(entries)
    locations = "".join(f"<url><loc>{base}/r/{year}.html</loc></url>" for year in (2025, 2024))
    index = f"<sitemapindex><sitemap><loc>{base}/s1.xml</loc></sitemap></sitemapindex>"
    entries.update({"/sitemap.xml": index, "/s1.xml": f"<urlset>{locations}</urlset>"})
    crawls.crawl(site_plan("site", f"{base}/sitemap.xml#/r/", agencies=(YI,)))
    assert crawls.outcomes() == {"site": "newest_only"}
    assert found(crawls) == [2024, 2025]


def test_list_behind_a_script_answers_as_data_or_as_a_fragment(
    crawls: Crawls, serve: Serve
) -> None:
    calls = '$.ajax({url:"/Xxgknb/list?b=1"}); $("#x").load("/OpennessAnnualReport/part");'
    own = '<a href="/XxgkAnnualReport/">年报</a>'
    page = f"<html><body>{own}<script>{calls}</script>栏目内容</body></html>"
    rows = [{"title": title(2025), "url": "/r/2025.html"}]
    base = serve(
        {
            "/XxgkAnnualReport/": page,
            "/Xxgknb/list?b=1": json.dumps({"list": rows}),
            "/OpennessAnnualReport/part": items(2024),
        }
    )
    crawls.crawl(site_plan("site", f"{base}/XxgkAnnualReport/", agencies=(YI,)))
    assert crawls.outcomes() == {"site": "ok"}
    assert found(crawls) == [2024, 2025]
