"""What the crawl writes: the body first, then one small transaction for each answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, bindparam
from sqlmodel import Session, col, select

from crawler.column_rows import ColumnRows
from crawler.fetched import Fetched, Known, Stored
from crawler.link_rows import write_listing, write_offered
from crawler.listed import Listed
from crawler.plan import ColumnPlan, SitePlan
from crawler.rereading import Reread
from crawler.resource_rows import known_of, seen_before, write_fetch, write_snapshot
from crawler.spellings import respell
from crawler.unchanged import Unchanged, confirm
from db.archive import Archive, ArchiveDamaged
from db.seen import EntrySeen, PageSeen, keep_entries, keep_pages
from db.session import reading, writing
from db.tables import Link, Resource, Site, SiteColumn, Snapshot, Visit
from db.warc import Exchange, Written
from reports.visits import GONE, GOOD, Outcome


class Store:
    """The rows and the archive of one pass at the logical instant ``at``."""

    def __init__(self, engine: Engine, archive: Archive, at: datetime) -> None:
        self._engine = engine
        self._archive = archive
        self.at = at
        self.columns = ColumnRows(engine, at)

    def register(self, sites: Iterable[SitePlan]) -> None:
        """Add the sites and columns that have no row yet; rows that are there stay untouched."""
        with writing(self._engine) as session:
            known_sites = set(session.exec(select(Site.key)))
            known = set(session.exec(select(SiteColumn.key)))
            for site in sites:
                if site.key not in known_sites:
                    session.add(Site(key=site.key, name=site.name, base_url=site.base_url))
                    session.flush()
                session.add_all(
                    _column(site, plan) for plan in site.columns if plan.key not in known
                )

    def known(self, key: str) -> Known | None:
        """Return what is known of a resource, None when there is no body of it to compare with."""
        with self._engine.connect().execution_options(reading=True) as connection:
            return known_of(connection, key)

    def bodies_before(self, fetched: Fetched, until: datetime) -> Iterator[bytes]:
        """Yield the newest bodies of the same address that were first seen by an instant."""
        with self._engine.connect().execution_options(reading=True) as connection:
            hashes = seen_before(connection, fetched, until)
        return self._bodies(hashes)

    def bodies_beside(self, link_id: int) -> Iterator[bytes]:
        """Yield the newest bodies that were read of other links of the same column."""
        with self._engine.connect().execution_options(reading=True) as connection:
            hashes = connection.scalars(_BESIDE, {"link": link_id}).all()
        return self._bodies(hashes)

    def _bodies(self, hashes: Iterable[str]) -> Iterator[bytes]:
        return (body for body in map(self.body, hashes) if body is not None)

    def body(self, sha256: str) -> bytes | None:
        """Return an archived body, None when the archive has lost or damaged it."""
        with suppress(FileNotFoundError, ArchiveDamaged):
            return self._archive.get(sha256)
        return None

    def keep(self, seen: Exchange | Written, outcome: Outcome) -> str:
        """Put it into the archive before any row speaks of it; return the hash of what is kept."""
        if isinstance(seen, Written):
            return self._archive.keep_written(seen, self.at)
        return self._archive.keep(seen, outcome, self.at)

    def record_page(self, fetched: Fetched) -> None:
        """Record the fetch of a column page."""
        with self._archive.recording() as session:
            write_fetch(session, fetched, self.at)

    def record_report(
        self, link_id: int, fetched: Fetched, attachments: Sequence[Listed] = ()
    ) -> tuple[Stored, ...]:
        """Record the fetch of a report and, in the same transaction, the files that it offers."""
        with self._archive.recording() as session:
            if not attachments and self._is_confirmed(session, link_id, fetched):
                return ()
            snapshot_id = write_fetch(session, fetched, self.at)
            link = session.get_one(Link, link_id)
            link.outcome, link.outcome_at = fetched.outcome, self.at
            if fetched.outcome is Outcome.BROKEN_OFF:
                link.broken_since = link.broken_since or self.at
            elif fetched.is_good:
                link.broken_since = None
            if snapshot_id is not None:
                link.snapshot_id = snapshot_id
            rows = [write_offered(session, link, file, self.at) for file in attachments]
            session.flush()
            return _all_stored(session, [row for row in rows if row and row.refusal_zh is None])

    def _is_confirmed(self, session: Session, link_id: int, fetched: Fetched) -> bool:
        is_same = fetched.outcome is Outcome.NOT_MODIFIED and fetched.http_status == 304
        if not is_same or fetched.sha256 is None:
            return False
        answer = Unchanged(link_id, fetched.key, fetched.sha256, self.at)
        return confirm(session.connection(), answer)

    def forget_validators(self, keys: Iterable[str]) -> None:
        """Let the next fetch of these resources ask for the whole body again."""
        with writing(self._engine) as session:
            statement = sqlalchemy.update(Resource).where(col(Resource.url).in_(sorted(keys)))
            session.execute(statement.values(etag=None, last_modified=None))

    def remember(self, fetched: Fetched) -> None:
        """Keep when this body was first seen; what we had of its address before stays the newest."""
        with self._archive.recording() as session:
            write_snapshot(session, fetched, self.at)

    def record_listing(self, column_key: str, listing: Sequence[Listed]) -> tuple[Stored, ...]:
        """Record what a column lists, and return the links to follow, in the order listed."""
        with writing(self._engine) as session:
            known = respell(session, column_key, {entry.url for entry in listing})
            rows = write_listing(session, column_key, listing, known, self.at)
            session.flush()
            followed = [row for row in rows if row.refusal_zh is None]
            return _all_stored(session, followed)

    def attachments(self, link_id: int) -> tuple[Stored, ...]:
        """Return the files that an unchanged page offered when it was read, and offers again now."""
        with reading(self._engine) as session:
            if session.connection().scalar(_HAS_FILES, {"page": link_id}) is None:
                return ()
        with writing(self._engine) as session:
            rows = session.exec(
                select(Link)
                .where(Link.parent_id == link_id, col(Link.refusal_zh).is_(None))
                .order_by(_BY_ID)
            )
            found = rows.all()
            for row in found:
                row.last_listed_at = max(row.last_listed_at, self.at)
            return _all_stored(session, found)

    def unlisted(self, column_key: str) -> tuple[Stored, ...]:
        """Return the links whose body is known, but which this pass did not see listed."""
        with reading(self._engine) as session:
            rows = session.exec(
                select(Link)
                .where(
                    Link.column_key == column_key,
                    col(Link.snapshot_id).is_not(None),
                    Link.last_listed_at < self.at,
                )
                .order_by(_BY_ID)
            )
            return _all_stored(session, rows.all())

    def record_visit(
        self,
        column_key: str,
        facts: dict[str, Any],
        pages: Iterable[PageSeen] = (),
        entries: Iterable[EntrySeen] = (),
    ) -> None:
        """Write the one visit row of a column in this pass; a pass run again replaces it."""
        with self._archive.recording() as session:
            evidence = {
                "pages_seen_id": keep_pages(session, pages),
                "entries_seen_id": keep_entries(session, entries),
            }
            row = session.exec(
                select(Visit).where(Visit.column_key == column_key, Visit.at == self.at)
            ).first()
            row = row or Visit(column_key=column_key, at=self.at, outcome=facts["outcome"])
            row.sqlmodel_update({**facts, **evidence})
            session.add(row)
            self._mark_column(session, column_key, Outcome(facts["outcome"]))

    def _mark_column(self, session: Session, column_key: str, outcome: Outcome) -> None:
        column = session.get_one(SiteColumn, column_key)
        column.last_visit_at = max(column.last_visit_at or self.at, self.at)
        if outcome in GOOD:
            column.last_good_at = max(column.last_good_at or self.at, self.at)


_BY_ID = col(Link.id)
# Made once: it is asked for every single answer.
_HAS_FILES = sqlalchemy.select(_BY_ID).where(col(Link.parent_id) == bindparam("page")).limit(1)
_FEW = 5
_COLUMN_OF = (
    sqlalchemy.select(col(Link.column_key)).where(bindparam("link") == _BY_ID).scalar_subquery()
)
_BESIDE = (
    sqlalchemy.select(col(Snapshot.sha256))
    .join(Link, col(Link.snapshot_id) == col(Snapshot.id))
    .where(col(Link.column_key) == _COLUMN_OF, _BY_ID.is_distinct_from(bindparam("link")))
    .order_by(col(Snapshot.fetched_at).desc())
    .limit(_FEW)
)


def _column(site: SitePlan, plan: ColumnPlan) -> SiteColumn:
    return SiteColumn(key=plan.key, site_key=site.key, url=plan.url, family=plan.family)


def _all_stored(session: Session, rows: Sequence[Link]) -> tuple[Stored, ...]:
    held = [row.snapshot_id for row in rows if row.snapshot_id is not None]
    pairs = select(Snapshot.id, Snapshot.sha256).where(col(Snapshot.id).in_(held))
    hashes = dict(session.exec(pairs).all()) if held else {}
    return tuple(_stored(row, hashes.get(row.snapshot_id)) for row in rows)


def _stored(row: Link, sha256: str | None) -> Stored:
    if row.id is None:
        raise ValueError("a link row has no id before it is flushed")
    before = Reread(row.url, row.year, row.outcome_at, sha256 is not None, row.outcome in GONE)
    is_file = row.parent_id is not None
    return Stored(row.id, row.url, sha256, is_file, before, row.broken_since)
