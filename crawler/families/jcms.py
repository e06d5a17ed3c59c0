"""大汉 JCMS: the entries lie as records in a data store inside the page, or behind an address. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode, urljoin, urlsplit

from crawler.families.entries import entries, gap_of
from crawler.families.html import address, anchors, parse_list
from crawler.families.model import Ask, Family, ListPage, ListReading
from crawler.families.pager import MOST_PAGES
from reports.words import Words

MOST_RECORDS = 5_000
_PAGES_IN_A_BLOCK = 3

_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,9})|\btotalRecord['\"]?\s*[:=]\s*['\"]?(\d{1,9})", re.I)
_TOTAL_PAGES = re.compile(r"<totalpage>\s*(\d{1,6})", re.I)
_PER_PAGE = re.compile(r"\bperPage['\"]?\s*[:=]\s*['\"]?(\d{1,4})", re.I)
_PROXY = re.compile(r"['\"]([\w/.:-]{0,200}/module/jpage/dataproxy\.jsp)\??['\"]", re.I)
_NUMBERED = re.compile(r"(/dataproxy\.jsp\?(?:[^#]*&)?page=)(\d{1,6})(?!\d)", re.I)
_FIELDS = (
    "col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname",
    "permissiontype",
)  # fmt: skip
_NEEDED = frozenset({"columnid", "unitid", "webid"})


def is_jcms(page: ListPage) -> bool:
    """Say whether a page carries such a data store."""
    text = page.text
    return "<datastore" in text and ("<record" in text or "dataproxy.jsp" in text)


def read(page: ListPage) -> ListReading:
    """Read the records of the data store, and what to ask for the others."""
    sections = tuple(_sections(page.text))
    records = tuple(text for name, text in sections if name == "record")
    root = parse_list("".join(records)) if records else None
    asks = _next_pages(page, "".join(text for name, text in sections if name == "nextgroup"))
    total = _total(page.text)
    if root is None:
        return ListReading(next_pages=asks, recognised=bool(asks) or total == 0, stated_total=total)
    links = tuple(entries(root, page.url))
    return ListReading(
        links=links,
        next_pages=asks or tuple(_blocks(page, len(records), total or 0)),
        recognised=True,
        gap=gap_of(root, page.url, links),
        records=frozenset(" ".join(record.split()) for record in records),
        stated_total=total,
    )


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield (element name, content) of each CDATA section; linear in the page's size."""
    before = ""
    for chunk in islice(text.split("<![CDATA["), MOST_RECORDS):
        name = "nextgroup" if before.endswith("<nextgroup>") else "record"
        content, end, after = chunk.partition("]]>")
        if end and before.endswith((f"<{name}>",)):
            yield name, content
        before = (after if end else chunk)[-40:].rstrip().lower()


def _next_pages(page: ListPage, groups: str) -> tuple[Ask, ...]:
    """Return the group that the page links; else the next number, where the pages are stated."""
    root = parse_list(groups) if groups.strip() else None
    hrefs = (anchor.get("href") for anchor in anchors(root)) if root is not None else ()
    linked = tuple(Ask(url) for href in hrefs if (url := _further(page.url, href)))
    numbered, pages = _NUMBERED.search(page.url), _TOTAL_PAGES.search(page.text)
    if linked or numbered is None or pages is None:
        return linked
    number = int(numbered[2])
    if not 0 < number < min(int(pages[1]), MOST_PAGES):
        return ()
    url = f"{page.url[: numbered.start(2)]}{number + 1}{page.url[numbered.end(2) :]}"
    return (Ask(url),)


def _further(url: str, href: str | None) -> str | None:
    further = address(url, href)
    is_ours = further is not None and urlsplit(further).netloc == urlsplit(url).netloc
    return further if is_ours and further != url else None


def _blocks(page: ListPage, have: int, total: int) -> Iterator[Ask]:
    """Yield the blocks that the page's script would post for, from the first that is not here.

    A block is three pages long. With several lists in one page it is not known whose is whose.
    """
    proxy, per_page = _PROXY.search(page.text), _PER_PAGE.search(page.text)
    form = _form(page.text)
    is_one = len(set(re.findall(r"\bunitid['\"]?\s*[:=]\s*['\"]?(\d+)", page.text))) == 1
    if proxy is None or per_page is None or not is_one or not form or not int(per_page[1]):
        return
    base = _further(page.url, urljoin(page.url, proxy[1]))
    size = int(per_page[1]) * _PAGES_IN_A_BLOCK
    first = have // size * size + 1
    for start in islice(range(first, total + 1, size), MOST_PAGES) if base else ():
        end = min(start + size - 1, total)
        query = f"startrecord={start}&endrecord={end}&perpage={per_page[1]}"
        yield Ask(f"{base}?{query}", form)


def _form(text: str) -> str:
    """Return the form of the script's request, "" when the script does not hold it."""
    fields = {}
    for name in _FIELDS:
        found = re.search(
            rf"\b{name}['\"]?\s*:\s*(?:'([^']{{0,200}})'|\"([^\"]{{0,200}})\"|(\d+))", text
        )
        if found:
            fields[name] = next(value for value in found.groups() if value is not None)
    return urlencode(fields) if fields.keys() >= _NEEDED else ""


def _total(text: str) -> int | None:
    """Return how many records are stated, of all lists of the page together."""
    stated = _TOTAL.findall(text)[:100]
    # A data store may repeat what the script beside it says.
    scripts = [int(by_script) for _, by_script in stated if by_script]
    stores = [int(by_store) for by_store, _ in stated if by_store]
    return sum(scripts or stores) if stated else None


JCMS = Family(
    "jcms",
    Words(
        "大汉 JCMS：页面内的 datastore，其余由 dataproxy.jsp 读取（POST 与 GET 两种）",
        "JCMS: the data store in the page, the rest from dataproxy.jsp, by POST or GET",
    ),
    is_it=is_jcms,
    reader=read,
)
