"""Pages as government sites build them: head, path, side list, article or list, foot. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from html import escape

_HOUR = time(9, 30, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True, slots=True)
class Look:
    """What all pages of one site share. Addresses are root-relative, so that any port will do."""

    name: str
    id_code: str
    home: str
    column: str
    column_name: str = "政府信息公开年报"
    charset: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a list: title, address, and the day that the list shows beside it."""

    title: str
    url: str
    shown_on: date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article page: ``body`` is HTML; ``published_on`` None leaves all dates out."""

    title: str
    body: str
    published_on: date | None
    related: tuple[Link, ...] = ()
    attachments: tuple[Link, ...] = ()
    views: int = 0
    note: str = ""


def shown_at(day: date) -> datetime:
    """Return the instant at which these sites publish on this day: 09:30 in Shanghai."""
    return datetime.combine(day, _HOUR)


def article_page(look: Look, article: Article) -> str:
    """Write the page of one article."""
    parts = (
        f'<h1 class="title">{escape(article.title)}</h1>',
        _information_line(look, article),
        f'<div class="TRS_Editor" id="zoom">\n{article.body}\n</div>',
        _attachments(article.attachments),
        _related(article.related),
    )
    return page(look, article.title, "\n".join(parts), _article_meta(look, article))


def list_page(look: Look, items: str, after: str = "") -> str:
    """Write a column page around the items of its list; ``after`` is the pager or a script."""
    content = f'<h2 class="column-title">{escape(look.column_name)}</h2>\n{items}\n{after}'
    return page(look, look.column_name, content, _column_meta(look))


def list_items(links: Iterable[Link], *, full_title_within: int = 28) -> str:
    """Write list items; a long title is cut on the page and stands in full in ``title``."""
    items = "\n".join(_list_item(link, full_title_within) for link in links)
    return f'<ul class="list">\n{items}\n</ul>'


def page(look: Look, title: str, content: str, meta: str = "") -> str:
    """Write a whole page of the site around its content."""
    name = escape(look.name)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={look.charset}">
<title>{escape(title)}_{name}</title>
<meta name="SiteName" content="{name}">
<meta name="SiteIDCode" content="{look.id_code}">
{meta}
</head>
<body>
<div class="header"><a href="{look.home}">{name}</a> <span>政府信息公开</span></div>
<div class="crumb">当前位置：<a href="{look.home}">首页</a> &gt;
<a href="{look.column}">{escape(look.column_name)}</a></div>
<div class="side"><ul>
<li><a href="{look.home}">网站首页</a></li>
<li><a href="{look.column}">{escape(look.column_name)}</a></li>
</ul></div>
<div class="main">
{content}
</div>
<div class="footer">主办：{name}办公室　网站标识码：{look.id_code}　本站仅供演示，内容均为虚构</div>
</body>
</html>
"""


def _article_meta(look: Look, article: Article) -> str:
    lines = [
        f'<meta name="ArticleTitle" content="{escape(article.title)}">',
        f'<meta name="ContentSource" content="{escape(look.name)}">',
        f'<meta name="ColumnName" content="{escape(look.column_name)}">',
    ]
    if article.published_on is not None:
        lines.append(f'<meta name="PubDate" content="{_minute(article.published_on)}">')
    return "\n".join(lines)


def _minute(day: date) -> str:
    return f"{shown_at(day):%Y-%m-%d %H:%M}"


def _column_meta(look: Look) -> str:
    return (
        f'<meta name="ColumnName" content="{escape(look.column_name)}">\n'
        '<meta name="ColumnType" content="政府信息公开">'
    )


def _information_line(look: Look, article: Article) -> str:
    shown = "" if article.published_on is None else f"发布时间：{_minute(article.published_on)}　"
    note = f"{escape(article.note)}　" if article.note else ""
    return (
        f'<div class="info">{note}{shown}来源：{escape(look.name)}　'
        f"浏览次数：<span>{article.views}</span></div>"
    )


def _attachments(links: tuple[Link, ...]) -> str:
    items = "".join(f'<p>附件：<a href="{link.url}">{escape(link.title)}</a></p>' for link in links)
    return f'<div class="attachments">{items}</div>' if links else ""


def _related(links: tuple[Link, ...]) -> str:
    if not links:
        return ""
    items = "".join(f'<li><a href="{link.url}">{escape(link.title)}</a></li>' for link in links)
    return f'<div class="related"><h3>往年报告</h3><ul>{items}</ul></div>'


def _list_item(link: Link, limit: int) -> str:
    full = escape(link.title)
    short = full if len(link.title) <= limit else f"{escape(link.title[:limit])}…"
    shown = "" if link.shown_on is None else f"<span>{link.shown_on.isoformat()}</span>"
    return f'<li><a href="{link.url}" title="{full}">{short}</a>{shown}</li>'
