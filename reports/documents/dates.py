"""The publication date that a page shows of itself, by the precedence of its labels. Pure."""

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


def date_of(text: str) -> date | None:
    """Return the first calendar date written in a short text such as a meta tag."""
    plain = normal(text[:100]).strip()
    found = _PLAIN.search(plain) or _COMPACT.match(plain)
    return _calendar(found) if found else None


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
