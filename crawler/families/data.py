"""Data instead of a page: JSON answers, and data that a page carries in a script. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

LONGEST = 4 << 20
"""Characters; a list of a thousand reports has half a million."""

_CALLBACK = re.compile(r"^[\w$.]{1,60}\(")
_CONFIG = re.compile(r"\b_CONFIG\b")


def is_data(text: str) -> bool:
    """Say whether an answer begins as JSON does, perhaps wrapped in a call."""
    start = text[:200].lstrip("\ufeff \t\r\n")
    return start.startswith(("{", "[")) or _CALLBACK.match(start) is not None


def json_value(text: str) -> Any | None:
    """Return the value of a JSON answer; None when it is none, or beyond all measure."""
    plain = text.strip("\ufeff \t\r\n;")
    called = _CALLBACK.match(plain)
    if called and plain.endswith(")"):
        plain = plain[called.end() : -1]
    return value_at(plain, 0) if len(plain) <= LONGEST and is_data(plain) else None


def value_at(text: str, start: int) -> Any | None:
    """Return the JSON value that begins at a place of a script, None when none does."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text[start : start + LONGEST].lstrip())
    except (ValueError, RecursionError):
        return None
    return value


def holds_data(text: str) -> bool:
    """Say whether a page that shows nothing carries its list as data: it is no challenge."""
    return "<record" in text or _CONFIG.search(text) is not None
