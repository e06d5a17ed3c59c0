"""A host for the conditional sweep behind a real server, and passes over it."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from crawler.plan import SitePlan
from tests.crawler.crawls import YI, Crawls, site_plan
from tests.season_server import Answer, Ask, LocalServer

OTHERS = '<li><a href="/r/other.html">甲县丁局2024年政府信息公开工作年度报告</a> 2025-01-10</li>'
OURS = '<li><a href="/r/yi.html">甲县乙局2024年政府信息公开工作年度报告</a> 2025-01-11</li>'
NEW = '<li><a href="/r/new.html">甲县乙局2025年政府信息公开工作年度报告</a> 2026-01-11</li>'
REPORT = "<html><body><h1>甲县乙局年度报告</h1><p>一、总体情况</p></body></html>".encode()


@dataclass
class Host:
    """A site of one page a column; ``tag`` is the validator that it gives, None: it gives none."""

    pages: dict[str, str] = field(default_factory=lambda: {"/zfxxgk/": OTHERS + OURS})
    tag: str | None = '"1"'
    robots: Answer = Answer(404)
    faults: dict[str, Answer] = field(default_factory=dict)
    asked_at: list[float] = field(default_factory=list)
    silent: threading.Event | None = None

    def answer(self, ask: Ask) -> Answer:
        self.asked_at.append(time.monotonic())
        if self.silent is not None:
            self.silent.wait(20)
        if ask.path == "/robots.txt":
            return self.robots
        if ask.path in self.faults:
            return self.faults[ask.path]
        return self._page(ask) if ask.path.startswith(("/r/", *self.pages)) else Answer(404)

    def _page(self, ask: Ask) -> Answer:
        if ask.path not in self.pages and not ask.path.startswith("/r/"):
            return Answer(404)
        body = REPORT if ask.path.startswith("/r/") else self.pages[ask.path].encode()
        if self.tag is None:
            return Answer(200, body)
        if ask.headers.get("if-none-match") == self.tag:
            return Answer(304, headers={"ETag": self.tag})
        return Answer(200, body, {"ETag": self.tag})


class Sweeps:
    """One host behind a real server, and passes over it."""

    def __init__(self, stack: ExitStack, crawls: Crawls) -> None:
        self.host = Host()
        self.crawls = crawls
        self.server = LocalServer(self.host.answer)
        stack.callback(self.server.close)
        self.site = site_plan("s", f"http://127.0.0.1:{self.server.port}/zfxxgk/", agencies=(YI,))

    def crawl(self, day: int, *sites: SitePlan, **settings: object) -> list[tuple[str, int]]:
        """Run a pass, and return what the server was asked and what it answered."""
        self.server.hits.clear()
        self.crawls.crawl(*(sites or (self.site,)), day=day, **settings)
        return [(hit.path, hit.status) for hit in self.server.hits]

    def outcome(self, day: int) -> str:
        return str(self.crawls.visit("s", day).outcome)


def columns(site: SitePlan, paths: list[str]) -> SitePlan:
    """Return the site with a column at each path."""
    (column,) = site.columns
    made = (
        replace(column, key=f"s/{number}", url=f"{site.base_url}{path}")
        for number, path in enumerate(paths)
    )
    return replace(site, columns=tuple(made))
