"""Text as the readers compare it: one width, no blanks, no look-alike radicals. Pure."""

from __future__ import annotations

import re
import unicodedata

# PDF printers put radicals where characters belong; NFKC repairs the Kangxi block but not these.
_REPAIRS = str.maketrans(
    "⺠⻅⻥⻓⻔⻬⻢⻋⻉⻘⻩⻰", "民见鱼长门齐马车贝青黄龙", "\u200b\u200c\u200d\u2060\ufeff\u00ad"
)
_BLANKS = re.compile(r"\s+")


def normal(text: str) -> str:
    """Return the text in NFKC with look-alike radicals and invisible characters repaired."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_REPAIRS)


def squeeze(text: str) -> str:
    """Return the normal text without any blank, for comparing labels and headings."""
    return _BLANKS.sub("", normal(text))


def one_line(text: str) -> str:
    """Return the text as published with every run of blanks as one space."""
    return " ".join(text.split())
