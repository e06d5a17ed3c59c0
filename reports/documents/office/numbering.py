"""Numbers that Word prints before a paragraph without writing them: 一、 （一） 1. before a label. Pure.

Only what is certain: one level's own number, counted through the document. Anything else gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMERALS = "一二三四五六七八九"
_CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting"})
# A number before anything but words would change a figure.
_WORDS = re.compile("[\u4e00-\u9fff]")
_MAX_LISTS = 2_000
_MAX_START = 99
_DEPTHS = "012345678"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list prints its number."""

    printed: str
    start: int
    is_chinese: bool


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, levels: Mapping[tuple[str, str], tuple[str, Level]] | None = None) -> None:
        """Take the levels by list and level, each with the key of what it shares a counter with."""
        self._levels = levels or {}
        self._counted: dict[tuple[str, str], int] = {}

    def before(self, paragraph: etree._Element) -> str:
        """Return what Word prints before the paragraph, "" for nothing or nothing certain."""
        if not self._levels:
            return ""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None or not _WORDS.match(_first_text(paragraph)):
            return ""
        number, depth = properties.find(f"{_W}numId"), properties.find(f"{_W}ilvl")
        name = "" if number is None else number.get(f"{_W}val", "")
        level = "0" if depth is None else depth.get(f"{_W}val", "0")
        return self._next(name, level)

    def _next(self, name: str, level: str) -> str:
        known = self._levels.get((name, level))
        if known is None:
            return ""
        shared, form = known
        count = self._counted.get((shared, level), form.start - 1) + 1
        self._counted[shared, level] = count
        for deeper in _DEPTHS[int(level) + 1 :]:
            self._counted.pop((shared, deeper), None)
        return form.printed.replace("%", _numeral(count) if form.is_chinese else str(count))


def numbering_of(root: etree._Element) -> Numbering:
    """Return the lists that a numbering part defines, without those that restart or nest numbers."""
    abstract = {
        element.get(f"{_W}abstractNumId", ""): dict(_levels(element))
        for element in list(root.iterfind(f"{_W}abstractNum"))[:_MAX_LISTS]
    }
    levels: dict[tuple[str, str], tuple[str, Level]] = {}
    for number in list(root.iterfind(f"{_W}num"))[:_MAX_LISTS]:
        link = number.find(f"{_W}abstractNumId")
        if link is None or number.find(f"{_W}lvlOverride") is not None:
            continue
        shared = link.get(f"{_W}val", "")
        for depth, level in abstract.get(shared, {}).items():
            levels[number.get(f"{_W}numId", ""), depth] = (shared, level)
    return Numbering(levels)


def _levels(abstract: etree._Element) -> list[tuple[str, Level]]:
    found: list[tuple[str, Level]] = []
    for element in abstract.iterfind(f"{_W}lvl"):
        depth = element.get(f"{_W}ilvl", "")
        form, text, start = (_val(element, name) for name in ("numFmt", "lvlText", "start"))
        own = f"%{int(depth) + 1}" if depth in set(_DEPTHS) else None
        certain = own is not None and text.count("%") == 1 and own in text and len(text) <= 8
        if own is None or not certain or form not in _CHINESE | {"decimal"}:
            continue
        first = int(start) if re.fullmatch("[0-9]{1,2}", start) else 1
        found.append(
            (depth, Level(text.replace(own, "%"), min(first, _MAX_START), form in _CHINESE))
        )
    return found


def _val(element: etree._Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")


def _first_text(paragraph: etree._Element) -> str:
    for text in paragraph.iter(f"{_W}t"):
        if text.text and text.text.strip():
            return text.text.strip()
    return ""


def _numeral(count: int) -> str:
    """Spell a number below one hundred as headings do."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    ten = "" if tens == 0 else ("" if tens == 1 else _NUMERALS[tens - 1]) + "十"
    return ten + (_NUMERALS[ones - 1] if ones else "")
