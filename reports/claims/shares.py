"""Percentages that the text states of a count in a list with a total. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from itertools import islice

from reports.claims.sentences import plain_periods
from reports.model import AnnualReport, Section

_SHARE = re.compile(
    r"(?<![\d.])(?P<n>\d{1,9})(?P<unit>件次|件|条|起|宗|份|次|篇)(?:[^,、;:。()\d]{0,8})(?:[,、]|\()?"
    r"占(?:[^,、;。()\d]{0,12})(?P<p>\d{1,3}(?:\.\d{1,4})?)%"
)
_NUMBER = re.compile(r"(?<![\d.])\d{1,9}(?![\d.%])")
_OPENED = re.compile(r"(?<![\d.])(?P<n>\d{1,9})(?:件次|件|条|起|宗|份|次|篇)[^\d。]{0,40}其中")
_POINT = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Share:
    """A part, the percentage stated of it, the total that opens its list, and other possible totals."""

    part: Decimal
    percent: Decimal
    total: Decimal
    others: tuple[Decimal, ...]
    quote: str


def shares_of(report: AnnualReport) -> Iterator[Share]:
    """Yield the percentages of lists with a stated total."""
    for section in report.sections:
        if "%" in section.text or "％" in section.text:
            yield from _within(section)


_MOST_SHARES = 60


def _within(section: Section) -> Iterator[Share]:
    periods = tuple(text.replace("％", "%") for text in plain_periods(section, ("",)))
    # Any number that the section states may be the base of a percentage.
    numbers = {Decimal(n) for text in periods for n in _NUMBER.findall(text)}
    for text in periods:
        for found in islice(_SHARE.finditer(text), _MOST_SHARES if "其中" in text else 0):
            opened = list(_OPENED.finditer(text, max(0, found.start() - 600), found.start()))
            if opened:
                total = Decimal(opened[-1]["n"])
                quote = text[opened[-1].start() : found.end()]
                part, percent = Decimal(found["n"]), Decimal(found["p"])
                yield Share(part, percent, total, tuple(sorted(numbers - {total})), quote)


def explains(part: Decimal, total: Decimal, percent: Decimal) -> bool:
    """Say whether part of total is the percentage: within 0.6 points, or cut off instead of rounded."""
    if total <= 0:
        return False
    true = part * 100 / total
    cut = true.quantize(percent, rounding=ROUND_DOWN)
    return cut == percent or abs(true - percent) <= _POINT
