"""The six section headings and the wordings met for them in real reports. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.cells import SECTION_HEADINGS
from reports.text import squeeze

_LONGEST_HEADING = 60
_TOP_LEVEL = re.compile(r"^([一二三四五六七八九十])[、.,,:]+")
_ENUMERATOR = re.compile(r"^(?:[(〔]?[一二三四五六七八九十\d]{1,2}[)〕]?[、.,,:)]*|[㈠-㈥])")
_MARKS = re.compile(r"^[#*>\s]+")
_EXACT = {squeeze(heading): number for number, heading in enumerate(SECTION_HEADINGS, start=1)}

# Tried in this order: the narrow wordings first, the broad ones of section one last.
_VARIANTS = (
    (4, re.compile(r"行政复议|行政诉讼|复议.{0,2}诉讼|被申请复议|提起诉讼")),
    (3, re.compile(r"收到和?处理|申请.{0,6}(?:办理|处理|受理)|^(?:政府信息)?依申请公开")),
    (
        5,
        re.compile(
            r"存在.{0,8}(?:问题|不足|困难)|主要问题|问题[和与及]改进|不足[和与及]改进|"
            r"改进(?:情况|措施)|整改措施"
        ),
    ),
    (
        6,
        re.compile(
            r"其[他它].{0,6}报告|报告的?其他事项|需要(?:报告|说明)的|^其[他它](?:事项|情况)?$"
        ),
    ),
    (2, re.compile(r"^(?:政府信息)?主动公开")),
    (
        1,
        re.compile(
            r"总体.{0,6}情况|^概述|^基本情况|^(?:20\d\d年?度?)?政[府务]信?息?公开.{0,4}情况$"
        ),
    ),
)
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that may open a section.

    ``number`` is the section that its words name, None for a top-level heading of no known section;
    ``numeral`` the top-level numeral printed before it; ``weight`` ranks rivals for one section;
    ``rest`` is text run in after the heading.
    """

    number: int | None
    printed: str
    weight: int
    numeral: int | None = None
    rest: str = ""


def read_heading(text: str) -> Heading | None:
    """Read a paragraph as a section heading; None when it is ordinary text."""
    printed = _MARKS.sub("", text).rstrip("* ")
    plain = squeeze(printed[: 4 * _LONGEST_HEADING])
    top = _TOP_LEVEL.match(plain)
    numeral = _NUMERALS.index(top.group(1)) + 1 if top else None
    words = plain[top.end() :] if top else _ENUMERATOR.sub("", plain)
    exact = _EXACT.get(words.rstrip(":。;、"))
    if exact is not None:
        return Heading(exact, printed, _weight(numeral, exact, 4), numeral)
    if numeral is None:
        return None
    run_in = _run_in(printed, words, numeral)
    if run_in is not None or len(plain) > _LONGEST_HEADING:
        return run_in
    return _variant(printed, words, numeral)


def _run_in(printed: str, words: str, numeral: int) -> Heading | None:
    for heading, number in _EXACT.items():
        found = re.search(r"\s*".join(map(re.escape, heading)), printed)
        after = words[len(heading) :]
        if found and words.startswith(heading) and (after[:1] in tuple("。:;") or "。" in after):
            rest = printed[found.end() :].lstrip("。:：;； ")
            weight = _weight(numeral, number, 3)
            return Heading(number, printed[: found.end()], weight, numeral, rest)
    return None


def _variant(printed: str, words: str, numeral: int) -> Heading | None:
    if not words or words[-1].isdigit():
        # A row of a torn table, or a bare numeral.
        return None
    for number, pattern in _VARIANTS:
        if pattern.search(words):
            return Heading(number, printed, _weight(numeral, number, 2), numeral)
    return Heading(None, printed, 0, numeral)


def _weight(numeral: int | None, number: int, wording: int) -> int:
    """Rank: exact wording, then a top-level numeral, then the numeral of the form."""
    if numeral is None:
        return wording
    return wording + 2 + (numeral == number)
