"""What the scripted site shows: the column with its decoys, article pages, attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum

from tests.season_faults import HTML, Fault, fault_answer, status_answer
from tests.season_server import Answer, Ask
from web.sample.pages import Article, Link, Look, article_page, list_items, list_page, page
from web.sample.plain import plain_report
from web.sample.render import WrittenReport, headed, report_docx, report_html

COLUMN = "/zfxxgk/"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FIRST_CHANGE = datetime(2026, 1, 1, tzinfo=UTC)

DECOYS = (
    Link("2025年政府网站工作年度报表", "/zfxxgk/202601/t20260112_901.html", date(2026, 1, 12)),
    Link("2025年法治政府建设年度报告", "/zfxxgk/202601/t20260113_902.html", date(2026, 1, 13)),
    Link(
        "关于做好2025年政府信息公开工作年度报告编制工作的通知",
        "/zfxxgk/202512/t20251219_903.html",
        date(2025, 12, 19),
    ),
)


class Gone(StrEnum):
    """How a withdrawn page answers."""

    NOT_FOUND = "not_found"
    GONE = "gone"
    SOFT = "soft"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Publication:
    """One report on the site, and all that was done to it."""

    agency: str
    year: int
    shown_on: date | None
    figures: Mapping[str, int | str]
    as_docx: bool = False
    note: str = ""
    listed: bool = True
    listed_as: str | None = None
    gone: Gone | None = None
    views: int = 0
    changes: int = 0

    @property
    def written(self) -> WrittenReport:
        report = plain_report(self.agency, self.year, self.figures)
        if not self.note:
            return report
        last = report.sections[-1]
        return replace(
            report, sections=(*report.sections[:-1], headed(6, *last.paragraphs, self.note))
        )


class SitePages:
    """The pages of one site, made anew for every request from what is published."""

    def __init__(self, name: str, page_size: int) -> None:
        self._look = Look(name=name, id_code="9900000001", home="/", column=COLUMN)
        self._page_size = page_size

    def answer(self, path: str, published: Mapping[str, Publication]) -> Answer:
        """Return the answer of a healthy site for this path."""
        if path in published:
            return self._article(path, published[path])
        attached = published.get(path.removesuffix(".docx"))
        if attached is not None and attached.as_docx and attached.gone is None:
            return _answer(report_docx(attached.written), attached.changes, DOCX)
        if path == "/":
            link = f'<p><a href="{COLUMN}">{self._look.column_name}</a></p>'
            return _html(page(self._look, "首页", link))
        return self._column(path, published) or self._decoy(path)

    def _article(self, path: str, shown: Publication) -> Answer:
        if shown.gone is not None:
            return _gone(path, shown.gone)
        report = shown.written
        body = report_html(report)
        attachments: tuple[Link, ...] = ()
        if shown.as_docx:
            body = f"<p>{shown.agency}按要求公布年度报告，全文见附件。</p>"
            attachments = (Link(f"{report.title}.docx", f"{path}.docx"),)
        article = Article(report.title, body, shown.shown_on, (), attachments, shown.views)
        return _html(article_page(self._look, article), shown.changes)

    def _column(self, path: str, published: Mapping[str, Publication]) -> Answer | None:
        links = _listed(published)
        size = self._page_size
        pages = max(1, -(-len(links) // size))
        number = _page_number(path)
        if number is None or number >= pages:
            return None
        items = list_items(links[number * size : (number + 1) * size])
        script = f'<script>createPageHTML({pages}, {number}, "index", "html");</script>'
        changes = sum(p.changes + 1 for p in published.values())
        return _html(list_page(self._look, items, script + _pager(pages)), changes)

    def _decoy(self, path: str) -> Answer:
        decoy = next((link for link in DECOYS if link.url == path), None)
        if decoy is None:
            return status_answer(404)
        body = f"<p>{decoy.title}的正文，与年度报告无关。</p>"
        return _html(article_page(self._look, Article(decoy.title, body, decoy.shown_on)))


def not_modified(ask: Ask, usual: Answer) -> Answer | None:
    """Return 304 when the conditions of the request hold; If-None-Match decides when given."""
    tag = ask.headers.get("if-none-match")
    if "ETag" not in usual.headers or usual.status != 200:
        return None
    if tag is not None:
        unchanged = usual.headers["ETag"] in tag
    else:
        since = ask.headers.get("if-modified-since")
        unchanged = since is not None and _no_later(usual.headers["Last-Modified"], since)
    return replace(usual, status=304, body=b"") if unchanged else None


def without_validators(usual: Answer) -> Answer:
    """Return the answer of a server that sends neither ETag nor Last-Modified."""
    headers = {k: v for k, v in usual.headers.items() if k not in {"ETag", "Last-Modified"}}
    return replace(usual, headers=headers)


def _no_later(changed: str, since: str) -> bool:
    return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)


def _gone(path: str, how: Gone) -> Answer:
    match how:
        case Gone.NOT_FOUND:
            return status_answer(404)
        case Gone.GONE:
            return status_answer(410)
        case Gone.SOFT:
            return fault_answer(Fault.SOFT_404, path)
        case Gone.HOME:
            return fault_answer(Fault.REDIRECT_HOME, path)


def _listed(published: Mapping[str, Publication]) -> list[Link]:
    links = [
        Link(shown.listed_as or shown.written.title, path, shown.shown_on)
        for path, shown in published.items()
        if shown.listed
    ]
    return sorted([*links, *DECOYS], key=lambda link: link.shown_on or date.min, reverse=True)


def _page_number(path: str) -> int | None:
    name = path.removeprefix(COLUMN) if path.startswith(COLUMN) else None
    if name in {"", "index.html"}:
        return 0
    if name is None or not (name.startswith("index_") and name.endswith(".html")):
        return None
    digits = name[len("index_") : -len(".html")]
    return int(digits) if digits.isdecimal() else None


def _pager(pages: int) -> str:
    names = ["index.html", *(f"index_{n}.html" for n in range(1, pages))]
    return "".join(f'<a href="{name}">{n + 1}</a>' for n, name in enumerate(names))


def _html(text: str, changes: int = 0) -> Answer:
    return _answer(text.encode(), changes, HTML["Content-Type"])


def _answer(body: bytes, changes: int, media_type: str) -> Answer:
    changed_at = _FIRST_CHANGE + timedelta(minutes=changes)
    headers = {
        "Content-Type": media_type,
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        "Last-Modified": format_datetime(changed_at, usegmt=True),
    }
    return Answer(200, body, headers)
