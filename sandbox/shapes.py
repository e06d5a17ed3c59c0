"""Whether a value has the shape that its dataclass declares: what a worker sends may be anything."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from reports.forms.form import Form

_Test = Callable[[Any], bool]


def has_declared_shape(value: Any) -> bool:
    """Say whether every field of a dataclass value, however deep, holds what its annotation says."""
    kind: Any = type(value)
    return _test_of(kind)(value)


@cache
def _test_of(declared: Any) -> _Test:
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Union, types.UnionType):
        return _any_of(tuple(_test_of(argument) for argument in arguments))
    if hasattr(declared, "_fields"):
        return _fields_of(declared, declared._fields)
    if origin is tuple:
        # The only tuples here are of any length and one kind.
        return _all_of(_test_of(arguments[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(*(_test_of(argument) for argument in arguments))
    if declared in (int, str, Decimal):
        return _exactly(declared)
    if is_dataclass(declared) and declared is not Form:
        return _fields_of(declared, [field.name for field in fields(declared)])
    kind = origin or declared
    return lambda value: isinstance(value, kind)


def _exactly(declared: type) -> _Test:
    """Text must also be such as a database takes; a number may not be infinite."""
    if declared is str:
        return lambda value: type(value) is str and _is_sound(value)
    if declared is Decimal:
        return lambda value: type(value) is Decimal and value.is_finite()
    return lambda value: type(value) is declared


def _is_sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _any_of(tests: tuple[_Test, ...]) -> _Test:
    return lambda value: any(test(value) for test in tests)


def _all_of(test: _Test) -> _Test:
    return lambda value: isinstance(value, tuple) and all(map(test, value))


def _mapping(key: _Test, item: _Test) -> _Test:
    return lambda value: (
        isinstance(value, Mapping)
        and all(key(name) and item(found) for name, found in value.items())
    )


def _fields_of(declared: Any, names: Iterable[str]) -> _Test:
    hints = get_type_hints(declared)
    tests = [(name, _test_of(hints[name])) for name in names]
    return lambda value: (
        isinstance(value, declared) and all(test(getattr(value, name)) for name, test in tests)
    )
