"""What the conditional sweep reads and books, many rows at a time and without the models."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    TextClause,
    TextualSelect,
    TypeDecorator,
    bindparam,
    text,
)

_AT_ONCE = 2_000


class _Instant(TypeDecorator[datetime]):
    """An aware instant, kept as UTC as the models keep it: SQLite drops the zone without converting."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


_INSTANT = _Instant()


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """A column whose newest look was good: the plan it was read by, its pages, what they listed."""

    key: str
    plan_key: str
    pages: tuple[str, ...]
    links: int
    candidates: int
    whole_at: datetime
    good_at: datetime


@dataclass(frozen=True, slots=True)
class KnownResource:
    """Validators and the SHA-256 of the newest body of an address; ``full_at``: when it last came whole."""

    etag: str | None
    last_modified: str | None
    sha256: bytes
    full_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownLink:
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


@dataclass(slots=True)
class SweepRows:
    """Rows that wait to be booked together; each list holds the parameters of one statement."""

    visits: list[dict[str, Any]] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    listed: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    resources: list[dict[str, Any]] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)


def known_columns(engine: Engine, keys: Sequence[str]) -> dict[str, KnownColumn]:
    """Return what is known of those columns whose newest look was a good one."""
    rows = _select(engine, _COLUMNS, keys)
    return {row[0]: _column(row) for row in rows}


def known_resources(engine: Engine, keys: Sequence[str]) -> dict[str, KnownResource]:
    """Return what is known of resources whose newest body is kept."""
    rows = _select(engine, _RESOURCES, keys)
    return {
        url: KnownResource(etag, modified, bytes.fromhex(sha256), _utc(full_at))
        for url, etag, modified, sha256, full_at in rows
    }


def known_links(engine: Engine, column_keys: Sequence[str]) -> dict[str, list[KnownLink]]:
    """Return the links of columns that are followed, or were once and have a body."""
    found: dict[str, list[KnownLink]] = {}
    for row in _select(engine, _LINKS, column_keys):
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


def known_rules(engine: Engine, origins: Sequence[str]) -> dict[str, KnownRules]:
    """Return what hosts last said of their rules."""
    rows = _select(engine, _RULES, origins)
    return {
        origin: KnownRules(status, body, etag, modified, _utc(at), _utc(paused))
        for origin, status, body, etag, modified, at, paused in rows
    }


def book(engine: Engine, rows: SweepRows) -> None:
    """Write all rows in one transaction; what an earlier run of the same pass wrote is replaced."""
    statements = (
        (_BOOK_VISIT, rows.visits),
        (_BOOK_COLUMN, rows.columns),
        (_BOOK_LISTED, rows.listed),
        (_BOOK_LINK, rows.links),
        (_BOOK_RESOURCE, rows.resources),
        (_BOOK_RULES, rows.rules),
    )
    with engine.begin() as connection:
        for statement, parameters in statements:
            if parameters:
                connection.execute(statement, parameters)


def _select(engine: Engine, statement: TextualSelect, keys: Sequence[str]) -> Iterator[Any]:
    with engine.connect().execution_options(reading=True) as connection:
        for start in range(0, len(keys), _AT_ONCE):
            yield from connection.execute(statement, {"keys": list(keys[start : start + _AT_ONCE])})


def _column(row: Any) -> KnownColumn:
    key, plan_key, pages, links, candidates, whole_at, good_at = row
    return KnownColumn(
        key, plan_key, tuple(json.loads(pages)), links, candidates, _at(whole_at), _at(good_at)
    )


def _utc(value: datetime | None) -> datetime | None:
    """Return the instant aware: SQLite keeps UTC without saying so."""
    return None if value is None else _at(value)


def _at(value: datetime) -> datetime:
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _query(sql: str, **instants: Any) -> TextualSelect:
    return text(sql).bindparams(bindparam("keys", expanding=True)).columns(**instants)


