"""Whether a list that was read can be relied on: its titles, its length, whose site it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.documents.text.mojibake import is_garbled
from reports.words import Words

FEWEST_REPORTS = 4
"""Shorter lists of reports say too little of what is usual."""
FEWEST_LINKS = 8

_LOST_CHARACTERS = re.compile(
    r"\ufffd|\?{3,}|锟斤拷|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]|[\ue000-\uf8ff]"
)
_LOST_SHARE = 4
_ID_CODE = re.compile(r"<meta\b[^<>]{0,200}\bSiteIDCode\b[^<>]{0,200}>", re.I)
_CONTENT = re.compile(r"\bcontent\s*=\s*[\"']?\s*([0-9A-Za-z]{10})\b", re.I)
_HEAD = 100_000
_NOTHING_YET = re.compile(
    r"暂无(?:相关)?(?:数据|内容|信息|记录|文章|公开|年报|资料)|暂时没有|没有相关(?:数据|内容|信息|记录)"
    r"|无相关(?:数据|内容|信息|记录)|no data",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Length:
    """How much one look at a column found: distinct entries, and reports of its agencies among them.

    ``breaks_off``: one of its pages shows no end, and ends as none of the newest good look did.
    """

    at: datetime
    links: int
    reports: int
    breaks_off: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """What the looks before found.

    ``links`` and ``reports`` are the most of any good look that still counts as usual. ``listed`` are
    the addresses of the reports that the newest good look listed. ``short`` are the shrunken looks
    since that one, oldest first. ``known`` counts the reports whose bodies we have.
    """

    links: int = 0
    reports: int = 0
    listed: frozenset[str] = frozenset()
    short: tuple[Length, ...] = ()
    known: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many looks that agree, over how many days, a shorter list is the usual one."""

    looks: int = 4
    days: int = 7


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """How a list is shorter than before, and whether that is the usual length by now."""

    words: Words
    is_usual_now: bool


def shrinkage(now: Length, urls: Iterable[str], past: Past, patience: Patience) -> Shrinkage | None:
    """Return how the list has shrunk against the column's own past, None when it has not.

    A list that shrank and stays so for long is a clean-up by its owner. Until then it proves nothing.
    """
    said = _shorter(now, past.listed.difference(urls), past)
    if said is None:
        return None
    agreeing = _agreeing(now, past.short)
    first = agreeing[0].at if agreeing else now.at
    looks = len(agreeing) + 1
    is_usual = looks >= patience.looks and now.at - first >= timedelta(days=patience.days)
    return Shrinkage(_patient(said, looks, patience, is_usual), is_usual)


def _shorter(now: Length, vanished: frozenset[str], past: Past) -> Words | None:
    if now.breaks_off and not past.links:
        return Words(f"读到 {now.links} 条", f"{now.links} entries were read")
    if now.breaks_off:
        return Words(
            f"页面没有结尾，可能没有发完；此前列出 {past.links} 条，本次 {now.links} 条",
            "the page has no end, so the rest of it may be missing; "
            f"{past.links} entries were listed before, {now.links} now",
        )
    if past.reports >= FEWEST_REPORTS and now.reports * 2 < past.reports:
        return Words(
            f"此前列出 {past.reports} 份年报，本次 {now.reports} 份",
            f"{past.reports} reports were listed before, {now.reports} now",
        )
    if past.links >= FEWEST_LINKS and now.links * 4 < past.links * 3:
        return Words(
            f"此前列出 {past.links} 条，本次 {now.links} 条",
            f"{past.links} entries were listed before, {now.links} now",
        )
    if len(past.listed) >= FEWEST_REPORTS and len(vanished) * 2 > len(past.listed):
        return Words(
            f"此前列出的 {len(past.listed)} 份年报中，{len(vanished)} 份不再列出",
            f"{len(vanished)} of the {len(past.listed)} reports listed before are not listed now",
        )
    return None


def _agreeing(now: Length, short: Sequence[Length]) -> list[Length]:
    """Return the newest looks, oldest first, after none of which the list lost entries once more."""
    agreeing: list[Length] = []
    later = now
    for look in reversed(short):
        if later.reports < look.reports or later.links < look.links - look.links // 10:
            break
        agreeing.insert(0, look)
        later = look
    return agreeing


def _patient(said: Words, looks: int, patience: Patience, is_usual: bool) -> Words:
    if is_usual:
        return Words(
            f"{said.zh}；{looks} 次查看一致，现按新的常态处理",
            f"{said.en}; {looks} looks agree, so this is the usual length now",
        )
    return Words(
        f"{said.zh}；第 {looks} 次，{patience.looks} 次且满 {patience.days} 天一致后按新的常态处理",
        f"{said.en}; look {looks} of {patience.looks} over {patience.days} days that must agree "
        "before it counts as usual",
    )


def is_unreadable(title: str) -> bool:
    """Say whether so many characters of a title are lost that nobody can tell what it names."""
    lost = sum(len(run) for run in _LOST_CHARACTERS.findall(title))
    return lost * _LOST_SHARE >= max(len(title), 1) or is_garbled(title)


def garbled_among(titles: Sequence[str]) -> Words | None:
    """Return how many titles cannot be read, None when all can."""
    count = sum(is_unreadable(title) for title in titles)
    if not count:
        return None
    return Words(
        f"{len(titles)} 条标题中 {count} 条为乱码",
        f"{count} of {len(titles)} titles cannot be read",
    )


def too_few(links: int, expected: int) -> Words | None:
    """Return how a list falls short of the fewest entries that the configuration expects."""
    if links >= expected:
        return None
    return Words(
        f"配置 expected_min_links 为 {expected}，只读到 {links} 条；栏目确已精简的请修改配置",
        f"expected_min_links is {expected}, {links} entries were read; if the column was cut down, "
        "change the configuration",
    )


def site_id_code(text: str) -> str | None:
    """Return the SiteIDCode that a page carries in its head: ten letters or digits."""
    meta = _ID_CODE.search(text[:_HEAD])
    found = _CONTENT.search(meta[0]) if meta else None
    return found[1].casefold() if found else None


def says_nothing_yet(visible: str) -> bool:
    """Say whether the page of an empty column says that there is nothing yet."""
    return _NOTHING_YET.search(visible) is not None


def foreign(observed: str | None, expected: str | None) -> Words | None:
    """Return how the page's SiteIDCode differs from the one that it must have, None when it does not."""
    if observed is None or expected is None or observed == expected.casefold():
        return None
    return Words(
        f"页面为 {observed}，已知为 {expected}；如网站确已更换标识码，请在 [[sites]] 写明 id_code",
        f"the page has {observed}, known is {expected}; if the code did change, write id_code into "
        "[[sites]]",
    )
