"""Numbers in prose: digits, Chinese numerals, thousands, 万, and the words that make them vague. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNIT = (
    "人次|件次|条次|场次|批次|件|起|宗|份|条|次|篇|个|项|期|场|部|家|处|类|名|人|例|封|册|本|幅|"
    "批|元"
)
_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_QUANTITY = re.compile(
    r"(?<![\d.第〔\[A-Za-z])(?P<n>\d{1,12}(?:\.\d{1,6})?+)(?P<scale>[百千万亿]?+)"
    rf"(?P<more>余万|多万|余|多|几)?+(?P<unit>{_UNIT})(?P<after>以上|左右|上下|以内)?+"
)
_ABOUT_BEFORE = re.compile(r"(?:约|近|超过|超|逾|余|至少|不少于|不低于|不足|[\d]件?[-~～—–至到])$")
_NOT_A_UNIT = re.compile(r"人(?:民|员|大)|部(?:门|分)|条(?:例|款)|件(?:事)|名(?:单)|本(?:级|年)")

_ZEROS = "零〇○"
_DIGITS = dict(
    zip("零〇○一二三四五六七八九两", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True)
)
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(
    r"(?<![第零〇○一二三四五六七八九两十百千万亿几数\d])(?P<n>[零〇○一二三四五六七八九两十百千万亿]{1,12}+)"
    r"(?P<more>余|多)?+(?=人次|件次|万?元|[件宗份条次篇期场封]|起(?![来草诉点步始底止到因]))"
)
_MOST_NUMERALS = 2_000
_LONE_ONE = re.compile(r"[件宗份](?:$|[,、;)(]|政府信息|信息公开|依申请|申请|行政)")
_COUNTED = re.compile(r"收|接到|转|申请|受理|复议|诉讼|案件|信息|文件|为|共")
_NEGATED = re.compile(r"未|没有|无|任何|每|逐|同|唯|另")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; not ``exact`` where the words make it vague.

    ``start`` is where the number begins, ``end`` where its unit ends.
    """

    number: Decimal
    unit: str
    exact: bool
    start: int
    end: int


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers with a counter word of a plain text, from left to right."""
    for found in _QUANTITY.finditer(text):
        unit_end = found.end("unit")
        if _NOT_A_UNIT.match(text, found.start("unit")):
            continue
        more = found["more"] or ""
        scale = _SCALES["万" if more.endswith("万") else ""] * _SCALES[found["scale"]]
        before = _ABOUT_BEFORE.search(text[max(0, found.start() - 4) : found.start()])
        # 1.8 万条 and 3 万条 are rounded, 12.5 万元 is not.
        rounded = found["scale"] and found["unit"] != "元"
        exact = not (more or rounded or found["after"] or before)
        number = Decimal(found["n"]) * scale
        yield Quantity(number, found["unit"], exact, found.start(), unit_end)


def in_digits(text: str) -> str:
    """Return a plain text with the Chinese numerals before counter words written in digits.

    ``三四件`` (three or four) and ``一百三件`` stay; so does a lone ``一`` that only stresses a denial.
    """
    return _NUMERAL.sub(_digits, text, count=_MOST_NUMERALS)


def _digits(found: re.Match[str]) -> str:
    numeral, text = found["n"], found.string
    if numeral == "一" and not _stands_alone(found):
        return found[0]
    if numeral in _ZEROS and not _COUNTED.search(text, max(0, found.start() - 20), found.start()):
        return found[0]
    number = value_of(numeral)
    return found[0] if number is None else f"{number}{found['more'] or ''}"


def _stands_alone(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - 12) : found.start()]
    return bool(_LONE_ONE.match(found.string, found.end())) and not _NEGATED.search(before)


def value_of(numeral: str) -> int | None:
    """Return the value of a Chinese numeral, None when it is none or can be read in two ways."""
    top, _, rest = numeral.rpartition("亿")
    high, _, low = rest.rpartition("万")
    if top or high:
        high, low = high.lstrip(_ZEROS), low.lstrip(_ZEROS)
    values = [_below_ten_thousand(part) if part else 0 for part in (top, high, low)]
    if any(value is None for value in values) or (not high and "万" in rest):
        return None
    first, second, third = (value or 0 for value in values)
    return first * 100_000_000 + second * 10_000 + third


def _below_ten_thousand(numeral: str) -> int | None:
    if all(sign in _DIGITS for sign in numeral):
        return _DIGITS[numeral] if len(numeral) == 1 else None
    total, digit, last = 0, None, 10_000
    for sign in numeral:
        if sign in _TENS:
            tens = _TENS[sign]
            if tens >= last or digit == 0:
                return None
            total, digit, last = total + (1 if digit is None else digit) * tens, None, tens
        elif sign in _ZEROS:
            digit, last = None, min(last, 100)
        elif sign in _DIGITS and digit is None:
            digit = _DIGITS[sign]
        else:
            return None
    if digit is not None and last > 10 and not any(zero in numeral for zero in _ZEROS):
        return None
    return total + (digit or 0)
