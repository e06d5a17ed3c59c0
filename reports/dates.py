"""Dates as publishers write them, and the one that a page shows as its own. Pure."""

from __future__ import annotations

import re
from datetime import date

from reports.text import normal

_DATE = r"(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)"
_PLAIN = re.compile(_DATE)
_COMPACT = re.compile(r"^(20\d\d)(\d\d)(\d\d)")
_LABELS = (
    r"(?:发布|发表|公开|公布|信息|发稿)(?:日期|时间)",
    r"(?<![\u4e00-\u9fff])(?:日期|时间)",
    r"(?:生成|发文|制发|编辑)(?:日期|时间)",
    r"成文(?:日期|时间)",
    r"更新(?:日期|时间)",
)
_LABELLED = tuple(re.compile(rf"{label}[\s:|\]】]{{0,6}}{_DATE}") for label in _LABELS)
_LONGEST_TEXT = 40_000
_NUMERALS = "〇一二三四五六七八九"
_ZEROS = str.maketrans("○零O0oΟО◯", "〇" * 8)
_SPELLED = re.compile(
    r"(?:(二[〇○零O0oΟО◯][〇○零O0oΟО◯一二三四五六七八九]{2})年)?"
    r"(元|[一二三四五六七八九]|十[一二]?)月([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)


def date_of(text: str) -> date | None:
    """Return the first calendar date written in a short text such as a meta tag."""
    plain = normal(text[:100]).strip()
    found = _PLAIN.search(plain) or _COMPACT.match(plain)
    return _calendar(found) if found else None


def written_date(text: str) -> date | None:
    """Return the only date that a line such as a signature writes, in digits or in Chinese numerals."""
    plain = in_digits(re.sub(r"\s+", "", normal(text[:200])))
    days = {_calendar(found) for found in _PLAIN.finditer(plain)}
    return days.pop() if len(days) == 1 else None


def in_digits(text: str) -> str:
    """Return the text with dates that are spelled in Chinese numerals written in digits."""
    return _SPELLED.sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    spelled = (found[1] or "").translate(_ZEROS)
    year = "".join(str(_NUMERALS.index(sign)) for sign in spelled)
    month = 1 if found[2] == "元" else _spelled_number(found[2])
    return f"{year}{'年' if year else ''}{month}月{_spelled_number(found[3])}日"


def _spelled_number(text: str) -> int:
    """Return a spelled number below one hundred."""
    tens, ten, ones = text.rpartition("十")
    high = (_NUMERALS.index(tens) if tens else 1) if ten else 0
    return 10 * high + (_NUMERALS.index(ones) if ones else 0)


def shown_date(text: str) -> date | None:
    """Return the date that a label on the page calls its publication date; None when there is none."""
    plain = normal(text[:_LONGEST_TEXT])
    for pattern in _LABELLED:
        for found in pattern.finditer(plain):
            day = _calendar(found)
            if day is not None:
                return day
    return None


def _calendar(found: re.Match[str]) -> date | None:
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
