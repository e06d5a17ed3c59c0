"""A published figure to its value; what is no figure stays raw text without a value. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.model import Value
from reports.text import normal
from reports.words import Words

_FIGURE = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<whole>\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?P<part>\.\d{1,9})?"
    r"\s*(?P<unit>万元|元|[件条次宗起份项个篇])?\s*(?P<note>\(.*\)|\[.*\]|注\d{0,2}|[*※#]+)?"
)
_CHANGE = re.compile(r"(?P<word>增加?|减少?)\s*(?P<rest>\d.*)")
_NO_FIGURE = re.compile(r"[-–—―─_/\\|]+|无|不适用|空白?")
_SEVERAL = re.compile(r"[+-]?\d[\d,.]*(?:\s+(?:[+-]?\d[\d,.]*|[-–—/]))+")
_ABOUT = re.compile(r"[约近逾超]|余|多(?:[件条]|$)|左右|以上|[上下]?百余")
_LETTER_O = re.compile(r"[OoОоΟο]+")
# Compatibility folding would make "3①" and "3²" the numbers 31 and 32.
_MARKS = re.compile(r"[①-⓿❶-➓²³¹⁰-₉]")
_MINUS = str.maketrans("−﹣–", "---")
_LONGEST = 200
_LONGEST_SHOWN = 40
_MOST_DIGITS = 18

_ONES = "零一二三四五六七八九"
_TENS = {"千": 1000, "百": 100, "十": 10}
_SPELLED = re.compile(rf"[{_ONES}千百十]{{1,8}}")
_ONE_WAY = str.maketrans("〇两壹贰叁肆伍陆柒捌玖拾佰仟", "零二一二三四五六七八九十百千")


def read_value(raw: str, *, unit: str | None = None) -> tuple[Value | None, str | None]:
    """Return the value and the note that the publisher wrote beside it.

    ``unit`` is the unit of the cell (``元`` or ``万元``); a figure printed in the other one is
    converted. Blank, ``/``, dashes, ``无`` and any other text give (None, None).
    """
    if is_digits(raw):
        return int(raw), None
    text = _text(raw)
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


def is_digits(raw: str) -> bool:
    """Say whether the text is digits alone, as nearly every figure is: it needs no pattern."""
    return raw.isascii() and raw.isdigit() and len(raw) <= _MOST_DIGITS


def is_value_like(raw: str) -> bool:
    """Say whether a slot holds what stands in a figure's place: figures, a dash, 无 or nothing."""
    if not raw or is_digits(raw):
        return True
    text = _text(raw)
    if not text or _NO_FIGURE.fullmatch(text) or _LETTER_O.fullmatch(text):
        return True
    return read_value(raw)[0] is not None or _SEVERAL.fullmatch(text) is not None


def holds_several(raw: str) -> bool:
    """Say whether the slot holds more than one number, or a number and a dash, side by side."""
    return not is_digits(raw) and _SEVERAL.fullmatch(_text(raw)) is not None


def why_no_value(raw: str) -> Words:
    """Return why this text has no value, with the text itself."""
    text = _text(raw)
    shown = raw.strip()[:_LONGEST_SHOWN]
    if not text:
        return Words("该格为空白，不等于 0", "the cell is blank, which is not 0")
    if _NO_FIGURE.fullmatch(text):
        return Words(
            f"该格写作“{shown}”，不是数字，也不等于 0",
            f"the cell reads “{shown}”, which is no number and not 0",
        )
    if _LETTER_O.fullmatch(text):
        return Words(
            f"该格写作字母“{shown}”，不当作 0",
            f"the cell reads the letter “{shown}”, not taken as 0",
        )
    if _SEVERAL.fullmatch(text):
        return Words(
            f"该格写作“{shown}”，可能不止一个数，不予采用",
            f"the cell reads “{shown}”, which may be more than one number; none is taken",
        )
    if _ABOUT.search(text):
        return Words(
            f"该格写作“{shown}”，是约数，不当作准确数字",
            f"the cell reads “{shown}”, which is about a number and not taken as one",
        )
    return Words(f"该格写作“{shown}”，不是数字", f"the cell reads “{shown}”, which is no number")


def _text(raw: str) -> str:
    return normal(_MARKS.sub("※", raw[:_LONGEST])).strip()


def _factor(printed: str | None, wanted: str | None) -> Decimal:
    if printed == "元" and wanted == "万元":
        return Decimal("0.0001")
    return Decimal(10_000) if printed == "万元" and wanted == "元" else Decimal(1)


def _plain(amount: Decimal) -> Value:
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


def _spelled(text: str) -> int | None:
    """Read a number spelled in full below ten thousand; 一百二 may be 102 or 120 and is none."""
    plain = text.translate(_ONE_WAY)
    if not _SPELLED.fullmatch(plain):
        return None
    total, ones = 0, 0
    for sign in plain:
        if sign in _TENS:
            total += (ones or 1) * _TENS[sign]
            ones = 0
        else:
            ones = _ONES.index(sign)
    total += ones
    return total if plain in _spellings(total) else None


def _spellings(number: int) -> tuple[str, ...]:
    """Return the full spelling, and the usual one without the 一 of a leading 一十."""
    full, gap = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            full += ("零" if gap else "") + _ONES[digit] + sign
        gap = bool(full) and not digit
    full = full or "零"
    return (full, full[1:]) if full.startswith("一十") else (full,)
