"""Column pages in the manner of three publishing systems, and a feed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from web.sample.pages import Link, Look, list_page, shown_at

_SHORT_TITLE = 24


def paged_list(look: Look, links: Sequence[Link], pages: int, current: int) -> str:
    """Write one page of a TRS list: the pager is a script, the day stands inside the link."""
    folder = look.column.rpartition("/")[0] + "/"
    items = "\n".join(
        f'<li><a href="{_from(folder, link.url)}" title="{escape(link.title)}"'
        f' target="_blank">{_short(link.title)}<span>{link.shown_on}</span></a></li>'
        for link in links
    )
    script = (
        f"<script>\nvar currentPage = {current};\nvar countPage = {pages};\n"
        f'createPageHTML({pages}, {current}, "index", "html");\n</script>'
    )
    return list_page(look, f'<ul class="overview_right">\n{items}\n</ul>', script)


def _from(folder: str, url: str) -> str:
    """Return the address as TRS writes it: relative inside the column's folder, else whole."""
    return f"./{url.removeprefix(folder)}" if url.startswith(folder) else url


def record_list(look: Look, links: Sequence[Link]) -> str:
    """Write a JCMS column: the entries are records of a data store inside the page."""
    records = "\n".join(
        f'<record><![CDATA[<li><a href="{link.url}" title="{escape(link.title)}"'
        f' target="_blank">{escape(link.title)}</a><span>{link.shown_on}</span></li>]]></record>'
        for link in links
    )
    store = (
        '<div id="1501" class="default_pgContainer">\n<script type="text/xml"><datastore>\n'
        f"<totalrecord>{len(links)}</totalrecord><totalpage>1</totalpage>\n"
        f"<recordset>\n{records}\n</recordset></datastore></script>\n</div>"
    )
    call = (
        "<script>\njQuery('#1501').jpage({"
        f"totalRecord:{len(links)}, perPage:15, columnid:1501"
        "});\n</script>"
    )
    return list_page(look, store, call)


def table_list(look: Look, links: Sequence[Link]) -> str:
    """Write an old static list: a layout table with the day in a cell of its own."""
    rows = "\n".join(
        f'<tr><td>·<a href="{link.url}">{escape(link.title)}</a></td>'
        f'<td align="right">[{link.shown_on}]</td></tr>'
        for link in links
    )
    return list_page(look, f'<table width="100%" class="list">\n{rows}\n</table>')


def feed(look: Look, links: Sequence[Link]) -> str:
    """Write the column as RSS 2.0; addresses are root-relative, as everywhere on the site."""
    items = "\n".join(
        f"<item><title>{escape(link.title)}</title><link>{link.url}</link>"
        f'<guid isPermaLink="false">{link.url}</guid>'
        f"<pubDate>{format_datetime(shown_at(link.shown_on))}</pubDate></item>"
        for link in links
        if link.shown_on is not None
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>{escape(look.column_name)}_{escape(look.name)}</title>"
        f"<link>{look.column}</link><description>{escape(look.name)}</description>\n"
        f"{items}\n</channel></rss>\n"
    )


def _short(title: str) -> str:
    return escape(title if len(title) <= _SHORT_TITLE else f"{title[:_SHORT_TITLE]}…")
