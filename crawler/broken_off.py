"""Whether what came was sent to its end: a page or a file that breaks off may lack anything. Pure.

A connection that is closed without a word, or a cache that kept half an answer, looks like success. A
page shows that it is whole by closing its body. Some sites never do: theirs is whole when it ends as
what is known of the site does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_BLANK = rb"(?:\xef\xbb\xbf|\s)*+"
_ROOT = re.compile(
    _BLANK + rb"(?:<(?:!--.*?-->|!(?!--)[^<>]*>|\?[^<>]*>)" + _BLANK + rb")*+<([a-z][\w:.-]{0,60})",
    re.I | re.S,
)
_STORES = frozenset((b"datastore", b"rss", b"feed", b"urlset", b"sitemapindex", b"rdf:rdf"))
_DECLARED = re.compile(_BLANK + rb"<\?xml\b", re.I)
_SCRIPTED = re.compile(_BLANK + rb"(?:[\[{\"']|[\w.$]{1,80}\s*[(=])")
_HEAD = re.compile(rb"<head(?=[\s>])", re.I)
_BODY = re.compile(rb"<body(?=[\s>])", re.I)
_HEAD_ENDS = re.compile(rb"</(?:html|head)\s*>", re.I)
_PIECE_ENDS = re.compile(rb"</(?:ul|ol|dl|div|table|section|center|form)\s*>\s*\Z", re.I)
_VERY_LAST = re.compile(rb"</(?:html|body|frameset)\s*>\s*\Z", re.I)
_MARKS = re.compile(
    rb"(?P<off>-->)|<(?:(?P<comment>!--)|(?P<script>script|style)\b|/(?P<over>script|style)\s*>"
    rb"|/(?P<end>html|body|frameset)\s*>)",
    re.I,
)
_ZIP, _ZIP_ENDS, _ZIP_TAIL = b"PK\x03\x04", b"PK\x05\x06", 1 << 20
_PDF, _PDF_ENDS, _PDF_TAIL = b"%PDF", b"%%EOF", 64 << 10
_PDF_BEGINS = re.compile(rb"startxref\s+0\s+%%EOF")
_TAG = re.compile(rb"<(/?[a-z][\w:-]{0,60})\b[^<>]*>", re.I)
_NO_LETTER = re.compile(rb"[\s\d]+")
_BEGIN, _VERY_END, _LAST = 100_000, 1_500, 200
_MOST_AFTER, _AFTER = 3_000, 20_000
_TAGS, _FEW_TAGS, _LETTERS = 8, 3, 24


@dataclass(frozen=True, slots=True)
class End:
    """How a page ends: its last tags, and its last letters without blanks, figures and scripts.

    ``is_open`` says that it shows no end.
    """

    tags: tuple[bytes, ...]
    letters: bytes
    is_open: bool

    def says_like(self, other: End) -> bool:
        """Say whether two pages end with the same words in the same tags."""
        few = self.tags[-_FEW_TAGS:] == other.tags[-_FEW_TAGS:]
        return few and bool(self.letters) and self.letters == other.letters

    def is_like(self, before: End) -> bool:
        """Say whether a list that shows no end ends as one did before that showed none either."""
        many = len(self.tags) == _TAGS and self.tags == before.tags
        return before.is_open and (many or self.says_like(before))


def breaks_off(body: bytes) -> bool:
    """Say whether a page or a file begins as its kind does and does not end so.

    Markup is read in any encoding that ASCII is a part of. A page that opens neither head nor body has
    no end to look for, and what is no markup has none at all.
    """
    if body.startswith(_ZIP):
        return _ZIP_ENDS not in body[-_ZIP_TAIL:]
    if body.startswith(_PDF):
        return _PDF_ENDS not in _PDF_BEGINS.sub(b"", body.rstrip(b"\x00")[-_PDF_TAIL:])
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
    end = b"".join(_spoken(body[-_VERY_END:]))
    tags = [found[1].lower() for found in _TAG.finditer(end)]
    named = [tag for tag in tags if tag.strip(b"/") not in (b"html", b"body")]
    return End(tuple(named[-_TAGS:]), _letters(end)[-_LETTERS:], shows_no_end(body))


def ends_like(body: bytes, others: Iterable[bytes]) -> bool:
    """Say whether a page ends with the same words as another of its site does."""
    own = end_of(body)
    return any(own.says_like(end_of(other)) for other in others)


def _root(body: bytes) -> bytes | None:
    """Return the first tag, that of a body where other text comes before it; None for no markup."""
    found = _ROOT.match(body, 0, _BEGIN)
    if found is not None:
        return found[1].lower()
    is_page = not _SCRIPTED.match(body) and _BODY.search(body, 0, _BEGIN) is not None
    return b"body" if is_page else None


def _is_data(body: bytes, root: bytes) -> bool:
    return root in _STORES or (root != b"html" and _DECLARED.match(body) is not None)


def _closes(body: bytes, root: bytes) -> bool:
    closed = re.compile(rb"</%b\s*>" % re.escape(root), re.I)
    return body.rstrip().endswith(b"/>") or closed.search(body) is not None


def _ends(body: bytes) -> bool:
    """Say whether the page closes its body, in no script or comment and with little text after it."""
    if _VERY_LAST.search(body, max(0, len(body) - _LAST)):
        return True
    end = 0
    for found in _outside(body):
        if found["end"]:
            end = found.end()
    if not end:
        return False
    after = b"".join(_spoken(body[end:]))[:_AFTER]
    return len(_letters(after)) <= _MOST_AFTER


def _outside(body: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the marks that stand in no comment and no script, and those that begin and end such."""
    inside = None
    for found in _MARKS.finditer(body):
        kind = found.lastgroup
        if inside is None:
            yield found
            inside = {"comment": "off", "script": "over"}.get(kind or "")
        elif kind == inside:
            yield found
            inside = None


def _spoken(body: bytes) -> Iterator[bytes]:
    """Yield what stands in no comment and no script."""
    start, is_silent = 0, False
    for found in _outside(body):
        if found["comment"] or found["script"]:
            yield body[start : found.start()]
            is_silent = True
        elif is_silent:
            start, is_silent = found.end(), False
    if not is_silent:
        yield body[start:]


def _letters(markup: bytes) -> bytes:
    return _NO_LETTER.sub(b"", _TAG.sub(b"", markup))
