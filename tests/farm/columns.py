"""Columns as the content systems write them: where the pages lie, and what each of them says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from urllib.parse import parse_qs

from tests.farm.life import CHINA
from web.sample.columns import feed, paged_list, record_list, table_list
from web.sample.pages import Link, Look, list_items, list_page

PAGE_SIZE = 8
HTML = "text/html"
JSON = "application/json"
_DAY = date(2026, 1, 1)
_NUMBER = re.compile(r"(\d+)\.\w+$")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a column: the path with its query, and the form of a POST."""

    target: str
    form: str = ""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def field(self, name: str) -> str:
        """Return one field of the query or the form, "" when it is not there."""
        sent = parse_qs(self.form) | parse_qs(self.target.partition("?")[2])
        return sent.get(name, [""])[0]


@dataclass(frozen=True, slots=True)
class Text:
    """One page of a column before it is encoded."""

    text: str
    media_type: str = HTML


Page = Callable[[Look, Sequence[Link], Asked], Text | None]


@dataclass(frozen=True, slots=True)
class System:
    """A content system: the name of its family, the addresses of column and articles, its pages.

    ``column`` takes a generation: a redesign moves the column from generation 0 to 1. ``article`` takes
    the generation, the number of the address on the site, and the day that the address may show.
    ``proves`` says that its not listing a report is proof; ``needs_days`` that it lists none without one.
    """

    family: str
    column: Callable[[int], str]
    article: Callable[[int, int, date], str]
    page: Page
    proves: bool = True
    needs_days: bool = False


def _folder(generation: int) -> str:
    return ("/zfxxgk/zfxxgknb/", "/xxgk2026/ndbg/")[generation]


def _trs_article(generation: int, number: int, day: date) -> str:
    return f"{_folder(generation)}{day:%Y%m}/t{day:%Y%m%d}_{number}.html"


def _jcms_article(generation: int, number: int, day: date) -> str:
    return f"/art/{day.year}/{day.month}/{day.day}/art_{_jcms_number(generation)}_{number}.html"


def _jcms_number(generation: int) -> int:
    return 1501 + 700 * generation


def _info_article(generation: int, number: int, day: date) -> str:
    return f"/info/{12152 + generation}/{number}.htm"


def _uuid_article(generation: int, number: int, day: date) -> str:
    name = hashlib.md5(f"{generation}-{number}".encode(), usedforsecurity=False).hexdigest()
    return f"/c{109617 + generation}/{day:%Y%m}/{name}.shtml"


def _snowflake_article(generation: int, number: int, day: date) -> str:
    noon = datetime.combine(day, time(12), tzinfo=CHINA)
    milliseconds = int(noon.timestamp() * 1000) + number
    return f"{_folder(generation)}xj/{(milliseconds - 1288834974657) << 22}.html"


def _show_article(generation: int, number: int, day: date) -> str:
    return f"/{('Xxgknb', 'OpennessAnnualReport')[generation]}/show/{number}.html"


