"""What a text says, apart from how it is set: typography, layout and counters are no content. Pure."""

from __future__ import annotations

import re
import unicodedata

from reports.text import normal

_COUNTERS = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|人次|总数|数|量)[:：]?\d{1,12}(?:次|人次|人)?"
)
_BETWEEN_DIGITS = frozenset(".,:/-")
_SIGNS = frozenset("%‰+<>=")
_NO_FIGURE = frozenset("/\\-—–―-－_ 　")


def wording(text: str) -> str:
    """Return the words and figures of a text, without blanks, punctuation and counters of visits.

    Equal for two texts that differ in quotation marks, commas, line breaks or width only. What stands
    between two digits is kept: 1.2 is not 12.
    """
    plain = _COUNTERS.sub("", "".join(normal(text).split()))
    return "".join(sign for place, sign in enumerate(plain) if _counts(plain, place, sign))


def _counts(text: str, place: int, sign: str) -> bool:
    if sign.isalnum() or sign in _SIGNS:
        return True
    if sign in _BETWEEN_DIGITS:
        around = text[place - 1 : place] + text[place + 1 : place + 2]
        return len(around) == 2 and around.isdigit()
    return unicodedata.category(sign)[0] not in "PSZC"


def is_no_figure(raw: str | None) -> bool:
    """Say whether a cell prints nothing but a blank or a stroke."""
    return raw is not None and all(sign in _NO_FIGURE or sign.isspace() for sign in raw)
