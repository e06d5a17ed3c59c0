"""Says in one sentence each what is wrong with a configuration, naming the key and never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reports.words import Words

_EXPECTED = {
    "int": Words("应为整数", "a whole number is expected"),
    "float": Words("应为数字", "a number is expected"),
    "bool": Words("应为 true 或 false", "true or false is expected"),
    "string": Words("应为带引号的文字", "a quoted text is expected"),
    "tuple": Words("应为列表 […]", "a list […] is expected"),
    "dict": Words("应为一个表 [...]", "a table is expected"),
    "list": Words("应为列表 […]", "a list […] is expected"),
    "model": Words("应为一个表 [...]", "a table is expected"),
    "path": Words("应为文件路径", "a path is expected"),
}
_SECRET = ("channels", "database")
_LIMITS = {
    "greater_than_equal": ("ge", "不能小于", "must be at least"),
    "greater_than": ("gt", "应大于", "must be greater than"),
    "less_than_equal": ("le", "不能大于", "must be at most"),
    "less_than": ("lt", "应小于", "must be less than"),
}


def explained(path: Path, error: ValidationError) -> tuple[Words, ...]:
    """Return one sentence for every key at fault; a list that only holds a bad item is not blamed."""
    places = [problem["loc"] for problem in error.errors()]
    return tuple(
        _sentence(path, dict(problem))
        for problem in error.errors()
        if not any(_is_inside(place, problem["loc"]) for place in places)
    )


def _is_inside(place: tuple[str | int, ...], other: tuple[str | int, ...]) -> bool:
    return len(place) > len(other) and place[: len(other)] == other


def _sentence(path: Path, problem: Mapping[str, Any]) -> Words:
    key = _dotted(problem["loc"])
    if problem["type"] == "extra_forbidden":
        return Words(
            f"{path}：没有名为 {key} 的配置项；请核对拼写。",
            f"{path}: there is no key named {key}; check the spelling.",
        )
    if problem["type"] == "missing":
        return Words(
            f"{path}：缺少配置项 {key}；请补上。", f"{path}: key {key} is missing; add it."
        )
    shown, why = _shown(problem), reason_of(problem)
    return Words(
        f"{path}：配置项 {key} 的值 {shown} 不正确，{why.zh}；请改正。",
        f"{path}: key {key} has the wrong value {shown}: {why.en}; mend it.",
    )


def _shown(problem: Mapping[str, Any]) -> str:
    """Return the value found, never what may hold an address with its password, never a whole table."""
    place = problem["loc"]
    if place[0] in _SECRET and (len(place) < 3 or place[-1] == "url"):
        return "***"
    value = problem["input"]
    if isinstance(value, Decimal):
        return str(value)
    return "{…}" if isinstance(value, dict) else repr(value)[:80]


def reason_of(problem: Mapping[str, Any]) -> Words:
    """Return why a value is refused, as a part of a sentence."""
    kind, context = problem["type"], problem.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return Words(f"可用的值：{context['expected']}", f"allowed: {context['expected']}")
    if kind in _LIMITS:
        name, zh, en = _LIMITS[kind]
        return Words(f"{zh} {context[name]}", f"{en} {context[name]}")
    if kind in ("too_short", "string_too_short"):
        return Words("不能为空", "must not be empty")
    if kind == "value_error":
        zh, _, en = problem["msg"].removeprefix("Value error, ").partition("|")
        return Words(zh, en)
    return _EXPECTED.get(kind.partition("_")[0], Words(problem["msg"], problem["msg"]))


def _dotted(location: tuple[str | int, ...]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).lstrip(".")
