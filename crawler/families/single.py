"""Columns whose page is itself the report. Pure."""

from __future__ import annotations

from crawler.families.html import parse, short_text
from crawler.families.model import Family, ListPage, ListReading, ReportLink
from reports.words import Words

_HINTS = ("二十", "新收")
_STATUTORY = ("第二十条第", "本年新收政府信息公开申请数量")


def read(page: ListPage) -> ListReading:
    """Return the page itself as its one link, whatever it is: a page, or a file."""
    link = ReportLink(page_title(page.text), page.url)
    return ListReading(links=(link,), recognised=True, is_report=True)


def is_report_page(page: ListPage) -> bool:
    """Say whether the page carries the statutory tables."""
    root = parse(page.text) if all(hint in page.text for hint in _HINTS) else None
    if root is None:
        return False
    joined = "".join("".join(root.itertext()).split())
    return all(words in joined for words in _STATUTORY)


def page_title(text: str) -> str:
    """Return what a page calls itself, "" when it does not."""
    root = parse(text) if "<" in text else None
    if root is None:
        return ""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").casefold() == "articletitle" and meta.get("content"):
            return " ".join(str(meta.get("content")).split())[:500]
    for tag in ("h1", "title"):
        for element in root.iter(tag):
            words = short_text(element, 300)
            if words:
                return words
    return ""


SINGLE = Family(
    "single",
    Words(
        "栏目页就是报告本身，也包括每年在同一地址换上新报告的",
        "the column page is the report itself, also where each year's replaces the last",
    ),
    is_it=is_report_page,
    reader=read,
)
