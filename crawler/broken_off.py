"""Whether what came was sent to its end: a page or a file that breaks off may lack anything. Pure.

A connection that is closed without a word, or a cache that kept half an answer, looks like success. A
page shows that it is whole by closing its body. Some sites never do: theirs is whole when it ends as
what is known of the site does.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<(?:!--.*?-->|!(?!--)[^<>]*>|\?[^<>]*>)\s*)*+<([a-z][\w:.-]{0,60})",
    re.I | re.S,
)
_STORES = frozenset((b"datastore", b"rss", b"feed", b"urlset", b"sitemapindex", b"rdf:rdf"))
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.I)
_HEAD = re.compile(rb"<head(?=[\s>])", re.I)
_BODY = re.compile(rb"<body(?=[\s>])", re.I)
_ENDS = re.compile(rb"</(?:html|body|frameset)\s*>", re.I)
_HEAD_ENDS = re.compile(rb"</(?:html|head)\s*>", re.I)
_PIECE_ENDS = re.compile(rb"</(?:ul|ol|dl|div|table|section|center|form)\s*>\s*\Z", re.I)
_FILES = ((b"%PDF", b"%%EOF", 64 << 10), (b"PK\x03\x04", b"PK\x05\x06", 1 << 20))
_SILENT = re.compile(rb"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(rb"<(/?[a-z][\w:-]{0,60})\b[^<>]*>", re.I)
_NO_LETTER = re.compile(rb"[\s\d]+")
_BEGIN, _TAIL, _AFTER, _VERY_END = 100_000, 20_000, 20_000, 6_000
_MOST_AFTER, _LAST = 600, 200
_TAGS, _FEW_TAGS, _LETTERS = 8, 3, 24


@dataclass(frozen=True, slots=True)
class End:
    """How a page ends: its last tags, and its last letters without blanks, figures and scripts."""

    tags: tuple[bytes, ...]
    letters: bytes

    def is_like(self, other: End) -> bool:
        """Say whether two pages of a site end alike: by many tags, or by few and what they say."""
        if len(self.tags) == _TAGS and self.tags == other.tags:
            return True
        few = self.tags[-_FEW_TAGS:] == other.tags[-_FEW_TAGS:]
        return bool(self.tags) and few and self.letters == other.letters


def breaks_off(body: bytes) -> bool:
    """Say whether a page or a file begins as its kind does and does not end so.

    Markup is read in any encoding that ASCII is a part of. A page that opens neither head nor body has
    no end to look for, and what is no markup has none at all.
    """
    for begins, ends, within in _FILES:
        if body.startswith(begins):
            return ends not in body.rstrip(b"\x00")[-within:]
    root = _root(body)
    if root is None:
        return False
    if _is_data(body, root):
        return not _closes(body, root)
    if _BODY.search(body):
        return not _ends(body)
    return bool(_HEAD.search(body, 0, _BEGIN)) and not _HEAD_ENDS.search(body)


def shows_no_end(body: bytes) -> bool:
    """Say whether a page breaks off, or is a piece of markup that closes nothing at its end."""
    if breaks_off(body):
        return True
    root = _root(body)
    if root is None or _is_data(body, root):
        return False
    return not _ends(body) and not _PIECE_ENDS.search(body, max(0, len(body) - _LAST))


def end_of(body: bytes) -> End:
    """Return how a page ends, whether it marks its end or not."""
    end = _SILENT.sub(b"", body[-_VERY_END:])
    tags = [found[1].lower() for found in _TAG.finditer(end)]
    named = [tag for tag in tags if tag.strip(b"/") not in (b"html", b"body")]
    return End(tuple(named[-_TAGS:]), _letters(end)[-_LETTERS:])


def ends_like(body: bytes, others: Iterable[bytes]) -> bool:
    """Say whether a page ends as another of its site does."""
    own = end_of(body)
    return any(own.is_like(end_of(other)) for other in others)


def _root(body: bytes) -> bytes | None:
    found = _ROOT.match(body, 0, _BEGIN)
    return found[1].lower() if found else None


def _is_data(body: bytes, root: bytes) -> bool:
    return root in _STORES or (root != b"html" and _DECLARED.match(body) is not None)


def _closes(body: bytes, root: bytes) -> bool:
    closed = re.compile(rb"</%b\s*>" % re.escape(root), re.I)
    return body.rstrip().endswith(b"/>") or _last(closed, body) is not None


def _ends(body: bytes) -> bool:
    """Say whether the page closes its body, and not in a script or comment in the midst of it."""
    after = _last(_ENDS, body)
    if after is None:
        return False
    return len(_letters(_SILENT.sub(b"", body[after : after + _AFTER]))) <= _MOST_AFTER


def _last(end: re.Pattern[bytes], body: bytes) -> int | None:
    """Return where the last such end ends; it is looked for where it should be, then everywhere."""
    for start in (max(0, len(body) - _TAIL), 0):
        newest = deque(end.finditer(body, start), maxlen=1)
        if newest:
            return newest[0].end()
    return None


def _letters(markup: bytes) -> bytes:
    return _NO_LETTER.sub(b"", _TAG.sub(b"", markup))
