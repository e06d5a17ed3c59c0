"""Text that was decoded wrongly before it was stored, mended when nothing is lost by it. Pure."""

from __future__ import annotations

import re

_WORDS = ("政府", "公开", "年度", "信息")
_GBK_SIGNS = tuple(word.encode().decode("gb18030", "ignore")[:2] for word in _WORDS)
_FEWEST = 2
# What the first byte of a Chinese character looks like in Latin-1, and a sign of the second byte.
_LATIN = re.compile(
    "[\u00c0-\u00f7][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122\u00c0-\u00fe]"
)
_WINDOWS = {
    ord(sign): byte
    for byte in range(0x80, 0xA0)
    if (sign := bytes([byte]).decode("cp1252", "ignore"))
}
_FEWEST_LATIN = 30
_WORTH_TRYING = 8


def has_our_words(text: str) -> bool:
    """Say whether a word that every report has stands in the text."""
    return any(word in text for word in _WORDS)


def is_garbled(text: str) -> bool:
    """Say whether the text reads like Chinese decoded wrongly."""
    return _like_gbk(text) or _latin_signs(text) >= _FEWEST_LATIN


def repaired(text: str) -> tuple[str, str] | None:
    """Return the text as it was meant and its true encoding; None unless every character comes back."""
    if _like_gbk(text):
        return _meant(_as_gbk(text), "utf-8")
    if _latin_signs(text) >= _WORTH_TRYING:
        body = _as_latin(text)
        return _meant(body, "utf-8") or _meant(body, "gb18030")
    return None


def _like_gbk(text: str) -> bool:
    return sum(sign in text for sign in _GBK_SIGNS) >= _FEWEST


def _latin_signs(text: str) -> int:
    return len(_LATIN.findall(text[:200_000]))


def _as_gbk(text: str) -> bytes | None:
    try:
        # Windows reads the byte 80 as the sign of the euro.
        return b"\x80".join(part.encode("gb18030") for part in text.split("€"))
    except UnicodeEncodeError:
        return None


def _as_latin(text: str) -> bytes | None:
    try:
        # What Windows shows for 80 to 9F goes back to the byte that it was.
        return text.translate(_WINDOWS).encode("latin-1")
    except UnicodeEncodeError:
        return None


def _meant(body: bytes | None, encoding: str) -> tuple[str, str] | None:
    try:
        text = body.decode(encoding) if body is not None else ""
    except UnicodeDecodeError:
        return None
    return (text, encoding) if has_our_words(text) else None
