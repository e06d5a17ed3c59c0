"""The row labels in a stretch of words: divided at their numbers, wrapped ones joined. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.documents.flattened.tokens import Token
from reports.documents.flattened.words import letters
from reports.forms.requests import COMMON_ROWS, column_of, row_of

_ENUMERATOR = re.compile(
    r"[一二三四]\s*、|[（(]\s*[一二三四五六七]\s*[）)]|[㈠-㈦]|(?<![0-9０-９])[1-8１-８]\s*[.、．]|[①-⑧]"
)
_HEAD_WORDS = ("申请人情况", "法人或其他组织", "勾稽关系")


@dataclass(frozen=True, slots=True)
class Labels:
    """What words before a row of figures say.

    ``before`` is the head of the table (only in the first stretch), ``tail`` the end of the label above,
    ``heads`` the labels with their keys in order; a key is None for a group or a torn label.
    """

    before: str
    tail: str
    heads: tuple[tuple[str, str | None], ...]


def labels_of(words: Sequence[Token], *, is_first: bool) -> Labels:
    """Return the labels in these words."""
    texts = [token.text for token in words]
    if not is_first:
        texts = _without_head(texts)
    text = "".join(texts)
    starts = [found.start() for found in _ENUMERATOR.finditer(text)]
    if not starts:
        return _unnumbered(texts, is_first=is_first)
    pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    front = text[: starts[0]]
    heads = tuple(_without_groups([(piece, row_of(piece)) for piece in pieces]))
    return Labels(letters(front) if is_first else "", "" if is_first else front, heads)


def _unnumbered(texts: Sequence[str], *, is_first: bool) -> Labels:
    """Read words without any number before them: each line may be a label by itself."""
    named = [(text, row_of(text)) for text in texts]
    if is_first:
        named = [(text, key) for text, key in named if key not in COMMON_ROWS]
    heads = tuple((text, key) for text, key in named if key)
    if heads:
        known = {text for text, _ in heads}
        rest = "".join(text for text in texts if text not in known)
        return Labels(letters(rest) if is_first else "", "", heads)
    whole = "".join(texts)
    key = row_of(whole) if whole and not is_first else None
    if key:
        return Labels("", "", ((whole, key),))
    return Labels(letters(whole) if is_first else "", "" if is_first else whole, ())


def _without_head(texts: Sequence[str]) -> list[str]:
    """Drop a head that is repeated after a page break."""
    if not any(_is_head(text) for text in texts):
        return list(texts)
    return [text for text in texts if not _is_head(text) and column_of(text) is None]


def _is_head(text: str) -> bool:
    return column_of(text) not in (None, "other", "total") or any(w in text for w in _HEAD_WORDS)


def _without_groups(
    heads: Iterable[tuple[str, str | None]],
) -> list[tuple[str, str | None]]:
    """Drop （六）其他处理 where its own rows follow: there it heads a group and is no row."""
    listed = list(heads)
    return [
        (text, key)
        for n, (text, key) in enumerate(listed)
        if not (key == "other" and n + 1 < len(listed))
    ]
