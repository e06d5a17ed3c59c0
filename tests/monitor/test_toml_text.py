"""Foreign names in the tables of a configuration stay names."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.toml_text import comment, shown, table

NASTY = (
    '甲县"]\nkey = "x',
    "a\\",
    "\x00\x1b[31m红",
    "\u202e倒着写",
    "\ud800",
    "${HOME}",
    "行一\r\n行二\u2028行三",
    "\x7f",
    "# 注释",
    "",
)


@pytest.mark.parametrize("name", NASTY)
def test_a_table_reads_back_as_the_shown_value(name: str) -> None:
    text = "\n".join(table("[[sites]]", {"name": name, "many": (name, "乙"), "yes": True, "n": 3}))
    (read,) = tomllib.loads(text)["sites"]
    assert read == {"name": shown(name), "many": [shown(name), "乙"], "yes": True, "n": 3}


@given(st.text(max_size=60))
def test_any_name_is_read_back_and_names_no_variable(name: str) -> None:
    lines = [comment(name), *table("[[sites]]", {"name": name})]
    text = "\n".join(lines)
    text.encode("utf-8")
    assert tomllib.loads(text) == {"sites": [{"name": shown(name)}]}
    assert "${" not in text
    assert shown(shown(name)) == shown(name)
