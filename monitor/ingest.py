"""Turns what the crawler brought home into report versions, findings, standings and events."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from db.session import reading, writing
from db.tables import Agency, Link, Snapshot
from monitor.anew import Anew, beside_another
from monitor.copies import keep_copy, let_go
from monitor.filing import filing_of
from monitor.page_facts import found_as, stored_facts
from monitor.readings import MOST_RECOGNISED, TOGETHER, WAITS, BodyReader
from monitor.renewal import is_outdated, renew, renew_outdated, renew_versions
from monitor.requeue import requeue
from monitor.seasons import Season
from monitor.version_events import broken_findings
from monitor.versions import Arrival, is_same_body, newest_version, record
from reports.reading.read import READER_VERSION
from sandbox.readings import DocumentFacts, Reading

logger = logging.getLogger(__name__)

_CHUNKS_BETWEEN_LINES = 10
Row = TypeVar("Row", Link, Snapshot)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one run of the ingest did."""

    read: int = 0
    new_versions: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    """A link's body, read; light enough that thousands may wait for their turn."""

    link_id: int
    snapshot_id: int
    reading: Reading
    parent_shows: date | None
    offered_by: dict[str, Any] | None


class _Outdated(Exception):
    """The version that a body is to be held against was read by an older reader."""

    def __init__(self, version_id: int) -> None:
        super().__init__(version_id)
        self.version_id = version_id


def ingest(reader: BodyReader, season: Season, now: datetime) -> Ingested:
    """Read every body that waits, oldest report year first; each is written in a transaction of its own.

    Last year's report comes before this year's, so that the carry-over can be held against it. What
    holds no report comes last: a readable copy of the same report, if there is one, stands for it.
    Pictures come after everything that is quickly read, and not too many of them at once.
    """
    renew_outdated(reader, now)
    with writing(reader.engine) as session:
        requeue(session)
        _judge_without_lost_copies(session, season, now)
    waiting = _waiting(reader)
    later: list[_Read] = []
    pictures: list[int] = []
    written = 0
    for read in _read_all(reader, waiting):
        if read.reading is WAITS:
            pictures.append(read.link_id)
        elif read.reading.report is None:
            later.append(read)
        else:
            written += _guarded(reader, read, season, now)
    for read in (*_recognised(reader, pictures), *later):
        written += _guarded(reader, read, season, now)
    return Ingested(len(waiting), written)


def _judge_without_lost_copies(session: Session, season: Season, now: datetime) -> None:
    for agency_key, year in let_go(session):
        newest = newest_version(session, agency_key, year)
        if newest is not None:
            anew = Anew(session, season.profile, beside_another("left", now), now)
            anew.judge(newest, broken_findings(session, newest))


def _waiting(reader: BodyReader) -> Sequence[int]:
    with reading(reader.engine) as session:
        rows = session.exec(
            select(Link.id)
            .where(
                col(Link.snapshot_id).is_not(None),
                col(Link.snapshot_id).is_distinct_from(col(Link.read_snapshot_id)),
            )
            .order_by(
                col(Link.year).asc().nulls_last(),
                col(Link.listed_on).asc().nulls_last(),
                Link.url,
                Link.column_key,
            )
        ).all()
    return [row for row in rows if row is not None]


def _read_all(reader: BodyReader, waiting: Sequence[int]) -> Iterator[_Read]:
    """Read bodies some at a time, in order; the pages that offer them are read once."""
    pages: dict[int, DocumentFacts | None] = {}
    for number, start in enumerate(range(0, len(waiting), TOGETHER), start=1):
        yield from _read_some(reader, waiting[start : start + TOGETHER], pages)
        if number % _CHUNKS_BETWEEN_LINES == 0:
            done = min(start + TOGETHER, len(waiting))
            logger.info("event=ingesting read=%d waiting=%d", done, len(waiting) - done)


def _recognised(reader: BodyReader, pictures: Sequence[int]) -> Sequence[_Read]:
    """Read the first of the pictures, reports before what holds none; the others wait for the next pass."""
    turn, rest = pictures[:MOST_RECOGNISED], pictures[MOST_RECOGNISED:]
    if rest:
        logger.info("event=pictures_wait recognising=%d waiting=%d", len(turn), len(rest))
    found = list(_read_some(reader, turn, {}, recognise=True))
    return sorted(found, key=lambda read: read.reading.report is None)


