"""Titles: is it our kind of report, of which year, of which unit. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reports.neighbours import neighbour_beside, neighbour_in
from reports.text import squeeze
from reports.words import Words

_LONGEST = 400
_LONGEST_QUOTE = 120
_SEPARATOR = re.compile(r"[_|>»]|—+|–+|(?<!\d)-|-(?!\d)")
_ZERO = "〇○零O0oΟО◯Q"
_SPELLED_YEAR = re.compile(
    rf"二[{_ZERO}]([{_ZERO}一二三四五六七八九])([{_ZERO}一二三四五六七八九])"
    # Zeros that were recognised as letters: 2O25, 202O.
    rf"|(?<![\dA-Za-z])2[{_ZERO}]([12])([\d{_ZERO}])(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_WORDS = re.compile(r"(?<!\d)20\d\d(?!\d)年?度?")
_TOPIC = re.compile(
    r"(?:(?:政府|政务)?信息|政务|政府)公开(?:工作)?的?(?:20\d\d年?)?年?度?(?:工作)?的?"
    r"(?:年度报告|总结报告|年度报(?!表)|报告|年报(?!表)|总结)"
    r"|公开年报(?!表)"
)
_CUT_SHORT = re.compile(r"(?:…|\.{2,})$")
_LEADING = re.compile(
    r"^(?:[#*•·◆◇■□●▪▶►▲★☆※>-]+|(?i:new)|\d{1,2}-\d{1,2}|附件\d*[:.、]?|\d{1,2}[.、]|[【\[《(][^】\]》)]{0,8}[】\]》)]|关于|《|“)+"
)
_DIGITS = dict.fromkeys(_ZERO, "0") | {
    sign: str(n) for n, sign in enumerate("一二三四五六七八九", 1)
}


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a title says. ``refusal`` is set when it is not the title of an annual report of ours.

    ``years`` are all year tokens in order of appearance; ``unit`` is the text before the topic with
    year tokens taken out, "" when the title names no unit; ``topic`` is the matched tail as printed.
    """

    text: str
    years: tuple[int, ...]
    unit: str
    topic: str
    refusal: Words | None = None

    @property
    def year(self) -> int | None:
        """Return the report year when the title names exactly one distinct year."""
        return self.years[0] if len(set(self.years)) == 1 else None


# A page names its report in several places, and each of them is read more than once.
@lru_cache(maxsize=256)
def read_title(text: str) -> TitleReading:
    """Read a title by the two steps of the title procedure: refuse decoys, then find the topic."""
    plain = _SPELLED_YEAR.sub(_digits, squeeze(text[:_LONGEST]))
    topic = _TOPIC.search(plain)
    if topic is None:
        return TitleReading(text, _years(plain), "", "", _refused(text, neighbour_in(plain)))
    before, after = _own_part(plain, topic)
    years = _years(f"{before} {topic.group()} {after}")
    unit = _unit(before, topic.group())
    neighbour = neighbour_beside(f"{before} {after}", unit, topic.group())
    refusal = _refused(text, neighbour) if neighbour else None
    return TitleReading(text, years, unit, topic.group(), refusal)


def is_cut_short(text: str) -> bool:
    """Say whether a list shows only the beginning of a title."""
    return _CUT_SHORT.search(squeeze(text[-_LONGEST:])) is not None


def _own_part(plain: str, topic: re.Match[str]) -> tuple[str, str]:
    """Return what stands before and after the topic, without names of sites and columns."""
    before = _SEPARATOR.split(plain[: topic.start()])[-1]
    return before, _SEPARATOR.split(plain[topic.end() :])[0]


def _unit(before: str, topic: str) -> str:
    unit = _LEADING.sub("", _YEAR_WORDS.sub("", before))
    # One 政府 printed where the name's last and the topic's first would follow each other.
    if unit.endswith("人民") and topic.startswith("政府"):
        unit += "政府"
    return (
        _LEADING.sub("", unit)
        .removesuffix("年度")
        .removesuffix("的")
        .removesuffix("关于")
        .strip('·:,。、"”“')
    )


def _refused(text: str, neighbour: tuple[str, Words] | None) -> Words:
    shown = text.strip()[:_LONGEST_QUOTE]
    if neighbour is None:
        return Words(
            f"标题“{shown}”不是政府信息公开工作年度报告。",
            f'The title "{shown}" is not that of an annual report on information disclosure.',
        )
    sign, kind = neighbour
    return Words(
        f"标题“{shown}”含“{sign}”，是{kind.zh}，不是政府信息公开工作年度报告本身。",
        f'The title "{shown}" has "{sign}": {kind.en}, not an annual report on disclosure itself.',
    )


def _years(plain: str) -> tuple[int, ...]:
    return tuple(int(year) for year in _YEAR.findall(plain))


def _digits(found: re.Match[str]) -> str:
    return "20" + "".join(_DIGITS.get(sign, sign) for sign in found.groups() if sign)
