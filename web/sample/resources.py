"""Every resource of the sample site, made from the data files; the same bytes at every start."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from web.sample.columns import feed, paged_list, record_list, table_list
from web.sample.library import Decoy, SampleReport, sample_decoys, sample_reports
from web.sample.pages import Article, Link, Look, article_page, page, shown_at
from web.sample.render import report_docx, report_html

LOOKS: Mapping[str, Look] = {
    "luolong": Look(
        name="洛龙区人民政府",
        id_code="4103110001",
        home="/luolong/index.html",
        column="/luolong/zfxxgk/zfxxgknb/index.html",
    ),
    "weidong": Look(
        name="卫东区人民政府",
        id_code="4104030001",
        home="/weidong/index.html",
        column="/weidong/col/col1501/index.html",
    ),
    "lushan": Look(
        name="鲁山县人民政府",
        id_code="4104230001",
        home="/lushan/index.html",
        column="/lushan/zfxxgk/index.html",
        charset="gb2312",
    ),
}
"""The three sites by their key, which is also their folder on the server."""

FEED_PATH = "/lushan/zfxxgk/rss.xml"
_FRONT = Look(name="示例站点", id_code="0000000000", home="/", column="/")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGE_SIZE = 5


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing that the site serves. ``last_modified`` is aware; ``etag`` is quoted."""

    body: bytes
    media_type: str
    etag: str
    last_modified: datetime


def resources() -> Mapping[str, Resource]:
    """Return path → resource for the whole site; folders stand beside their index page."""
    reports, decoys = sample_reports(), sample_decoys()
    newest = max(report.published_on for report in reports)
    found: dict[str, Resource] = {}
    for key, look in LOOKS.items():
        own = tuple(report for report in reports if report.site == key)
        found |= _site(key, look, own, tuple(decoy for decoy in decoys if decoy.site == key))
    found["/robots.txt"] = _resource(b"User-agent: *\nAllow: /\n", "text/plain", newest)
    found["/index.html"] = _html(_FRONT, page(_FRONT, _FRONT.name, _front_list()), newest)
    return {**found, **_folders(found)}


def _site(
    key: str, look: Look, reports: Sequence[SampleReport], decoys: Sequence[Decoy]
) -> dict[str, Resource]:
    found = {decoy.path: _decoy(look, decoy) for decoy in decoys}
    for report in reports:
        found[report.path] = _article(look, report, reports)
        if report.attachment is not None:
            document = report_docx(report.written)
            found[report.attachment] = _resource(document, _DOCX, report.published_on)
    links = _links(reports, decoys)
    column_link = f'<p><a href="{look.column}">{escape(look.column_name)}</a></p>'
    newest = max(report.published_on for report in reports)
    found[look.home] = _html(look, page(look, "网站首页", column_link), newest)
    return found | _column(key, look, links, newest)


def _links(reports: Iterable[SampleReport], decoys: Iterable[Decoy]) -> tuple[Link, ...]:
    links = [Link(r.title, r.path, r.published_on) for r in reports]
    links += [Link(d.title, d.path, d.published_on) for d in decoys]
    return tuple(sorted(links, key=lambda link: link.shown_on or date.min, reverse=True))


def _column(key: str, look: Look, links: Sequence[Link], newest: date) -> dict[str, Resource]:
    match key:
        case "luolong":
            return _paged(look, links, newest)
        case "weidong":
            return {look.column: _html(look, record_list(look, links), newest)}
        case "lushan":
            return {
                look.column: _html(look, table_list(look, links), newest),
                FEED_PATH: _resource(
                    feed(look, links).encode("utf-8"), "application/rss+xml", newest
                ),
            }
        case _:
            raise KeyError(f"no column is written for the sample site {key}")


def _paged(look: Look, links: Sequence[Link], newest: date) -> dict[str, Resource]:
    groups = [links[start : start + _PAGE_SIZE] for start in range(0, len(links), _PAGE_SIZE)]
    paths = [look.column, *(_numbered(look.column, n) for n in range(1, len(groups)))]
    return {
        path: _html(look, paged_list(look, group, len(groups), number), newest)
        for number, (path, group) in enumerate(zip(paths, groups, strict=True))
    }


def _numbered(path: str, number: int) -> str:
    return path.replace("index.html", f"index_{number}.html")


def _article(look: Look, report: SampleReport, others: Sequence[SampleReport]) -> Resource:
    body = report_html(report.written)
    attachments: tuple[Link, ...] = ()
    if report.attachment is not None:
        body = f"<p>{escape(report.covering)}</p>"
        attachments = (Link(f"{report.title}.docx", report.attachment),)
    article = Article(
        title=report.title,
        body=body,
        published_on=report.published_on,
        related=tuple(
            Link(other.title, other.path)
            for other in others
            if other.agency == report.agency and other.year < report.year
        ),
        attachments=attachments,
        views=report.year % 100 * 7,
        note=report.note,
    )
    return _html(look, article_page(look, article), report.published_on)


def _decoy(look: Look, decoy: Decoy) -> Resource:
    body = "\n".join(f"<p>{escape(text)}</p>" for text in decoy.paragraphs)
    article = Article(decoy.title, body, decoy.published_on)
    return _html(look, article_page(look, article), decoy.published_on)


def _front_list() -> str:
    items = "".join(
        f'<li><a href="{look.home}">{escape(look.name)}</a></li>' for look in LOOKS.values()
    )
    return f"<ul>{items}</ul>"


def _html(look: Look, text: str, day: date) -> Resource:
    if look.charset != "gb2312":
        return _resource(text.encode("utf-8"), "text/html; charset=utf-8", day)
    # Old servers name no charset in the header, and pages that declare gb2312 hold all of GBK.
    return _resource(text.encode("gbk"), "text/html", day)


def _resource(body: bytes, media_type: str, day: date) -> Resource:
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return Resource(body, media_type, etag, shown_at(day))


def _folders(found: Mapping[str, Resource]) -> dict[str, Resource]:
    return {
        path.removesuffix("index.html"): resource
        for path, resource in found.items()
        if path.endswith("/index.html")
    }