def _read_some(
    reader: BodyReader,
    link_ids: Sequence[int],
    pages: dict[int, DocumentFacts | None],
    *,
    recognise: bool = False,
) -> Iterator[_Read]:
    with reading(reader.engine) as session:
        links = {link.id: link for link in _rows(session, Link, link_ids)}
        parents = _parents(session, list(links.values()))
        wanted = [link.snapshot_id for link in links.values() if link.snapshot_id is not None]
        unread = [number for number in parents.values() if number not in pages]
        snapshots = _rows(session, Snapshot, [*wanted, *unread])
    readings = reader.read(snapshots, recognise=recognise)
    pages |= {number: _without_grids(found) for number, found in readings.items()}
    for link in (links[link_id] for link_id in link_ids if link_id in links):
        found = readings.get(link.snapshot_id or 0)
        if found is not None and link.id is not None and link.snapshot_id is not None:
            page = pages.get(parents.get(link.parent_id or 0, 0))
            shown = page.published_on if page else None
            yield _Read(link.id, link.snapshot_id, found, shown, stored_facts(page))


def _rows(session: Session, table: type[Row], ids: Sequence[int]) -> list[Row]:
    return list(session.exec(select(table).where(col(table.id).in_(ids))))


def _parents(session: Session, links: Sequence[Link]) -> dict[int, int]:
    """Return the newest body of each page that offers one of the links, by the page's own link."""
    ids = [link.parent_id for link in links if link.parent_id is not None]
    pages = session.exec(select(Link).where(col(Link.id).in_(ids)))
    return {page.id: page.snapshot_id for page in pages if page.id and page.snapshot_id}


def _without_grids(found: Reading) -> DocumentFacts | None:
    return replace(found.document, grids=()) if found.document else None


def _guarded(reader: BodyReader, read: _Read, season: Season, now: datetime) -> bool:
    """Write one body; what fails on it is logged, waits for the next pass and stops no other."""
    try:
        return _write_after_renewal(reader, read, season, now)
    except SQLAlchemyError:
        raise
    except Exception:  # noqa: BLE001 - the border of the job: one body must not stop the pass
        logger.exception("event=ingest_failed link=%d", read.link_id)
        return False


def _write_after_renewal(reader: BodyReader, read: _Read, season: Season, now: datetime) -> bool:
    try:
        return _write(reader, read, season, now)
    except _Outdated as outdated:
        # Two readers' words cannot be compared: first the same reader reads the known version, too.
        renew_versions(reader, [outdated.version_id], now)
        return _write(reader, read, season, now)


def _write(reader: BodyReader, read: _Read, season: Season, now: datetime) -> bool:
    with writing(reader.engine) as session:
        link = session.get_one(Link, read.link_id)
        snapshot = session.get_one(Snapshot, read.snapshot_id)
        # A newer body may have come meanwhile; it waits in its turn.
        link.read_snapshot_id, link.read_by = snapshot.id, READER_VERSION
        link.found_as = found_as(read.reading)
        arrival = Arrival(link, snapshot, read.reading, read.parent_shows, read.offered_by)
        return _file(session, arrival, season, now)


def _file(session: Session, arrival: Arrival, season: Season, now: datetime) -> bool:
    link = arrival.link
    if arrival.reading.report is None and _has_attachments(session, link):
        return False
    filing = filing_of(session, arrival, now)
    agency, year = filing.agency, filing.year
    if filing.held is not None:
        link.found_as = filing.held.to_store()
    if agency is None or year is None:
        logger.warning(
            "event=unassigned url=%s title=%s year=%s holds=%s",
            *(link.url, link.title, year, filing.held),
        )
        return False
    link.agency_key, link.year = agency.key, year
    _renew_known(session, arrival, agency, year, season, now)
    written = record(session, arrival, agency, year, season, now)
    newest = written or newest_version(session, agency.key, year)
    if newest is not None:
        copy = beside_another(f"copy-{arrival.snapshot.id}", now)
        anew = Anew(session, season.profile, copy, now)
        if keep_copy(session, link, arrival.snapshot, arrival.reading.report, newest):
            anew.judge(newest, broken_findings(session, newest))
        elif written is not None:
            anew.judge_touched(newest)
        if written is not None:
            # History comes slowly: next year's report may have been judged without this one.
            anew.judge_next_year(newest)
    return written is not None


def _renew_known(
    session: Session, arrival: Arrival, agency: Agency, year: int, season: Season, now: datetime
) -> None:
    """Bring the version that the body is held against up to the reader of today."""
    known = newest_version(session, agency.key, year)
    if known is None or known.id is None:
        return
    if is_same_body(session, arrival.snapshot, known):
        renew(session, known, arrival.reading, season.profile, now)
    elif is_outdated(known):
        raise _Outdated(known.id)


def _has_attachments(session: Session, link: Link) -> bool:
    return session.exec(select(Link.id).where(Link.parent_id == link.id)).first() is not None
