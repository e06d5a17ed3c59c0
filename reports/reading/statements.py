"""Statements in the narrative: the information handling fee, and the period covered. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from reports.dates import in_digits
from reports.model import FeeKind, FeeStatement, Period, Section
from reports.text import squeeze

_SENTENCE = re.compile(r"[。;!?\n]")
_FEE = re.compile(r"信息(?:公开)?处理费|信息公开.{0,6}收费|依申请.{0,10}收费")
_ANY_FEE = re.compile(r"收取.{0,12}费|收费|费用")
_NONE = re.compile(
    r"(?:未|没有|无|不|没|从未|均未)[^。;,]{0,24}?(?:收取|收费|产生|发生|征收)"
    r"|(?:处理费|收费|费用)[^。;]{0,20}?(?::无|为无|为零|情况:?无|为0|0(?:\.0+)?万?元)|免(?:予|于)?收|免费"
)
_AMOUNT = re.compile(
    r"(?P<sum>[共总合]计?[^。;,\d]{0,8})?(?P<figure>\d[\d,]{0,15}(?:\.\d{1,6})?)(?P<unit>万)?元"
)
_JOIN = r"(?:日?起?(?:开始)?(?:至|到|-|—|–|~)+)"
_WHOLE_YEAR = re.compile(
    rf"(?P<year>20\d\d)[年./-]?0?1[月./-]?0?1{_JOIN}(?:(?P<end>20\d\d)[年./-]?|当年|本年|同年)?12[月./-]?31日?"
)
_ANY_PERIOD = re.compile(
    rf"(?P<y1>20\d\d)年(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}}){_JOIN}"
    r"(?:(?P<y2>20\d\d)年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)
_PERIOD_WORDS = re.compile(r"统计|期限|时限|所列数据|报告期|数据.{0,6}(?:自|为|从)")
_LONGEST_QUOTE = 200


def fee_statement(sections: Iterable[Section], before: Iterable[str]) -> FeeStatement:
    """Return what the report says of the fee: section six first, then the whole narrative."""
    sections = tuple(sections)
    sixth = [section.text for section in sections if section.number == 6]
    others = [section.text for section in sections if section.number != 6]
    places = ((sixth, _FEE), ((*others, *before), _FEE), (sixth, _ANY_FEE))
    mentioned: str | None = None
    for texts, pattern in places:
        for sentence in _sentences(texts):
            if not pattern.search(sentence):
                continue
            found = _fee(sentence)
            if found is not None:
                return found
            mentioned = mentioned or sentence
    return FeeStatement(FeeKind.MISSING, quote=mentioned and mentioned[:_LONGEST_QUOTE])


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (piece for piece in _SENTENCE.split(squeeze_lines(text)) if piece)


# The fee and the period are looked for in the same sections.
@lru_cache(maxsize=32)
def squeeze_lines(text: str) -> str:
    """Return the text without blanks, its line ends kept."""
    return "\n".join(squeeze(line) for line in text.split("\n"))


def _fee(sentence: str) -> FeeStatement | None:
    amounts = [
        found for found in _AMOUNT.finditer(sentence) if "标准" not in sentence[: found.start()]
    ]
    stated = [_yuan(found) for found in amounts if found["sum"]] or [_yuan(f) for f in amounts]
    quote = sentence[:_LONGEST_QUOTE]
    positive = [amount for amount in stated if amount > 0]
    if positive:
        amount = positive[0] if len(set(positive)) == 1 else None
        return FeeStatement(FeeKind.AMOUNT, amount, quote)
    if amounts or _NONE.search(sentence):
        return FeeStatement(FeeKind.NONE_COLLECTED, quote=quote)
    return None


def _yuan(found: re.Match[str]) -> Decimal:
    amount = Decimal(found["figure"].replace(",", ""))
    return amount * 10_000 if found["unit"] else amount


def period_of(texts: Iterable[str]) -> Period | None:
    """Return the period stated; the year's signs may have been lost (自202511日起至20251231日止)."""
    whole: Period | None = None
    for sentence in _sentences(texts):
        said = bool(_PERIOD_WORDS.search(sentence))
        for is_whole, period in _periods(sentence):
            if said:
                return period
            whole = whole or (period if is_whole else None)
    return whole


def _periods(sentence: str) -> Iterator[tuple[bool, Period]]:
    """Yield the period that the sentence may state, and whether it is one of whole years."""
    plain = in_digits(sentence)
    for pattern, read in ((_WHOLE_YEAR, _year_period), (_ANY_PERIOD, _explicit_period)):
        found = pattern.search(plain)
        period = read(found) if found else None
        if period is not None:
            quote = period.quote if plain == sentence else sentence[:_LONGEST_QUOTE]
            yield pattern is _WHOLE_YEAR, replace(period, quote=quote)


def _year_period(found: re.Match[str]) -> Period | None:
    first, last = int(found["year"]), int(found["end"] or found["year"])
    return Period(date(first, 1, 1), date(last, 12, 31), found.group())


def _explicit_period(found: re.Match[str]) -> Period | None:
    first_year = int(found["y1"])
    try:
        first = date(first_year, int(found["m1"]), int(found["d1"]))
        last = date(int(found["y2"] or first_year), int(found["m2"]), int(found["d2"]))
    except ValueError:
        return None
    return Period(first, last, found.group())
