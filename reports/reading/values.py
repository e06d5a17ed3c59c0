"""A published figure to its value; what is no figure stays raw text without a value. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.model import Value
from reports.text import normal

_FIGURE = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<whole>\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?P<part>\.\d{1,9})?"
    r"\s*(?P<unit>万元|元|[件条次宗起份项个篇])?\s*(?P<note>\(.*\)|\[.*\])?"
)
_SPELLED = re.compile(
    r"(?:[〇零一二两三四五六七八九]|[一二两三四五六七八九]?十[一二三四五六七八九]?)"
)
_CHANGE = re.compile(r"(?P<word>增加?|减少?)\s*(?P<rest>\d.*)")
_NO_FIGURE = re.compile(r"[-–—―─_/\\|]+|无|不适用|空白?")
_ONES = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_MINUS = str.maketrans("−﹣–", "---")
_LONGEST = 200


def read_value(raw: str, *, unit: str | None = None) -> tuple[Value | None, str | None]:
    """Return the value and the note that the publisher wrote beside it.

    ``unit`` is the unit of the cell (``元`` or ``万元``); a figure printed in the other one is
    converted. Blank, ``/``, dashes, ``无`` and any other text give (None, None).
    """
    text = normal(raw[:_LONGEST]).strip()
    if not text or _NO_FIGURE.fullmatch(text):
        return None, None
    change = _CHANGE.fullmatch(text)
    if change:
        text = ("-" if change["word"].startswith("减") else "+") + change["rest"]
    found = _FIGURE.fullmatch(text.translate(_MINUS))
    if found is None:
        return _spelled(text), None
    amount = Decimal(f"{found['sign']}{found['whole'].replace(',', '')}{found['part'] or ''}")
    amount *= _factor(found["unit"], unit)
    return _plain(amount), found["note"]


def is_value_like(raw: str) -> bool:
    """Say whether a slot holds what stands in a figure's place: a figure, a dash, 无 or nothing."""
    text = normal(raw[:_LONGEST]).strip()
    if not text or _NO_FIGURE.fullmatch(text):
        return True
    return read_value(raw)[0] is not None


def _factor(printed: str | None, wanted: str | None) -> Decimal:
    if printed == "元" and wanted == "万元":
        return Decimal("0.0001")
    return Decimal(10_000) if printed == "万元" and wanted == "元" else Decimal(1)


def _plain(amount: Decimal) -> Value:
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


def _spelled(text: str) -> int | None:
    """Read a spelled number below one hundred."""
    if not _SPELLED.fullmatch(text):
        return None
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _ONES[ones]
    return 10 * (_ONES[tens] if tens else 1) + (_ONES[ones] if ones else 0)