def _booking(sql: str, *instants: str) -> TextClause:
    return text(sql).bindparams(*(bindparam(name, type_=_INSTANT) for name in instants))


_COLUMNS = _query(
    "SELECT l.column_key, l.plan_key, CAST(l.pages AS TEXT), l.links, l.candidates, l.whole_at, "
    "c.last_good_at FROM columnlisting l JOIN sitecolumn c ON c.key = l.column_key "
    "WHERE c.last_good_at = c.last_visit_at AND l.column_key IN :keys",
    whole_at=_INSTANT,
    last_good_at=_INSTANT,
)
_RESOURCES = _query(
    "SELECT url, etag, last_modified, sha256, full_at FROM resource "
    "WHERE sha256 IS NOT NULL AND url IN :keys",
    full_at=_INSTANT,
)
_LINKS = _query(
    "SELECT column_key, id, url, parent_id, outcome, snapshot_id, last_listed_at, year, outcome_at "
    "FROM link "
    "WHERE refusal_zh IS NULL AND column_key IN :keys",
    last_listed_at=_INSTANT,
    outcome_at=_INSTANT,
)
_RULES = _query(
    "SELECT origin, robots_status, robots_body, robots_etag, robots_modified, robots_at, "
    "paused_until FROM hostrules WHERE origin IN :keys",
    robots_at=_INSTANT,
    paused_until=_INSTANT,
)
_BOOK_VISIT = _booking(
    "INSERT INTO visit (column_key, at, outcome, detail_zh, detail_en, http_status, pages, links, "
    "candidates, requests, not_modified, bytes, seconds, pages_seen_id, entries_seen_id) VALUES ("
    ":column_key, :at, :outcome, :detail_zh, :detail_en, :http_status, :pages, :links, :candidates, "
    ":requests, :not_modified, :bytes, :seconds, "
    # An unchanged column shows what the good look before it saw.
    "(SELECT pages_seen_id FROM visit WHERE column_key = :column_key AND at = :as_seen_at), "
    "(SELECT entries_seen_id FROM visit WHERE column_key = :column_key AND at = :as_seen_at)) "
    "ON CONFLICT (column_key, at) DO UPDATE SET outcome = excluded.outcome, "
    "detail_zh = excluded.detail_zh, detail_en = excluded.detail_en, "
    "http_status = excluded.http_status, pages = excluded.pages, links = excluded.links, "
    "candidates = excluded.candidates, requests = excluded.requests, "
    "not_modified = excluded.not_modified, bytes = excluded.bytes, seconds = excluded.seconds, "
    "pages_seen_id = excluded.pages_seen_id, entries_seen_id = excluded.entries_seen_id",
    "at",
    "as_seen_at",
)
_BOOK_COLUMN = _booking(
    "UPDATE sitecolumn SET last_visit_at = :visit_at, last_good_at = :good_at WHERE key = :key",
    "visit_at",
    "good_at",
)
_BOOK_LISTED = _booking(
    "UPDATE link SET last_listed_at = :at WHERE column_key = :key AND last_listed_at >= :since "
    "AND last_listed_at < :at",
    "at",
    "since",
)
_BOOK_LINK = _booking("UPDATE link SET outcome = :outcome, outcome_at = :at WHERE id = :id", "at")
_BOOK_RESOURCE = _booking(
    "UPDATE resource SET etag = :etag, last_modified = :last_modified, full_at = :at "
    "WHERE url = :url",
    "at",
)
_BOOK_RULES = _booking(
    "INSERT INTO hostrules (origin, robots_status, robots_body, robots_etag, robots_modified, "
    "robots_at) VALUES (:origin, :status, :body, :etag, :last_modified, :at) "
    "ON CONFLICT (origin) DO UPDATE SET robots_status = excluded.robots_status, "
    "robots_body = excluded.robots_body, robots_etag = excluded.robots_etag, "
    "robots_modified = excluded.robots_modified, robots_at = excluded.robots_at",
    "at",
)
