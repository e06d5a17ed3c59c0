"""Text in a terminal: how wide it is, cut, padded and broken so that columns stand under each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CLOSING = "，。；：！？、）》”’】,.;:!?)]%"


def printable(text: str) -> str:
    """Return the text on one line without what would move the cursor, colour or turn it around."""
    if text.isascii() and text.isprintable():
        return text
    line = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(mark) in _HIDDEN else mark for mark in line)


def width(text: str) -> int:
    """Return how many columns the text takes: Chinese two each, what combines none."""
    return len(text) if text.isascii() else sum(map(_width, text))


def cut(text: str, columns: int) -> str:
    """Return the text within this many columns; what is left out is told by a mark."""
    if width(text) <= columns:
        return text
    kept, taken = [], 2
    for mark in text:
        taken += _width(mark)
        if taken > columns:
            break
        kept.append(mark)
    return f"{''.join(kept)}…"


def left(text: str, columns: int) -> str:
    """Return the text cut or filled to this many columns."""
    short = cut(text, columns)
    return short + " " * (columns - width(short))


def right(text: str, columns: int) -> str:
    """Return the text filled to this many columns from the left."""
    return " " * (columns - width(text)) + text


def broken(text: str, columns: int | None, first: str = "", rest: str = "") -> Iterator[str]:
    """Yield the text in lines of this many columns, indented; in one line where there is no limit."""
    if columns is None:
        yield first + text
        return
    line, taken, indent = "", 0, first
    for word in _words(text):
        room = columns - width(indent)
        if line and taken + width(word.rstrip()) > room:
            yield (indent + line).rstrip()
            line, taken, indent = "", 0, rest
            word = word.lstrip()
        line, taken = line + word, taken + width(word)
    if line:
        yield (indent + line).rstrip()


def _words(text: str) -> Iterator[str]:
    """Yield what is not to be broken: a word of letters or figures with its blank, or one character.

    Punctuation stays with what stands before it.
    """
    word = ""
    for mark in text:
        ends = bool(word) and (word[-1] == " " or _width(word[-1]) == 2 or _width(mark) == 2)
        if ends and mark != " " and mark not in _CLOSING:
            yield word
            word = ""
        word += mark
    if word:
        yield word


def _width(mark: str) -> int:
    if unicodedata.combining(mark) or unicodedata.category(mark) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1
