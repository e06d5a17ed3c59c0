"""Bytes to text: the declared encodings are hints, the one that fits the bytes wins. Pure."""

from __future__ import annotations

import re

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from reports.documents.text.mojibake import has_our_words, is_garbled, repaired
from reports.documents.unreadable import garbage
from reports.words import Words

_CONTROLS = bytes([*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_NO_CONTROLS = bytes(byte for byte in range(256) if byte not in _CONTROLS)
# U+E000 to U+F8FF in UTF-8: characters that only one machine knew.
_PRIVATE = re.compile(rb"\xef[\x80-\xa3]")
_GARBAGE_SHARE = 0.03
_UTF8_FORGIVEN = 0.002
_SAMPLE = 4096
_WIDE_SHARE = 0.9
# High bytes of Chinese text in UTF-16: Latin, punctuation, characters, full-width forms.
_WIDE_HIGH = frozenset([0x00, 0x20, 0x30, *range(0x4E, 0xA0), 0xFF])
# Six characters of three bytes in a row: no text in GBK looks like that by chance.
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){6}")
_BETWEEN_TAGS = re.compile(rb"[^<>\n]+")
_AMBIGUOUS = 8
_LOST_RUN = re.compile(r"\?{3,}")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def decode(body: bytes, charset: str | None) -> tuple[str, str]:
    """Return the text and the encoding used.

    A byte order mark decides; then UTF-8 when the bytes are UTF-8 (a long GBK text never is by chance);
    then UTF-16 without a mark; then what the page or the header declares; then GB 18030; a page put
    together from both is decoded part by part. Text that was decoded wrongly before it was stored is
    repaired when nothing is lost by it, and the encoding then says so (``utf-8 (repaired)``). Raises
    Unreadable for binary garbage and for text whose characters are lost.
    """
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return _readable(body[len(mark) :].decode(marked, "replace"), marked)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _readable(*_best(body, charset, is_utf8=False))
    if b"\x00" in body[:_SAMPLE] and _wide(body):
        return _readable(*_best(body, charset, is_utf8=True))
    return _readable(text, "utf-8")


def _best(body: bytes, charset: str | None, *, is_utf8: bool) -> tuple[str, str]:
    best = ("", "", 2.0)
    for encoding in _candidates(body, charset, is_utf8=is_utf8):
        text = _decoded(body, encoding)
        lost = text.count("\ufffd") / max(len(text), 1)
        if lost == 0 or (encoding == "utf-8" and lost <= _UTF8_FORGIVEN):
            return text, encoding
        if lost < best[2]:
            best = (text, encoding, lost)
    return best[:2]


def loss_remark(text: str) -> Words | None:
    """Return what to say of characters that could not be decoded; None when all could."""
    lost = text.count("\ufffd")
    if not lost:
        return None
    return Words(
        f"有 {lost} 个字符无法解码，可能影响文字与数字的读取，请对照原件。",
        f"{lost} characters could not be decoded, which may affect words and figures; "
        "compare the original.",
    )


def _candidates(body: bytes, charset: str | None, *, is_utf8: bool) -> tuple[str, ...]:
    mixed = () if is_utf8 or not _UTF8_RUN.search(body) else ("mixed",)
    declared = (html_body_declared_encoding(body), resolve_encoding(charset) if charset else None)
    named = (name for name in declared if name)
    return tuple(dict.fromkeys((*_wide(body), "utf-8", *mixed, *named, "gb18030", "big5")))


def _wide(body: bytes) -> tuple[str, ...]:
    """Return UTF-16 in the order of bytes that the text shows, where it shows one."""
    sample = body[: min(_SAMPLE, len(body) // 2 * 2)]
    if len(body) % 2 or b"\x00" not in sample and _UTF8_RUN.search(sample):
        return ()
    for name, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        fits = sum(byte in _WIDE_HIGH for byte in high)
        if high and fits >= _WIDE_SHARE * len(high) and low.count(0) * 2 < len(low):
            return (name,)
    return ()


def _decoded(body: bytes, encoding: str) -> str:
    if encoding == "mixed":
        return _decoded_in_parts(body)
    try:
        return body.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        # A declared codec may be no text codec, or one that refuses "replace".
        return "\ufffd"


def _decoded_in_parts(body: bytes) -> str:
    """Decode what stands between two tags as UTF-8 or GB 18030; short texts follow their neighbour."""
    parts: list[str] = []
    at, last = 0, "utf-8"
    for found in _BETWEEN_TAGS.finditer(body):
        part = found.group()
        parts.append(body[at : found.start()].decode("ascii", "replace"))
        at = found.end()
        if part.isascii():
            parts.append(part.decode("ascii"))
            continue
        last = _encoding_of(part, last)
        parts.append(part.decode(last, "replace"))
    return "".join(parts) + body[at:].decode("ascii", "replace")


def _encoding_of(part: bytes, last: str) -> str:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return last if len(part) <= _AMBIGUOUS else "utf-8"


def _readable(text: str, encoding: str) -> tuple[str, str]:
    encoding = "utf-8 + gb18030" if encoding == "mixed" else encoding
    sample = text[:200_000]
    if not has_our_words(text):
        mended = repaired(text)
        if mended is not None:
            text, original = mended
            return text.replace("\x00", ""), f"{original} (repaired)"
        if is_garbled(text) or _is_lost(sample):
            raise garbage()
    if _strange(sample) > _GARBAGE_SHARE * len(sample):
        raise garbage()
    return text.replace("\x00", "") if "\x00" in text else text, encoding


def _strange(sample: str) -> int:
    """Count control characters, characters for private use, and those that could not be decoded."""
    body = sample.encode("utf-8", "replace")
    controls = len(body.translate(None, _NO_CONTROLS))
    private = body.count(b"\xee") + len(_PRIVATE.findall(body))
    return controls + private + sample.count("\ufffd")


def _is_lost(sample: str) -> bool:
    """Say whether question marks stand where the characters were."""
    lost = sum(len(run) for run in _LOST_RUN.findall(sample))
    return lost > 50 and lost > len(_CHINESE.findall(sample))
