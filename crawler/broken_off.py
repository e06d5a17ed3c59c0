"""Whether what came was sent to its end: a page or a file that breaks off may lack anything. Pure.

A connection that is closed without a word, or a cache that kept half an answer, looks like success. A
page shows that it is whole by closing what it opened. Some sites never do: theirs is whole when it ends
as what is known of the site does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HEAD = re.compile(rb"<head(?=[\s>])", re.I)
_BODY = re.compile(rb"<body(?=[\s>])", re.I)
_ENDS = re.compile(rb"</(?:html|body)\s*>", re.I)
_HEAD_ENDS = re.compile(rb"</(?:html|body|head)\s*>", re.I)
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<(?:!--.*?-->|![^<>]*>|\?[^<>]*>)\s*)*+<([a-z][\w:.-]*)",
    re.I | re.S,
)
_PIECES = frozenset(
    b"html head body meta link base title style script div p a span ul ol li dl table tbody tr td center "
    b"font form section article header footer main nav iframe img input br hr b strong em "
    b"h1 h2 h3 h4 h5 h6".split()
)
_FILES = ((b"%PDF", b"%%EOF", 16_000), (b"PK\x03\x04", b"PK\x05\x06", 70_000))
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_TAG = re.compile(rb"<(/?[a-z][\w:-]*)\b[^<>]*>", re.I)
_NO_LETTER = re.compile(rb"[\s\d]+")
_BEGIN, _TAIL, _VERY_END = 100_000, 20_000, 4_000
_LAST_TAGS, _LAST_LETTERS = 3, 24

End = tuple[tuple[bytes, ...], bytes]
"""How a page ends: its last tags, and its last letters without blanks and figures."""


def breaks_off(body: bytes) -> bool:
    """Say whether a page or a file begins as its kind does and does not end so.

    Markup is read in any encoding that ASCII is a part of. A page that opens neither head nor body has
    no end to look for, and a text none at all.
    """
    for begins, ends, within in _FILES:
        if body.startswith(begins):
            return ends not in body.rstrip(b"\x00\r\n\t ")[-within:]
    if _BODY.search(body, 0, _BEGIN):
        return _lacks(body, _ENDS)
    if _HEAD.search(body, 0, _BEGIN):
        return _lacks(body, _HEAD_ENDS)
    root = _root(body)
    return root is not None and root.lower() not in _PIECES and not _closes(body, root)


def shows_no_end(body: bytes) -> bool:
    """Say whether a page breaks off, or has no end to look for."""
    root = _root(body)
    is_piece = root is not None and root.lower() in _PIECES
    return breaks_off(body) or (is_piece and _lacks(body, _ENDS))


def end_of(body: bytes) -> End:
    """Return how a page ends, whether it marks its end or not."""
    end = _COMMENT.sub(b"", body[-_VERY_END:])
    tags = [found[1].lower() for found in _TAG.finditer(end)]
    named = [tag for tag in tags if tag.strip(b"/") not in (b"html", b"body")]
    letters = _NO_LETTER.sub(b"", _TAG.sub(b"", end))
    return tuple(named[-_LAST_TAGS:]), letters[-_LAST_LETTERS:]


def ends_like(body: bytes, others: Iterable[bytes]) -> bool:
    """Say whether a page ends as another of its site does."""
    return end_of(body) in map(end_of, others)


def _root(body: bytes) -> bytes | None:
    found = _ROOT.match(body, 0, _BEGIN)
    return found[1] if found else None


def _closes(body: bytes, root: bytes) -> bool:
    closed = re.compile(rb"</%b\s*>" % re.escape(root), re.I)
    return body.rstrip().endswith(b"/>") or not _lacks(body, closed)


def _lacks(body: bytes, end: re.Pattern[bytes]) -> bool:
    """Look where the end should be before the whole is searched."""
    return end.search(body, max(0, len(body) - _TAIL)) is None and end.search(body) is None
