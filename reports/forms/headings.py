"""The six section headings and the wordings met for them in real reports. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reports.cells import SECTION_HEADINGS
from reports.text import squeeze

_LONGEST_HEADING = 60
_LONGEST_VARIANT = 40
_NUMERALS = "一二三四五六七八九十"
_TOP_LEVEL = re.compile(
    rf"^(?:第([{_NUMERALS}])(?:部分|章|节)[、.,,:]*|([{_NUMERALS}])[、.,,:;]+|【([{_NUMERALS}])】)"
)
_LISTED = re.compile(
    rf"^(?:[(〔\[]([{_NUMERALS}\d])[)〕\]][、.,:]*|([1-9])[、.,:)](?!\d)|([{_NUMERALS}])是)"
)
_ENUMERATOR = re.compile(rf"^(?:[{_NUMERALS}\d]{{1,2}}(?!\d))")
_MARKS = re.compile(r"^[#*>\s\u200b\ufeff■◆●★▶]+")
_CIRCLED = str.maketrans({chr(0x3220 + n): f"({sign})" for n, sign in enumerate(_NUMERALS)})
# Notes of the draft that were left in: (宋体加粗小四号字), (此部分以表格形式报告).
_NOTE = re.compile(r"\([^()]{1,30}\)$")
_TRAILING = ":。;、,.-"
_EXACT = {squeeze(heading): number for number, heading in enumerate(SECTION_HEADINGS, start=1)}
# What can follow a heading that runs into its text without any sign between.
_TEXT_BEGINS = re.compile(r"^(?:20\d\d|本|我|\([一1]\)|一是|1[、.]|[。:;])")
_RUN_IN = re.compile(r"[。:：;；]")

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
# Wordings so full that they need no numeral: a bold line between two tables.
_UNNUMBERED = (
    (
        5,
        re.compile(
            r"(?:政府信息公开(?:工作)?)?存在的?(?:主要)?(?:问题|不足)[及和与](?:下一步)?"
            r"(?:改进|整改)(?:情况|措施)"
        ),
    ),
    (
        4,
        re.compile(
            r"因?政府信息公开(?:工作)?(?:被申请|引起的?|的)?行政复议[、和与及](?:提起)?行政诉讼的?情况"
        ),
    ),
    (6, re.compile(r"其[他它]需要(?:报告|说明)的?(?:事项|情况)")),
    (3, re.compile(r"收到和处理(?:政府)?信息公开申请的?情况")),
)
# Most paragraphs are told by their first sign; radicals of PDF printers and blanks are looked at closely.
_OPENING = frozenset(
    _NUMERALS
    + "0123456789０１２３４５６７８９第(（〔[［【#*>■◆●★▶㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩因总主收政存其 \u3000"
)
_WORDS_THAT_OPEN = frozenset(["因政", "总体", "主动", "收到", "政府", "存在", "其他", "其它"])


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that may open a section.

    ``number`` is the section that its words name, None for a top-level heading of no known section;
    ``numeral`` the top-level numeral printed before it, ``listed`` one of a lower level (（一）, 1., 一是);
    ``weight`` ranks rivals for one section; ``rest`` is text run in after the heading.
    """

    number: int | None
    printed: str
    weight: int
    numeral: int | None = None
    rest: str = ""
    listed: int | None = None
    is_exact: bool = False


# Article, sections and remarks ask for the same lines one after another.
@lru_cache(maxsize=512)
def read_heading(text: str) -> Heading | None:
    """Read a paragraph as a section heading; None when it is ordinary text."""
    first = text[:1]
    if first not in _OPENING and not "\u200b" <= first <= "\u2fdf" and first != "\ufeff":
        return None
    if first in "总主收政存其因" and text[:2] not in _WORDS_THAT_OPEN and text[1:2] > "\u3fff":
        return None
    printed = _MARKS.sub("", text).rstrip("* ")
    plain = squeeze(printed[: 4 * _LONGEST_HEADING].translate(_CIRCLED))
    top = _TOP_LEVEL.match(plain)
    if top:
        return _top_level(printed, plain, plain[top.end() :], _numeral(top))
    listed = _LISTED.match(plain)
    if listed:
        return _lower(printed, plain[listed.end() :], _numeral(listed))
    return _lower(printed, _ENUMERATOR.sub("", plain), None)


def is_exact_heading(text: str) -> bool:
    """Say whether the text is a heading in the words of the form, numbered or not."""
    heading = read_heading(text)
    return heading is not None and heading.is_exact and not heading.rest


def _numeral(found: re.Match[str]) -> int:
    sign = next(group for group in found.groups() if group)
    return int(sign) if sign.isdigit() else _NUMERALS.index(sign) + 1


def _words(words: str) -> str:
    return _NOTE.sub("", words.rstrip(_TRAILING)).rstrip(_TRAILING)


def _top_level(printed: str, plain: str, words: str, numeral: int) -> Heading | None:
    exact = _EXACT.get(_words(words))
    if exact is not None:
        return Heading(exact, printed, _weight(numeral, exact, 4), numeral, is_exact=True)
    run_in = _run_in(printed, words, numeral)
    if run_in is not None or len(plain) > _LONGEST_HEADING:
        return run_in or _variant_run_in(printed, words, numeral)
    return _variant(printed, _words(words), numeral)


def _lower(printed: str, words: str, listed: int | None) -> Heading | None:
    """Read a heading of a lower level, or without any numeral: only full wordings count."""
    plain = _words(words)
    exact = _EXACT.get(plain)
    if exact is not None:
        return Heading(exact, printed, 4, listed=listed, is_exact=True)
    if len(plain) > _LONGEST_VARIANT:
        return None
    for number, pattern in _UNNUMBERED:
        if pattern.fullmatch(plain):
            return Heading(number, printed, 3, listed=listed)
    return None


def _run_in(printed: str, words: str, numeral: int) -> Heading | None:
    for heading, number in _EXACT.items():
        if not words.startswith(heading):
            continue
        after = words[len(heading) :]
        found = re.search(r"\s*".join(map(re.escape, heading)), printed)
        begins = _TEXT_BEGINS.match(after) and (numeral == number or after[:1] in "。:;")
        if found and (begins or "。" in after):
            rest = printed[found.end() :].lstrip("。:：;； ")
            weight = _weight(numeral, number, 3)
            return Heading(number, printed[: found.end()], weight, numeral, rest, is_exact=True)
    return None


def _variant_run_in(printed: str, words: str, numeral: int) -> Heading | None:
    """Read a heading in other words whose text follows on the same line, behind a sign."""
    ends = _RUN_IN.search(printed)
    head = _RUN_IN.split(words, maxsplit=1)[0]
    if ends is None or len(head) > _LONGEST_VARIANT:
        return None
    found = _variant(printed[: ends.start()], head, numeral)
    if found is None or found.number != numeral:
        return None
    rest = printed[ends.end() :].strip()
    return Heading(found.number, found.printed, found.weight - 1, numeral, rest)


def _variant(printed: str, words: str, numeral: int) -> Heading | None:
    if not words or words[-1].isdigit():
        # A row of a torn table, or a bare numeral.
        return None
    for number, pattern in _VARIANTS:
        if pattern.search(words):
            return Heading(number, printed, _weight(numeral, number, 2), numeral)
    return Heading(None, printed, 0, numeral)


def _weight(numeral: int, number: int, wording: int) -> int:
    """Rank: exact wording, then a top-level numeral, then the numeral of the form."""
    return wording + 2 + (numeral == number)
