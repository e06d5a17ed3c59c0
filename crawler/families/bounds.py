"""Which pages are too costly to take apart. Pure.

The parser compares each attribute of a tag with all others of it, and each end tag with all open
elements: a page of a megabyte can hold it for minutes. All counts here are linear in the page.
"""

from __future__ import annotations

import re
from collections import Counter

MOST_TAGS = 300_000
"""More than any page of a site has; such pages are kept, but not taken apart here."""
MOST_COMPARISONS = 100_000_000
"""A few tenths of a second of the parser's time, for attributes and for end tags each."""
DEEPEST = 2_048
"""The parser goes no deeper."""

_B = r"[\t\n\f\r ]"
_ATTRIBUTE = (
    rf"[^\t\n\f\r />][^\t\n\f\r />=]*+(?:{_B}*+={_B}*+"
    r"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r >\"'][^\t\n\f\r >]*+)?+)?+"
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
# What is a tag to the parser: only behind an equals sign does a quote hide what follows, and
# comments and scripts hold no tags.
_TAGS = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<raw>script|style|title|textarea)(?=[\t\n\f\r />])(?P<its>(?:[\t\n\f\r /]++|{_ATTRIBUTE})*+)"
    r".*?(?:</(?P=raw)(?=[\t\n\f\r />])|\Z)"
    rf"|<[A-Za-z][^\t\n\f\r />]*+(?P<own>(?:[\t\n\f\r /]++|{_ATTRIBUTE})*+)",
    re.I | re.S,
)
_SHORT = 200
_NAMES = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
# They end of themselves where the next one begins, or have no end at all.
_NEVER_DEEP = frozenset({"p", "li", "td", "tr", "th", "option", "dd", "dt", "br", "img", "input"})


def is_bounded(text: str) -> bool:
    """Say whether the parser takes a page apart in reasonable time."""
    return text.count("<") <= MOST_TAGS and _ends_are_few(text) and _attributes_are_few(text)


def _attributes_are_few(text: str) -> bool:
    comparisons = 0
    for found in _TAGS.finditer(text):
        attributes = found["its"] or found["own"] or ""
        if len(attributes) > _SHORT:
            comparisons += sum(1 for _ in _ATTRIBUTES.finditer(attributes)) ** 2
            if comparisons > MOST_COMPARISONS:
                return False
    return True


def _ends_are_few(text: str) -> bool:
    if text.count("</") * DEEPEST <= MOST_COMPARISONS:
        return True
    still_open: Counter[str] = Counter()
    depth = comparisons = 0
    for slash, name in _NAMES.findall(text.lower()):
        if slash:
            comparisons += min(depth, DEEPEST)
        if name in _NEVER_DEEP or (slash and not still_open[name]):
            continue
        change = -1 if slash else 1
        still_open[name] += change
        depth += change
    return comparisons <= MOST_COMPARISONS
