"""What the conditional sweep reads, many rows at a time and without the models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from db.driver import Driver

_AT_ONCE = 256
"""Keys of one query. Their number is made up to a power of two: each other text of a query is kept ready."""


class KnownColumn(NamedTuple):
    """A column whose newest look was good: the plan it was read by, its pages, what they listed."""

    key: str
    plan_key: str
    pages: tuple[str, ...]
    links: int
    candidates: int
    whole_at: datetime
    good_at: datetime


class KnownResource(NamedTuple):
    """Validators and the SHA-256 of the newest body of an address; ``full_at``: when it last came whole."""

    etag: str | None
    last_modified: str | None
    sha256: bytes
    full_at: datetime | None


class KnownLink(NamedTuple):
    """A followed link of a column, as its newest fetch left it."""

    id: int
    url: str
    is_file: bool
    outcome: str | None
    has_body: bool
    listed_at: datetime
    year: int | None
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownRules:
    """The robots answer of a host and its age; ``paused_until``: when it wants to be asked again."""

    status: int | None
    body: str
    etag: str | None
    last_modified: str | None
    at: datetime | None
    paused_until: datetime | None

    def is_paused(self, now: datetime) -> bool:
        """Say whether the host wants not to be asked yet."""
        return self.paused_until is not None and self.paused_until > now


def known_columns(driver: Driver, keys: Sequence[str]) -> dict[str, KnownColumn]:
    """Return what is known of those columns whose newest look was a good one."""
    rows = _select(driver, _COLUMNS, keys)
    return {row[0]: _column(row) for row in rows}


def known_resources(driver: Driver, keys: Sequence[str]) -> dict[str, KnownResource]:
    """Return what is known of resources whose newest body is kept."""
    rows = _select(driver, _RESOURCES, keys)
    return {
        url: KnownResource(etag, modified, bytes.fromhex(sha256), _utc(full_at))
        for url, etag, modified, sha256, full_at in rows
    }


def known_links(driver: Driver, column_keys: Sequence[str]) -> dict[str, list[KnownLink]]:
    """Return the links of columns that are followed, or were once and have a body."""
    found: dict[str, list[KnownLink]] = {}
    for row in _select(driver, _LINKS, column_keys):
        column, number, url, parent, outcome, snapshot, listed_at, year, asked_at = row
        link = KnownLink(
            number,
            url,
            parent is not None,
            outcome,
            snapshot is not None,
            _at(listed_at),
            year,
            _utc(asked_at),
        )
        found.setdefault(column, []).append(link)
    return found


def known_rules(driver: Driver, origins: Sequence[str]) -> dict[str, KnownRules]:
    """Return what hosts last said of their rules."""
    rows = _select(driver, _RULES, origins)
    return {
        origin: KnownRules(status, body, etag, modified, _utc(at), _utc(paused))
        for origin, status, body, etag, modified, at, paused in rows
    }


def _select(driver: Driver, statement: str, keys: Sequence[str]) -> Iterator[Any]:
    """Yield the rows for many keys."""
    for start in range(0, len(keys), _AT_ONCE):
        some = _made_up(tuple(keys[start : start + _AT_ONCE]))
        yield from driver.select(statement.format(keys=driver.marks(len(some))), some)


def _made_up(keys: tuple[str, ...]) -> tuple[str, ...]:
    size = 1 << (len(keys) - 1).bit_length()
    return keys + keys[-1:] * (size - len(keys))


def _column(row: Any) -> KnownColumn:
    key, plan_key, pages, links, candidates, whole_at, good_at = row
    read = tuple(msgspec.json.decode(pages))
    return KnownColumn(key, plan_key, read, links, candidates, _at(whole_at), _at(good_at))


def _utc(value: datetime | str | None) -> datetime | None:
    return None if value is None else _at(value)


# Looks of one pass share their instant.
@lru_cache(maxsize=1_024)
def _at(value: datetime | str) -> datetime:
    """Return the instant aware: SQLite keeps UTC as text without saying so."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


_COLUMNS = (
    "SELECT l.column_key, l.plan_key, CAST(l.pages AS TEXT), l.links, l.candidates, l.whole_at, "
    "c.last_good_at FROM columnlisting l JOIN sitecolumn c ON c.key = l.column_key "
    "WHERE c.last_good_at = c.last_visit_at AND l.column_key IN ({keys})"
)
_RESOURCES = (
    "SELECT url, etag, last_modified, sha256, full_at FROM resource "
    "WHERE sha256 IS NOT NULL AND url IN ({keys})"
)
_LINKS = (
    "SELECT column_key, id, url, parent_id, outcome, snapshot_id, last_listed_at, year, outcome_at "
    "FROM link WHERE refusal_zh IS NULL AND column_key IN ({keys})"
)
_RULES = (
    "SELECT origin, robots_status, robots_body, robots_etag, robots_modified, robots_at, "
    "paused_until FROM hostrules WHERE origin IN ({keys})"
)
