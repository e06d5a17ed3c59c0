"""Columns that only a script writes, with a real Chromium against pages on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace

import pytest

from crawler.browser_at_hand import why_no_browser
from crawler.plan import SitePlan
from db.tables import Link, Snapshot
from tests.crawler.crawls import Crawls, site_plan
from tests.season_server import Answer, Ask, LocalServer

TITLE = "甲县乙局2025年政府信息公开工作年度报告"
pytestmark = [
    pytest.mark.service,
    pytest.mark.browser,
    pytest.mark.skipif(why_no_browser() is not None, reason="needs a Chromium"),
]

SHELL = '<html><head><script src="/app.js"></script></head><body><div id="app"></div></body></html>'
APP = """fetch("/data.json").then(answer => answer.json()).then(rows => {
  document.querySelector("#app").innerHTML =
    rows.map(row => `<li><a href="${row.url}">${row.title}</a></li>`).join("");
});"""
DATA = f'[{{"title": "{TITLE}", "url": "/r.html"}}]'
REPORT = f"<h1>{TITLE}</h1><table><tr><td>第二十条第（一）项</td></tr></table>"
PAGES = {"/nb/": SHELL, "/app.js": APP, "/data.json": DATA, "/r.html": REPORT}
Start = Callable[[Mapping[str, str]], LocalServer]


@pytest.fixture
def start() -> Iterator[Start]:
    with ExitStack() as stack:

        def serve(pages: Mapping[str, str]) -> LocalServer:
            def answer(ask: Ask) -> Answer:
                page = pages.get(ask.path)
                return Answer(404) if page is None else Answer(200, page.encode())

            server = LocalServer(answer)
            stack.callback(server.close)
            return server

        yield serve


def column_of(server: LocalServer, *, render: bool = True) -> SitePlan:
    site = site_plan("site", f"http://127.0.0.1:{server.port}/nb/")
    return replace(site, columns=tuple(replace(column, render=render) for column in site.columns))


def asked(server: LocalServer) -> list[str]:
    return [hit.path for hit in server.hits]


def test_list_that_a_script_writes_is_read(crawls: Crawls, start: Start) -> None:
    server = start(PAGES)
    crawls.crawl(column_of(server))
    assert crawls.outcomes() == {"site": "ok"}
    assert [link.title for link in crawls.rows(Link)] == [TITLE]
    assert not any(row.url.endswith("#rendered") for row in crawls.rows(Snapshot))


def test_script_is_not_run_unless_the_column_asks_for_it(crawls: Crawls, start: Start) -> None:
    server = start(PAGES)
    crawls.crawl(column_of(server, render=False))
    assert crawls.outcomes() == {"site": "blocked"}
    assert "/app.js" not in asked(server)


def test_browser_reaches_nothing_but_the_site(crawls: Crawls, start: Start) -> None:
    other = start({"/secret": "x"})
    there = f"127.0.0.1:{other.port}"
    tries = f"""
      fetch("http://{there}/fetch").catch(() => 0); new Image().src = "http://{there}/image";
      try {{ new WebSocket("ws://{there}/socket"); }} catch {{}}
      navigator.sendBeacon("http://{there}/beacon"); window.open("http://{there}/popup");
      fetch("http://localhost:{other.port}/name").catch(() => 0);
      fetch("/away").catch(() => 0); new EventSource("http://{there}/events");
      const frame = document.createElement("iframe"); frame.src = "http://{there}/frame";
      document.documentElement.append(frame);"""
    server = start({**PAGES, "/app.js": tries + APP})
    crawls.crawl(column_of(server))
    assert asked(other) == []
    assert [link.title for link in crawls.rows(Link)] == [TITLE]
    # One request of its scripts, to the site itself, was answered 404.
    assert crawls.outcomes() == {"site": "incomplete"}


def test_redirect_of_a_script_leads_nowhere_else(crawls: Crawls) -> None:
    other = LocalServer(lambda ask: Answer(200, b"[]"))
    away = {"Location": f"http://127.0.0.1:{other.port}/inside"}

    def answer(ask: Ask) -> Answer:
        if ask.path == "/data.json":
            return Answer(302, headers=away)
        page = PAGES.get(ask.path)
        return Answer(200, page.encode()) if page else Answer(404)

    server = LocalServer(answer)
    try:
        crawls.crawl(column_of(server))
    finally:
        server.close()
        other.close()
    assert asked(other) == []
    assert crawls.outcomes() == {"site": "blocked"}


def test_robots_rules_hold_for_scripts_too(crawls: Crawls, start: Start) -> None:
    server = start({**PAGES, "/robots.txt": "User-agent: *\nDisallow: /data.json"})
    crawls.crawl(column_of(server))
    assert "/data.json" not in asked(server)
    assert crawls.outcomes() == {"site": "blocked"}


def test_page_that_leaves_for_another_site_is_not_followed(crawls: Crawls, start: Start) -> None:
    other = start({"/left": f"<li>{TITLE}</li>"})
    server = start({**PAGES, "/app.js": f"location.href = 'http://127.0.0.1:{other.port}/left'"})
    crawls.crawl(column_of(server))
    assert asked(other) == []
    assert crawls.outcomes() == {"site": "blocked"}


def test_challenge_is_not_answered_by_running_its_script(crawls: Crawls, start: Start) -> None:
    challenge = (
        "<html><body><script>document.cookie='pass=1';location.reload()</script></body></html>"
    )
    server = start({"/nb/": challenge})
    crawls.crawl(column_of(server))
    assert crawls.outcomes() == {"site": "blocked"}
    assert asked(server).count("/nb/") <= 2
