"""Writes the tables of a configuration file; names from foreign pages cannot break out of them. Pure."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Value: TypeAlias = str | bool | int | tuple[str, ...]

LONGEST_COMMENT = 300
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def table(heading: str, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield the lines of one table; a reader of TOML gets back what ``shown`` leaves of the values."""
    yield heading
    for key, value in values.items():
        yield f"{key} = {_literal(value)}"


def comment(text: str) -> str:
    """Return one line of comment."""
    return f"# {shown(text)[:LONGEST_COMMENT]}".rstrip()


def shown(text: str) -> str:
    """Return a foreign text on one line, without characters that steer a terminal or hide themselves.

    ``${`` is taken apart: in a configuration it would stand for a variable of the environment.
    """
    seen = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    return " ".join(seen.split()).replace("${", "$ {")


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_literal(part) for part in value)}]"
    return json.dumps(shown(value), ensure_ascii=False)
