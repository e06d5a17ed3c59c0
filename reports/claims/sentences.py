"""Sentences of the narrative, cleaned for reading, and the ones that speak of another time left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from reports.claims.numbers import in_digits
from reports.model import AnnualReport, Section

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，；：", "0123456789.,;:")
_FULL_WIDTH_DIGIT = re.compile("[０-９．]")
_STOP = r"(?<=[\u4e00-\u9fff%）)])(?<![一二三四五六七八九十])[.．](?![\d.．])"
_ENDS = re.compile(rf"[。；;!?！？\n\r]+|{_STOP}")
_QUOTED = re.compile(r"“[^”]{0,80}”|《[^》]{0,80}》|「[^」]{0,80}」")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LONGEST_NARRATIVE = 60_000
_LONGEST_CLAUSE = 2_000
_MOST_MENTIONS = 40
_LONGEST_HEADING = 24
_HEADING = re.compile(
    r"^(?!.*\d[件条次宗起份])(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．是]|.*(?:情况|公开|申请|方面|工作|管理|建设|保障)[:：]?$)"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_OTHER_TIME = re.compile(
    r"去年|上年(?!度?(?:结转|转结))|上一年(?!度?(?:结转|转结))|往年|历年|同比|相比|季度|半年|明年|下一步|计划"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its section, its words as printed without blanks, its plain text, and its heading.

    ``topic`` is the short line before it, such as （二）依申请公开情况, empty where there is none.
    """

    section: int
    quote: str
    text: str
    topic: str = ""


def sentences_of(report: AnnualReport, sections: Sequence[int] = range(1, 7)) -> Iterator[Sentence]:
    """Yield the sentences of some sections in reading order."""
    for section in report.sections:
        if section.number in sections:
            yield from within(section)


# Several rules read the same sections one after another.
@lru_cache(maxsize=32)
def within(section: Section) -> tuple[Sentence, ...]:
    """Return the sentences of one section in reading order."""
    return tuple(_divided(section))


def _divided(section: Section) -> Iterator[Sentence]:
    topic = ""
    for part in _ENDS.split(section.text[:_LONGEST_NARRATIVE]):
        quote = "".join(part.split())
        if not quote:
            continue
        yield Sentence(section.number, quote, _read(quote), topic)
        if len(quote) <= _LONGEST_HEADING and _HEADING.search(quote):
            topic = quote


def plain(text: str) -> str:
    """Return text for reading: no blanks or quotations, ASCII digits and commas, numerals as digits."""
    return _read("".join(text[:_LONGEST_NARRATIVE].split()))


def _read(words: str) -> str:
    words = _QUOTED.sub("", words)
    if _FULL_WIDTH_DIGIT.search(words):
        words = words.translate(_FULL_WIDTH)
    words = words.replace("，", ",").replace("；", ";").replace("：", ":")
    words = words.replace("（", "(").replace("）", ")")
    return in_digits(_THOUSANDS.sub("", words))


_PERIOD = re.compile(rf"[\n\r!?！？]+|(?:。|{_STOP})(?!\s*其中)")


@lru_cache(maxsize=32)
def plain_periods(section: Section, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the plain texts between full stops that hold one of some words; “。其中” does not divide."""
    if not any(word in section.text for word in words):
        return ()
    parts = _PERIOD.split(section.text[:_LONGEST_NARRATIVE])
    return tuple(plain(part) for part in parts if any(word in part for word in words))


_A_PART = re.compile(
    r"^(?:其中|如果|如(?![皋东])|若|凡|对于?(?!坊)|另有|部分|各)|(?<![\d至到~-])1?\d月份?(?=[未没无均全])|"
    r"月份|期间|假期|以来|本级|(?<![农乡])村(?![镇乡])|社区|学校|医院|[\d一二三四五六七八九十两几多]个(?!体)|\d家"
)


def mentions(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where a sentence fits a pattern, as often as any sentence of a report may.

    What is looked up around each of them would take the square of a sentence that is made for it.
    """
    return islice(pattern.finditer(text), _MOST_MENTIONS)


def clause_before(text: str, start: int) -> str:
    """Return the words of the clause that stand before a position."""
    first = max(0, start - _LONGEST_CLAUSE)
    return text[max(text.rfind(",", first, start) + 1, first) : start]


def speaks_of_a_part(clause: str) -> bool:
    """Say whether the words before a denial narrow it: one month, some of the units, a condition."""
    return _A_PART.search(clause) is not None


# Every rule on the narrative asks this of the same sentences.
@lru_cache(maxsize=512)
def of_this_year(text: str, year: int | None) -> bool:
    """Say whether a sentence speaks of the report year alone: no comparison, no plan, no other year."""
    if _OTHER_TIME.search(text):
        return False
    return year is None or all(int(found) == year for found in _YEAR.findall(text))
