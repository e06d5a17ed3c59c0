"""The disclosure platform of Guangdong (gkmlpt): a tree in the page, lists behind an address. Pure."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from crawler.families.data import json_value, value_at
from crawler.families.folders import MOST_FOLDERS
from crawler.families.html import address
from crawler.families.json_list import NO_ADDRESS, link_of, names_a_report, title_of
from crawler.families.model import Ask, Family, ListPage, ListReading
from crawler.families.pager import MOST_PAGES
from reports.text import squeeze
from reports.words import Words

_MANY = Words(f"年报栏目超过 {MOST_FOLDERS} 个", f"more than {MOST_FOLDERS} categories of reports")
_PAGE_SIZE = 100
_MOST_NODES = 20_000

_PLATFORM = re.compile(r"^(.*?/gkmlpt)(?:/|$)")
_API = re.compile(r"/gkmlpt/api/all/\d{1,9}\?page=(\d{1,4})(?!\d)")
_SID = re.compile(r"\bSID['\"]?\s*[:=]\s*['\"]?(\d{1,12})")
_TREE = re.compile(r"\bTREE['\"]?\s*[:=]\s*(?=\[)")
_ANNUAL = re.compile(r"(?:政府)?(?:信息)?(?:公开)?(?:工作)?(?:年报|年度报告)")
_CATEGORY = re.compile(r"/?(\d{1,9})")


def is_gkmlpt(page: ListPage) -> bool:
    """Say whether it is an answer of the platform, or a page that carries its tree."""
    if _API.search(page.url):
        return True
    return "_CONFIG" in page.text and _TREE.search(page.text) is not None


def read(page: ListPage) -> ListReading:
    """Read one answer; of a page with the tree, the addresses of the lists of annual reports."""
    asked = _API.search(page.url)
    return _read_answer(page, int(asked[1])) if asked else _read_tree(page)


def _read_tree(page: ListPage) -> ListReading:
    """Name the list of each category of annual reports; the address may name one as ``#ID``."""
    sid, tree = _SID.search(page.text), _TREE.search(page.text)
    platform = _PLATFORM.match(page.url)
    if sid is None or tree is None:
        return ListReading()
    base = platform[1] if platform else address(page.url, "/gkmlpt")
    chosen = _CATEGORY.fullmatch(page.fragment)
    found = (chosen[1],) if chosen else tuple(_categories(value_at(page.text, tree.end())))
    asks = tuple(Ask(f"{base}/api/all/{number}?page=1&sid={sid[1]}") for number in found)
    gap = _MANY if len(asks) > MOST_FOLDERS else None
    return ListReading(folders=asks[:MOST_FOLDERS], recognised=bool(asks), gap=gap)


def _categories(tree: Any) -> Iterator[str]:
    """Yield the ids of the categories named after annual reports, and of all below them."""
    waiting = deque([(tree, False)])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, is_within = waiting.popleft()
        if isinstance(node, list):
            waiting.extend((child, is_within) for child in node[:_MOST_NODES])
        elif isinstance(node, dict):
            name = squeeze(str(node.get("name", ""))[:100])
            is_ours = is_within or _ANNUAL.fullmatch(name) is not None
            if is_ours and str(node.get("id", "")).isdecimal():
                yield str(node["id"])
            waiting.append((node.get("children"), is_ours))


def _read_answer(page: ListPage, number: int) -> ListReading:
    """Read the articles of one page; pages 0 and 1 are the same, and 100 articles fill one."""
    value = json_value(page.text)
    articles = value.get("articles") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(articles, list):
        return ListReading()
    rows = [row for row in articles if isinstance(row, dict)]
    found = tuple(link for row in rows if (link := link_of(row, page.url)))
    closed = [r for r in rows if link_of(r, page.url) is None and names_a_report(title_of(r))]
    total = _total(value)
    read_so_far = (max(number, 1) - 1) * _PAGE_SIZE + len(rows)
    is_last = len(rows) < _PAGE_SIZE if total is None else read_so_far >= total
    follows = bool(rows) and not is_last and number < MOST_PAGES
    return ListReading(
        links=found,
        next_pages=(_page(page.url, max(number, 1) + 1),) if follows else (),
        recognised=True,
        gap=NO_ADDRESS if closed else None,
        records=frozenset(str(row.get("id") or row.get("url")) for row in rows),
        stated_total=total,
    )


def _total(value: dict[str, Any]) -> int | None:
    category = value.get("classify")
    count = category.get("post_count") if isinstance(category, dict) else None
    return count if isinstance(count, int) and count >= 0 else None


def _page(url: str, number: int) -> Ask:
    return Ask(re.sub(r"(?<=\?page=)\d{1,4}", str(number), url, count=1))


GKMLPT = Family(
    "gkmlpt",
    Words(
        "广东政府信息公开平台：页面里的目录树（可在地址后写 #栏目号）和 /gkmlpt/api/all/ 接口",
        "the platform of Guangdong: the tree in the page (or #CATEGORY in the address) and its JSON",
    ),
    is_it=is_gkmlpt,
    reader=read,
)
