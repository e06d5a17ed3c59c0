"""Who continues whom: bodies that were folded into others, through as many hands as needed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST_HANDS = 20
"""Longer chains of successors are a slip of the register."""


@dataclass(frozen=True, slots=True)
class Body:
    """One body of the register: its key, its names of today and before, and the key of its successor."""

    key: str
    names: tuple[str, ...]
    successor: str | None = None


def names_continued(bodies: Sequence[Body]) -> Mapping[str, tuple[str, ...]]:
    """Return key → names of all bodies that it continues, in the order given; only keys that do."""
    successors = {body.key: body.successor for body in bodies}
    found: dict[str, dict[str, None]] = {}
    for body in bodies:
        for heir in _heirs(body.key, successors):
            found.setdefault(heir, {}).update(dict.fromkeys(body.names))
    return {key: tuple(names) for key, names in found.items()}


def has_no_end(key: str, successors: Mapping[str, str | None]) -> bool:
    """Say whether following the successors from a body leads back, or through too many hands."""
    chain = list(_heirs(key, successors))
    return len(chain) >= MOST_HANDS or key in chain


def _heirs(key: str, successors: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the successor, its successor and so on."""
    at = successors.get(key)
    for _ in range(MOST_HANDS):
        if at is None:
            return
        yield at
        at = successors.get(at)
