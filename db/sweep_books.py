"""Books the ends of a conditional sweep: each kind of row in one statement for hundreds of them.

One statement for each row would give the processor away and ask for it back each time, while the sweep
that goes on beside it never lets go of it for long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from db.driver import Cursor, Driver

_FIRST = itemgetter(0)
_HEAPS = (512, 64, 8, 1)

T = TypeVar("T")


class VisitRow(NamedTuple):
    """A look of the sweep; ``as_seen_at`` is the earlier look that saw the same, or its own instant."""

    column_key: str
    at: datetime
    outcome: str
    detail_zh: str
    detail_en: str
    http_status: int | None
    pages: int
    links: int
    candidates: int
    requests: int
    not_modified: int
    bytes: int
    seconds: float
    as_seen_at: datetime


class ResourceRow(NamedTuple):
    """An address that sent the body that is known, with new validators."""

    url: str
    etag: str | None
    last_modified: str | None
    full_at: datetime


class RulesRow(NamedTuple):
    """What a host answered for its robots rules."""

    origin: str
    status: int
    body: str
    etag: str | None
    last_modified: str | None
    at: datetime


@dataclass(slots=True)
class SweepRows:
    """Rows that wait to be booked together. ``unchanged`` and ``silent`` are keys of columns.

    ``links`` are ids of links whose body is as it was.
    """

    visits: list[VisitRow] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    resources: list[ResourceRow] = field(default_factory=list)
    rules: list[RulesRow] = field(default_factory=list)


def book(driver: Driver, rows: SweepRows, at: datetime) -> None:
    """Write all rows in one transaction; what an earlier run of the same pass wrote is replaced.

    Raises DatabaseBroken.
    """
    with driver.writing() as cursor:
        writer = _Writer(cursor, driver)
        # In the order of their indexes: neighbours lie on one page.
        unchanged = sorted(rows.unchanged)
        writer.insert(_BOOK_VISITS, sorted(rows.visits, key=_FIRST))
        writer.update(_BOOK_LISTED, unchanged, at)
        writer.update(_BOOK_LINKS, sorted(rows.links), at)
        writer.update(_BOOK_UNCHANGED, unchanged, at)
        writer.update(_BOOK_SILENT, rows.silent, at)
        writer.insert(_BOOK_RESOURCES, sorted(rows.resources, key=_FIRST))
        writer.insert(_BOOK_RULES, rows.rules)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Executes statements that hold for many rows."""

    cursor: Cursor
    driver: Driver

    def insert(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Execute a statement that names its rows ``{rows}``."""
        for some in _some(rows):
            row = f"({self.driver.marks(len(some[0]))})"
            values = self.driver.in_shape(chain.from_iterable(some))
            self.cursor.execute(statement.format(rows=", ".join([row] * len(some))), values)

    def update(self, statement: str, keys: Sequence[Any], at: datetime) -> None:
        """Execute a statement that names its keys ``{keys}``, and the instant of the pass ``{at}``."""
        before, _, after = statement.partition("{keys}")
        instants = self.driver.in_shape([at])
        for some in _some(keys):
            written = statement.format(keys=self.driver.marks(len(some)), at=self.driver.mark)
            values = (*instants * before.count("{at}"), *some, *instants * after.count("{at}"))
            self.cursor.execute(written, values)


def _some(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the rows in heaps of few sizes: each other text of a statement would be kept ready, too."""
    start = 0
    for size in _HEAPS:
        while len(rows) - start >= size:
            yield rows[start : start + size]
            start += size


_BOOK_VISITS = (
    "INSERT INTO visit (column_key, at, outcome, detail_zh, detail_en, http_status, pages, links, "
    "candidates, requests, not_modified, bytes, seconds, pages_seen_id, entries_seen_id) "
    # Where every status is missing, PostgreSQL takes the column for text.
    "SELECT new.column1, new.column2, new.column3, new.column4, new.column5, "
    "CAST(new.column6 AS INTEGER), "
    "new.column7, new.column8, new.column9, new.column10, new.column11, new.column12, new.column13, "
    # An unchanged column shows what the good look before it saw.
    "seen.pages_seen_id, seen.entries_seen_id "
    "FROM (VALUES {rows}) AS new "
    "LEFT JOIN visit AS seen ON seen.column_key = new.column1 AND seen.at = new.column14 "
    "WHERE true "
    "ON CONFLICT (column_key, at) DO UPDATE SET outcome = excluded.outcome, "
    "detail_zh = excluded.detail_zh, detail_en = excluded.detail_en, "
    "http_status = excluded.http_status, pages = excluded.pages, links = excluded.links, "
    "candidates = excluded.candidates, requests = excluded.requests, "
    "not_modified = excluded.not_modified, bytes = excluded.bytes, seconds = excluded.seconds, "
    "pages_seen_id = excluded.pages_seen_id, entries_seen_id = excluded.entries_seen_id"
)
_BOOK_LISTED = (
    "UPDATE link SET last_listed_at = {at} WHERE column_key IN ({keys}) AND last_listed_at < {at} "
    # What the newest good look did not list any more is not listed by this one either.
    "AND last_listed_at >= (SELECT last_good_at FROM sitecolumn WHERE key = link.column_key)"
)
_BOOK_LINKS = "UPDATE link SET outcome = 'not_modified', outcome_at = {at} WHERE id IN ({keys})"
_BOOK_UNCHANGED = (
    "UPDATE sitecolumn SET last_visit_at = {at}, last_good_at = {at} WHERE key IN ({keys})"
)
_BOOK_SILENT = "UPDATE sitecolumn SET last_visit_at = {at} WHERE key IN ({keys})"
_BOOK_RESOURCES = (
    "UPDATE resource SET etag = new.column2, last_modified = new.column3, full_at = new.column4 "
    "FROM (VALUES {rows}) AS new WHERE resource.url = new.column1"
)
_BOOK_RULES = (
    "INSERT INTO hostrules (origin, robots_status, robots_body, robots_etag, robots_modified, "
    "robots_at) VALUES {rows} "
    "ON CONFLICT (origin) DO UPDATE SET robots_status = excluded.robots_status, "
    "robots_body = excluded.robots_body, robots_etag = excluded.robots_etag, "
    "robots_modified = excluded.robots_modified, robots_at = excluded.robots_at"
)
