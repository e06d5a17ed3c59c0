"""A site of plain lists that a test writes down address by address, and changes between passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from crawler.plan import SitePlan
from tests.crawler.crawls import site_plan
from tests.season_server import Answer, Ask, LocalServer

COLUMN = "/zfxxgk/nb/"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def title(year: int, name: str = "甲县乙局") -> str:
    """Return the title of a report."""
    return f"{name}{year}年政府信息公开工作年度报告"


def items(years: Iterable[int], name: str = "甲县乙局", folder: str = COLUMN) -> str:
    """Return the entries of a list, each report at an address that says its year."""
    rows = (f'<li><a href="{folder}{y}.html">{title(y, name)}</a></li>' for y in years)
    return f"<ul>{''.join(rows)}</ul>"


class ScriptedSite:
    """``pages`` are answers, or bodies, by target (path with query) or else by path; 404 elsewhere."""

    def __init__(self) -> None:
        self.pages: dict[str, str | Answer] = {}
        self.asked: list[Ask] = []
        self._server = LocalServer(self._answer)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self._server.port}"

    def plan(self, **changes: Any) -> SitePlan:
        """Return the plan of the column, with changes of the site or (``url``, ``fresh`` …) the column."""
        site = site_plan("site", f"{self.base}{COLUMN}")
        of_site = {key: changes.pop(key) for key in ("hosts", "id_code") if key in changes}
        column = replace(site.columns[0], **changes)
        return replace(site, columns=(column,), **of_site)

    def close(self) -> None:
        self._server.close()

    def targets(self) -> list[str]:
        """Return what was asked since the last time, rules left out."""
        found = [ask.target for ask in self.asked if ask.path != "/robots.txt"]
        self.asked.clear()
        return found

    def _answer(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        page = self.pages.get(ask.target, self.pages.get(ask.path))
        if page is None:
            return Answer(404, b"<h1>404</h1>", HTML)
        return page if isinstance(page, Answer) else Answer(200, page.encode(), HTML)


@contextmanager
def scripted_site() -> Iterator[ScriptedSite]:
    """Run a scripted site."""
    site = ScriptedSite()
    try:
        yield site
    finally:
        site.close()
