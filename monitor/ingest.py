"""Turns what the crawler brought home into report versions, findings, standings and events."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db.archive import Archive, ArchiveDamaged
from db.session import reading, writing
from db.tables import Agency, Link, Obligation, ReportVersion, Snapshot
from monitor.judging import identity_of
from monitor.readings import Reading, read_snapshot
from monitor.versions import Arrival, Season, newest_version, record
from reports.names import match_agency
from reports.visits import GONE, GOOD

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one run of the ingest did."""

    read: int = 0
    new_versions: int = 0


def ingest(engine: Engine, archive: Archive, season: Season, now: datetime) -> Ingested:
    """Read every body that waits, oldest report year first; each in a transaction of its own.

    Last year's report comes before this year's, so that the carry-over can be held against it.
    """
    _adopt_moved(engine)
    waiting = _waiting(engine)
    written = 0
    for link_id in waiting:
        written += _ingest_one(engine, archive, season, link_id, now)
    return Ingested(len(waiting), written)


def _waiting(engine: Engine) -> Sequence[int]:
    with reading(engine) as session:
        rows = session.exec(
            select(Link.id)
            .where(
                col(Link.snapshot_id).is_not(None),
                col(Link.snapshot_id).is_distinct_from(col(Link.read_snapshot_id)),
            )
            .order_by(col(Link.year).asc().nulls_last(), Link.url, Link.column_key)
        ).all()
    return [row for row in rows if row is not None]


def _ingest_one(
    engine: Engine, archive: Archive, season: Season, link_id: int, now: datetime
) -> bool:
    with reading(engine) as session:
        link = session.get_one(Link, link_id)
        snapshot = session.get_one(Snapshot, link.snapshot_id)
    try:
        found = read_snapshot(archive, snapshot)
        parent = _parent_reading(engine, archive, link)
    except (ArchiveDamaged, FileNotFoundError):
        logger.exception("event=archive_damaged url=%s sha256=%s", snapshot.url, snapshot.sha256)
        return False
    with writing(engine) as session:
        link = session.get_one(Link, link_id)
        # A newer body may have come meanwhile; it waits in its turn.
        link.read_snapshot_id = snapshot.id
        return _file(session, Arrival(link, snapshot, found, parent), season, now)


def _parent_reading(engine: Engine, archive: Archive, link: Link) -> Reading | None:
    """Return the reading of the page that offers an attachment: its date is the shown one."""
    if link.parent_id is None:
        return None
    with reading(engine) as session:
        parent = session.get_one(Link, link.parent_id)
        if parent.snapshot_id is None:
            return None
        snapshot = session.get_one(Snapshot, parent.snapshot_id)
    return read_snapshot(archive, snapshot)


def _file(session: Session, arrival: Arrival, season: Season, now: datetime) -> bool:
    link = arrival.link
    if arrival.reading.report is None and _has_attachments(session, link):
        return False
    agency = _agency(session, arrival)
    year = _year(session, arrival)
    if agency is None or year is None:
        logger.warning("event=unassigned url=%s title=%s year=%s", link.url, link.title, year)
        return False
    link.agency_key, link.year = agency.key, year
    return record(session, arrival, agency, year, season, now)


def _has_attachments(session: Session, link: Link) -> bool:
    return session.exec(select(Link.id).where(Link.parent_id == link.id)).first() is not None


def _agency(session: Session, arrival: Arrival) -> Agency | None:
    """Return the agency that the list named, or else the one that the document names."""
    link, report = arrival.link, arrival.reading.report
    if link.agency_key is not None:
        return session.get(Agency, link.agency_key)
    if report is None or not report.agency:
        return None
    agencies = {
        agency.key: agency
        for agency in session.exec(select(Agency).where(col(Agency.active)))
        if link.column_key in agency.columns
    }
    identity = match_agency(report.agency, [identity_of(agency) for agency in agencies.values()])
    return agencies[identity.key] if identity else None


def _year(session: Session, arrival: Arrival) -> int | None:
    """Return the year of the list's title; without one, that of the document.

    The list's word stands first: a slip in the document must not turn a published report into a
    missing one. Rule I01 tells of the difference.
    """
    link, report = arrival.link, arrival.reading.report
    parent = session.get(Link, link.parent_id) if link.parent_id else None
    named = link.year or (parent.year if parent else None)
    return named or (report.year if report else None)


def _adopt_moved(engine: Engine) -> None:
    """Let another good address of the same report take over where the known one is gone."""
    with writing(engine) as session:
        lost = session.exec(
            select(Obligation, Link)
            .join(Link, col(Link.id) == Obligation.link_id)
            .where(col(Link.outcome).in_([outcome.value for outcome in GONE]))
        ).all()
        for obligation, link in lost:
            heir = _heir(session, link)
            if heir is None:
                continue
            obligation.link_id = heir.id
            version = newest_version(session, obligation.agency_key, obligation.year)
            _hand_over(heir, version)


def _heir(session: Session, lost: Link) -> Link | None:
    return session.exec(
        select(Link)
        .where(
            Link.agency_key == lost.agency_key,
            Link.year == lost.year,
            Link.id != lost.id,
            Link.url != lost.url,
            col(Link.outcome).in_([outcome.value for outcome in GOOD]),
            col(Link.snapshot_id).is_not(None),
        )
        .order_by(col(Link.last_listed_at).desc(), Link.url)
    ).first()


def _hand_over(heir: Link, version: ReportVersion | None) -> None:
    """Make the heir the address of the version chain, and have it read against the newest version."""
    if version is not None and heir.id is not None:
        version.link_id = heir.id
    heir.read_snapshot_id = None
