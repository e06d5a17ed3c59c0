"""Titles that a list does not give, or cuts short: the pages themselves are asked for them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from crawler.families.model import Ask, ReportLink
from crawler.families.single import page_title
from crawler.fetched import Fetched
from reports.titles import read_title
from reports.words import Words

MOST_ASKED = 40

_CUT = re.compile(r"\s*(?:…+|\.{3,}|。{3,})\s*$")
_TOPIC = "政府信息公开工作年度报告"
_YEAR_AFTER_UNIT = re.compile(r"[^\d\s]{4,40}20\d\d年")
_OF_A_UNIT = re.compile(r"20\d\d|[局委办厅院镇乡府所会站街]|政府|信息")


@dataclass(frozen=True, slots=True)
class Titled:
    """The links of a list with their full titles, and what is missing if a title stayed unknown."""

    links: tuple[ReportLink, ...]
    gap: Words | None = None


async def with_full_titles(
    links: Sequence[ReportLink], fetch: Callable[[Ask], Awaitable[Fetched]], most: int
) -> Titled:
    """Ask ``most`` pages of the links whose titles are untold, or cut where a report may hide."""
    found: dict[str, str] = {}
    unknown = 0
    for url, title in {link.url: link.title for link in links if is_untold(link.title)}.items():
        full = await _full_title(url, title, fetch) if len(found) < min(most, MOST_ASKED) else None
        found[url] = title if full is None else full
        unknown += full is None and bool(title) and not _names_its_unit(title)
    said = Words(
        f"{unknown} 个标题被截短，看不出是哪个单位，其页面也未给出全称",
        f"{unknown} title(s) are cut short before the unit, and their pages do not tell them in full",
    )
    full_links = tuple(replace(link, title=found.get(link.url, link.title)) for link in links)
    return Titled(full_links, said if unknown else None)


def is_untold(title: str) -> bool:
    """Say whether a title is missing, or cut short where an annual report's may have been."""
    cut = _CUT.search(title)
    if cut is None or read_title(title).refusal is None:
        return not title
    return _OF_A_UNIT.search(title) is not None and any(
        read_title(whole).refusal is None for whole in _completions(title[: cut.start()])
    )


def _names_its_unit(title: str) -> bool:
    """Say whether the cut lies behind the unit: then the title proves nothing about that one alone."""
    stem = _CUT.sub("", title)
    begun = any(stem.endswith(_TOPIC[:n]) for n in range(2, len(_TOPIC)))
    return (begun and bool(read_title(_completions(stem)[0]).unit)) or bool(
        _YEAR_AFTER_UNIT.search(stem)
    )


def _completions(stem: str) -> tuple[str, ...]:
    """Return the stem with our topic behind it, and with that part of the topic that it lacks."""
    begun = (n for n in range(len(_TOPIC) - 1, 0, -1) if stem.endswith(_TOPIC[:n]))
    return tuple(stem + _TOPIC[n:] for n in (*begun, 0))


async def _full_title(
    url: str, title: str, fetch: Callable[[Ask], Awaitable[Fetched]]
) -> str | None:
    """Return the title that the page gives; None when it fails, or calls itself something else."""
    page = await fetch(Ask(url))
    told = page_title(page.text) if page.is_good else ""
    begins = "".join(_CUT.sub("", title).split())
    return told if told and "".join(told.split()).startswith(begins) else None
