"""Bytes to text: the declared encodings are hints, the one that fits the bytes wins. Pure."""

from __future__ import annotations

import re

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from reports.documents.unreadable import garbage

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd\ue000-\uf8ff]")
_GARBAGE_SHARE = 0.03
_UTF8_FORGIVEN = 0.002


def decode(body: bytes, charset: str | None) -> tuple[str, str]:
    """Return the text and the encoding used.

    A byte order mark decides; then UTF-8 when the bytes are UTF-8 (a long GBK text never is by chance);
    then what the page or the header declares; then GB 18030. Raises Unreadable for binary garbage.
    """
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        text = body[len(mark) :].decode(marked, "replace")
        return _readable(text), marked
    best = ("", "", 2.0)
    for encoding in _candidates(body, charset):
        text = _decoded(body, encoding)
        lost = text.count("\ufffd") / max(len(text), 1)
        if lost == 0 or (encoding == "utf-8" and lost <= _UTF8_FORGIVEN):
            return _readable(text), encoding
        if lost < best[2]:
            best = (text, encoding, lost)
    return _readable(best[0]), best[1]


def _candidates(body: bytes, charset: str | None) -> tuple[str, ...]:
    declared = (html_body_declared_encoding(body), resolve_encoding(charset) if charset else None)
    names = ("utf-8", *(name for name in declared if name), "gb18030", "big5")
    return tuple(dict.fromkeys(names))


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        # A declared codec may be no text codec, or one that refuses "replace".
        return "\ufffd"


def _readable(text: str) -> str:
    sample = text[:200_000]
    if len(_CONTROLS.findall(sample)) > _GARBAGE_SHARE * len(sample):
        raise garbage()
    return text.replace("\x00", "")
