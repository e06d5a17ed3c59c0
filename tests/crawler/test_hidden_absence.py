"""Answers that look like a list without our report, and our own failures that look like the site's."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from crawler.process import CrawlFailed
from db.tables import Link
from tests.crawler.crawls import Crawls, site_plan
from tests.season_server import Answer, Ask, LocalServer

pytestmark = pytest.mark.service

YI_2025 = "甲县乙局2025年政府信息公开工作年度报告"
BING_2025 = "甲县丙局2025年政府信息公开工作年度报告"
LIST = (
    f'<ul><li><a href="/b.html">{BING_2025}</a></li><li><a href="/a.html">{YI_2025}</a></li></ul>'
)
NEWS = "".join(
    f'<li><a href="/{n}">召开工作推进会议第{n}次</a>2026-01-0{n}</li>' for n in range(1, 9)
)
BEHIND = f'<ul><li><a href="/b.html">{BING_2025}</a></li></ul><a href="/a.html">下一页</a>'
REPORT = (
    f"<h1>{YI_2025}</h1><table><tr><td>第二十条第（一）项</td></tr></table>"
    "<table><tr><td>一、本年新收政府信息公开申请数量</td></tr></table>"
)
FILES = {
    "/a.html": f'<h1>{YI_2025}</h1><a href="/yi.docx">附件</a><aside>其他年报：'
    f'<a href="/old.docx">甲县乙局2024年政府信息公开工作年度报告.docx</a>'
    f'<a href="/bing.docx">{BING_2025}.docx</a>'
    '<a href="/wu.docx">甲县戊局2025年政府信息公开工作年度报告.docx</a></aside>',
    "/b.html": f'<h1>{BING_2025}</h1><a href="/bing.docx">附件</a>',
}


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[Ask], Answer]], str]]:
    with ExitStack() as stack:

        def start(answer: Callable[[Ask], Answer]) -> str:
            server = LocalServer(answer)
            stack.callback(server.close)
            return f"http://127.0.0.1:{server.port}/col/"

        yield start


def _column(
    answer: Answer, other: Callable[[Ask], Answer] | None = None
) -> Callable[[Ask], Answer]:
    def give(ask: Ask) -> Answer:
        if ask.path == "/col/":
            return answer
        return other(ask) if other and ask.path != "/robots.txt" else Answer(404)

    return give


def test_answer_that_is_not_whole_never_reads_as_a_list(
    crawls: Crawls, serve: Callable[[Callable[[Ask], Answer]], str]
) -> None:
    many = (LIST + NEWS * 200).encode()
    cut = {"gzip": gzip.compress(many)[:400], "deflate": zlib.compress(many)[:400], "br": many}
    pages = {
        name: (Answer(200, body, {"Content-Encoding": name}), "garbage")
        for name, body in cut.items()
    }
    pages["news"] = (Answer(200, NEWS.encode()), "incomplete")
    pages["stated"] = (Answer(200, f"{LIST}<p>共3页</p>".encode()), "incomplete")
    plans = [site_plan(key, serve(_column(answer))) for key, (answer, _) in pages.items()]
    crawls.crawl(*plans)
    assert crawls.outcomes() == {key: expected for key, (_, expected) in pages.items()}


def test_report_behind_the_pager_does_not_become_the_column(
    crawls: Crawls, serve: Callable[[Callable[[Ask], Answer]], str]
) -> None:
    url = serve(_column(Answer(200, BEHIND.encode()), lambda _: Answer(200, REPORT.encode())))
    crawls.crawl(site_plan("behind", url))
    assert crawls.outcomes() == {"behind": "incomplete"}
    assert [link.agency_key for link in crawls.rows(Link)] == ["bing"]


def test_report_that_cannot_be_inflated_does_not_end_the_visit(
    crawls: Crawls, serve: Callable[[Callable[[Ask], Answer]], str]
) -> None:
    broken = Answer(200, b"\x01\x02 no such thing", {"Content-Encoding": "deflate"})
    url = serve(_column(Answer(200, LIST.encode()), lambda _: broken))
    crawls.crawl(site_plan("site", url))
    assert crawls.outcomes() == {"site": "ok"}
    assert {link.outcome for link in crawls.rows(Link)} == {"garbage"}


def test_report_that_leads_back_to_the_list_is_not_read_as_a_report(
    crawls: Crawls, serve: Callable[[Callable[[Ask], Answer]], str]
) -> None:
    back = Answer(302, headers={"Location": "/col/index.html"})
    listing = Answer(200, LIST.encode())
    url = serve(_column(listing, lambda ask: listing if "index" in ask.path else back))
    crawls.crawl(site_plan("site", url))
    assert {link.outcome for link in crawls.rows(Link)} == {"redirected_home"}


def test_files_of_others_beside_a_report_keep_their_own_year_and_agency(
    crawls: Crawls, serve: Callable[[Callable[[Ask], Answer]], str]
) -> None:
    def give(ask: Ask) -> Answer:
        text = FILES.get(ask.path, f"年度报告正文 {ask.path}")
        return Answer(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"})

    url = serve(_column(Answer(200, LIST.encode()), give))
    crawls.crawl(site_plan("site", url))
    files = {link.url.rpartition("/")[2]: link for link in crawls.rows(Link) if link.parent_id}
    assert {name: (file.agency_key, file.year) for name, file in files.items()} == {
        "bing.docx": ("bing", 2025),
        "yi.docx": ("yi", 2025),
        "old.docx": ("yi", 2024),
        "wu.docx": (None, 2025),
    }
    assert files["wu.docx"].outcome is None


def test_archive_that_cannot_be_read_or_written_is_our_failure_not_that_of_the_site(
    crawls: Crawls, serve: Callable[[Callable[[Ask], Answer]], str]
) -> None:
    pages = [LIST]
    plan = site_plan("site", serve(lambda ask: Answer(200, pages[-1].encode())))
    crawls.crawl(plan)
    shutil.rmtree(crawls.archive)
    crawls.archive.write_text("a file where the folder was")
    pages.append(LIST.replace("</ul>", "<!-- changed --></ul>"))
    with pytest.raises(CrawlFailed, match="event=crawl_broken"):
        crawls.crawl(plan, day=1)
    assert crawls.outcomes(day=1) == {"site": "incomplete"}
    assert "归档" in crawls.visit("site", day=1).detail_zh