def _static(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    return Text(list_page(look, list_items(links))) if asked.path == look.column else None


def _table(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    return Text(table_list(look, links)) if asked.path == look.column else None


def _feed(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    if asked.path != look.column:
        return None
    return Text(feed(look, links), "application/rss+xml")


def _records(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    return Text(record_list(look, links)) if asked.path == look.column else None


def groups(links: Sequence[Link]) -> list[Sequence[Link]]:
    """Return the entries page by page; an empty list is one empty page."""
    starts = range(0, max(1, len(links)), PAGE_SIZE)
    return [links[start : start + PAGE_SIZE] for start in starts]


def _trs(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    folder, _, name = asked.path.rpartition("/")
    pages = groups(links)
    names = ["index.html", *(f"index_{n}.html" for n in range(1, len(pages)))]
    if f"{folder}/index.html" != look.column or name not in names:
        return None
    number = names.index(name)
    return Text(paged_list(look, pages[number], len(pages), number))


def _numbered(look: Look, links: Sequence[Link], names: Sequence[str], asked: str) -> Text | None:
    """Write one page of a list whose pager is made of links."""
    if asked not in names:
        return None
    number = names.index(asked)
    pager = "".join(f'<a href="{name}">{n}</a>' for n, name in enumerate(names, start=1))
    if number + 1 < len(names):
        pager += f'<a href="{names[number + 1]}">下一页</a>'
    said = f'<div class="page">共{len(names)}页 {pager}</div>'
    return Text(list_page(look, list_items(groups(links)[number]), said))


def _boda(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    """The first page has the column's own name, the further ones count down to 1."""
    count, folder = len(groups(links)), look.column.removesuffix(".htm")
    names = [look.column, *(f"{folder}/{n}.htm" for n in range(count - 1, 0, -1))]
    return _numbered(look, links, names, asked.path)


def _shtml(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    folder = look.column.removesuffix("list.shtml")
    further = [f"{folder}list_{n}.shtml" for n in range(2, len(groups(links)) + 1)]
    return _numbered(look, links, [look.column, *further], asked.path)


def _aspx(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    further = [f"{look.column}&page={n}" for n in range(2, len(groups(links)) + 1)]
    return _numbered(look, links, [look.column, *further], asked.target)


def _gkmlpt(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    """The page names the category and the site; the entries come from an interface, as JSON."""
    category = 4000 + (look.column != "/gkmlpt/index")
    if asked.path == look.column:
        tree = json.dumps([{"id": category, "name": look.column_name, "children": []}])
        config = f"var _CONFIG = {{SID: '200001', TREE: {tree}, CURRENT: {category}}};"
        return Text(list_page(look, '<ul id="list"></ul>', f"<script>{config}</script>"))
    if asked.path != f"/gkmlpt/api/all/{category}":
        return None
    # Pages 0 and 1 are the same, and hold a hundred each.
    number = max(0, int(asked.field("page") or 0) - 1)
    articles = [_article(link) for link in links[100 * number : 100 * (number + 1)]]
    found = {"articles": articles, "classify": {"id": category}, "total": len(links)}
    return Text(json.dumps(found, ensure_ascii=False), JSON)


def _article(link: Link) -> dict[str, object]:
    day = link.shown_on
    shown_at = None if day is None else f"{day} 09:30:00"
    number = _NUMBER.search(link.url)
    return {
        "id": int(number[1]) if number else 0,
        "title": link.title,
        "url": link.url,
        "display_publish_time": shown_at,
        "publisher": "",
        "attachment": [],
    }


def _data_proxy(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    """The page holds the first group of records; the proxy answers a POST with any others."""
    column = re.sub(r"\D", "", look.column)
    if asked.path == look.column:
        return Text(_first_group(look, links, column))
    if asked.path != "/module/jpage/dataproxy.jsp" or asked.field("columnid") != column:
        return None
    start, end = int(asked.field("startrecord") or 1), int(asked.field("endrecord") or 0)
    return Text(_store(links[start - 1 : end], len(links)), "text/xml")


def _first_group(look: Look, links: Sequence[Link], column: str) -> str:
    first = links[: 3 * PAGE_SIZE]
    call = (
        f"<script>jQuery('#{column}1').jpage({{openEffect:'overflow',proxyUrl:"
        f"'/module/jpage/dataproxy.jsp',perPage:{PAGE_SIZE},totalRecord:{len(links)},"
        f"dataProxyUrl:'/module/jpage/dataproxy.jsp',webid:3,columnid:{column},unitid:{column}1,"
        "webname:'',permissiontype:0});</script>"
    )
    store = (
        f'<div id="{column}1"><script type="text/xml">{_store(first, len(links))}</script></div>'
    )
    return list_page(look, store, call)


def _store(links: Sequence[Link], total: int) -> str:
    records = "".join(
        f'<record><![CDATA[<li><a href="{link.url}" title="{escape(link.title)}">'
        f"{escape(link.title)}</a><span>{link.shown_on or ''}</span></li>]]></record>"
        for link in links
    )
    return (
        f"<datastore><totalrecord>{total}</totalrecord><totalpage>{-(-total // PAGE_SIZE)}"
        f"</totalpage><recordset>{records}</recordset></datastore>"
    )


def _sitemap(look: Look, links: Sequence[Link], asked: Asked) -> Text | None:
    if asked.path != look.column:
        return None
    urls = "".join(
        f"<url><loc>{link.url}</loc><lastmod>{link.shown_on or _DAY}</lastmod></url>"
        for link in links
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Text(
        f'<?xml version="1.0" encoding="utf-8"?><urlset xmlns="{space}">{urls}</urlset>', "text/xml"
    )


def _post_article(generation: int, number: int, day: date) -> str:
    return f"/gkmlpt/content/4/{4688 + generation}/post_{number}.html"


SYSTEMS = {
    "static": System("auto", lambda g: _folder(g), _trs_article, _static),
    "table": System("list", lambda g: _folder(g) + "index.html", _trs_article, _table),
    "snowflake": System("list", lambda g: _folder(g), _snowflake_article, _static),
    "trs": System("auto", lambda g: _folder(g) + "index.html", _trs_article, _trs),
    "jcms": System(
        "auto", lambda g: f"/col/col{_jcms_number(g)}/index.html", _jcms_article, _records
    ),
    "boda": System("auto", lambda g: f"/gk/nb{g}.htm", _info_article, _boda),
    "uuid": System("auto", lambda g: f"/c{109617 + g}/list.shtml", _uuid_article, _shtml),
    "aspx": System("auto", lambda g: f"/InfoPublic.aspx?cid={5 + g}", _show_article, _aspx),
    "feed": System(
        "auto", lambda g: _folder(g) + "rss.xml", _trs_article, _feed, proves=False, needs_days=True
    ),
    "longxun": System("auto", lambda g: f"/Xxgknb/list/{g}.html", _show_article, _static),
    "dataproxy": System(
        "jcms", lambda g: f"/col/col{_jcms_number(g)}/index.html", _jcms_article, _data_proxy
    ),
    "gkmlpt": System(
        "gkmlpt", lambda g: ("/gkmlpt/index", "/gkmlpt/policy")[g], _post_article, _gkmlpt
    ),
    "sitemap": System(
        "sitemap", lambda g: f"/sitemap{g}.xml", _trs_article, _sitemap, proves=False
    ),
}
"""Every content system of the farm by its name."""
