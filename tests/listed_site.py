"""A loopback site whose list and pages the test writes down one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from types import TracebackType

from tests.season_server import Answer, Ask, LocalServer
from web.sample.pages import Article, Link, Look, article_page, list_items, list_page
from web.sample.plain import plain_report
from web.sample.render import report_docx, report_html

COLUMN = "/zfxxgk/"
_LOOK = Look(name="示例县人民政府", id_code="9900000001", home="/", column=COLUMN)
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/octet-stream",
    "ofd": "application/octet-stream",
    "zip": "application/x-zip-compressed",
    "png": "image/png",
}
_HTML = "text/html; charset=utf-8"
_SCAN = '<p><img src="/1.png"><img src="/2.png"></p>'

Entry = tuple[str, str, date | None]


class ListedSite:
    """``list`` is the column, ``lists`` further columns, ``pages`` bodies or error statuses by path."""

    def __init__(self) -> None:
        self.list: list[Entry] = []
        self.lists: dict[str, list[Entry]] = {COLUMN: self.list}
        self.pages: dict[str, bytes | int] = {}
        self._server = LocalServer(self._answer)

    def __enter__(self) -> ListedSite:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def column_url(self) -> str:
        return f"{self.base_url}{COLUMN}"

    def add(self, title: str, path: str, shown_on: date | None) -> None:
        """List an entry; its page answers 404 until ``pages`` has it."""
        self.list.append((title, path, shown_on))

    def replace(self, title: str, path: str) -> None:
        """List an entry at another address."""
        self.list[:] = [
            (title, path, entry[2]) if entry[0] == title else entry for entry in self.list
        ]

    def report(
        self,
        agency: str,
        year: int,
        shown_on: date | None,
        figures: Mapping[str, int | str] | None = None,
    ) -> bytes:
        """Return the page of a report."""
        report = plain_report(agency, year, figures)
        return article_page(_LOOK, Article(report.title, report_html(report), shown_on)).encode()

    def docx(self, agency: str, year: int, figures: Mapping[str, int | str] | None = None) -> bytes:
        """Return a report as a Word file."""
        return report_docx(plain_report(agency, year, figures))

    def scan(self, title: str, shown_on: date, views: int) -> bytes:
        """Return a page that holds pictures only, and a visit counter."""
        return article_page(_LOOK, Article(title, _SCAN, shown_on, views=views)).encode()

    def offer(self, path: str, title: str, shown_on: date, *files: str) -> None:
        """Let a page offer files in place of a text."""
        links = tuple(Link(f"{title}.{file.rpartition('.')[2]}", file) for file in files)
        page = article_page(_LOOK, Article(title, "<p>全文见附件。</p>", shown_on, (), links))
        self.pages[path] = page.encode()

    def _answer(self, ask: Ask) -> Answer:
        if ask.path in self.lists:
            links = [Link(*entry) for entry in self.lists[ask.path]]
            return _answer(ask, list_page(_LOOK, list_items(links)).encode(), _HTML)
        page = self.pages.get(ask.path, 404)
        if isinstance(page, int):
            return Answer(page, b"<html><body>error</body></html>", {"Content-Type": _HTML})
        return _answer(ask, page, _TYPES.get(ask.path.rpartition(".")[2], _HTML))


def _answer(ask: Ask, body: bytes, media_type: str) -> Answer:
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"Content-Type": media_type, "ETag": tag}
    if tag in ask.headers.get("if-none-match", ""):
        return Answer(304, headers=headers)
    return Answer(200, body, headers)
