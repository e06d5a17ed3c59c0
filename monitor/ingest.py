"""Turns what the crawler brought home into report versions, findings, standings and events."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.archive import Archive
from db.session import reading, writing
from db.tables import Agency, Link, Obligation, ReportVersion, Snapshot
from monitor.candidates import believable
from monitor.judging import identity_of
from monitor.readings import Reading, read_snapshot
from monitor.versions import Arrival, Season, is_dropped, is_gone, newest_version, record
from reports.names import match_agency
from reports.titles import read_title
from reports.visits import GOOD

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one run of the ingest did."""

    read: int = 0
    new_versions: int = 0


def ingest(engine: Engine, archive: Archive, season: Season, now: datetime) -> Ingested:
    """Read every body that waits, oldest report year first; each in a transaction of its own.

    Last year's report comes before this year's, so that the carry-over can be held against it. What
    holds no report comes last: a readable copy of the same report, if there is one, stands for it.
    """
    with writing(engine) as session:
        _read_again(session)
    waiting = _waiting(engine)
    later: list[int] = []
    written = 0
    for link_id in waiting:
        is_new = _guarded(_ingest_report, engine, archive, season, link_id, now)
        if is_new is None:
            later.append(link_id)
        written += bool(is_new)
    for link_id in later:
        written += bool(_guarded(_ingest_any, engine, archive, season, link_id, now))
    return Ingested(len(waiting), written)


def _waiting(engine: Engine) -> Sequence[int]:
    with reading(engine) as session:
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


def _guarded(
    ingest_one: Callable[[Engine, Archive, Season, int, datetime], bool | None],
    engine: Engine,
    archive: Archive,
    season: Season,
    link_id: int,
    now: datetime,
) -> bool | None:
    """Ingest one body; what fails on it is logged, waits for the next pass and stops no other."""
    try:
        return ingest_one(engine, archive, season, link_id, now)
    except SQLAlchemyError:
        raise
    except Exception:  # noqa: BLE001 - the border of the job: one body must not stop the pass
        logger.exception("event=ingest_failed link=%d", link_id)
        return False


def _ingest_report(
    engine: Engine, archive: Archive, season: Season, link_id: int, now: datetime
) -> bool | None:
    """Ingest a body that holds a report; return whether it was new, None when it holds none."""
    arrival = _arrival(engine, archive, link_id)
    return None if arrival.reading.report is None else _write(engine, arrival, season, now)


def _ingest_any(
    engine: Engine, archive: Archive, season: Season, link_id: int, now: datetime
) -> bool | None:
    return _write(engine, _arrival(engine, archive, link_id), season, now)


def _arrival(engine: Engine, archive: Archive, link_id: int) -> Arrival:
    """Raises ArchiveDamaged or FileNotFoundError when the archive lost the body."""
    with reading(engine) as session:
        link = session.get_one(Link, link_id)
        snapshot = session.get_one(Snapshot, link.snapshot_id)
    found = read_snapshot(archive, snapshot)
    return Arrival(link, snapshot, found, _parent_reading(engine, archive, link))


def _write(engine: Engine, arrival: Arrival, season: Season, now: datetime) -> bool:
    with writing(engine) as session:
        link = session.get_one(Link, arrival.link.id)
        # A newer body may have come meanwhile; it waits in its turn.
        link.read_snapshot_id = arrival.snapshot.id
        return _file(session, replace(arrival, link=link), season, now)


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
    year = _year(session, arrival, agency, now)
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


def _year(session: Session, arrival: Arrival, agency: Agency | None, now: datetime) -> int | None:
    """Return the year of the list's title; without one, that of the document.

    The list's word stands first: a slip in the document must not turn a published report into a
    missing one. Rule I01 tells of the difference. The list's own slip is seen where its year has not
    ended yet, or is taken by another address while the document's year is free.
    """
    link, report = arrival.link, arrival.reading.report
    parent = session.get(Link, link.parent_id) if link.parent_id else None
    named = read_title((parent or link).title).year or read_title(link.title).year
    own = report.year if report else None
    if named is None or (own is not None and not believable(named, now)):
        return own if own is None or believable(own, now) else None
    if own not in (None, named) and agency is not None:
        return own if _is_slip(session, link, agency, named, own) else named
    return named if believable(named, now) else None


def _is_slip(session: Session, link: Link, agency: Agency, named: int, own: int | None) -> bool:
    taken = newest_version(session, agency.key, named)
    if own is None or taken is None or taken.link_id == link.id:
        return False
    return newest_version(session, agency.key, own) is None


def _read_again(session: Session) -> None:
    """Have bodies read anew that may stand for a report now: ours is left, or none is known."""
    kept = select(Obligation, Link).join(Link, col(Link.id) == Obligation.link_id)
    for obligation, link in session.exec(kept).all():
        if is_gone(link) or is_dropped(session, link):
            for heir in _heirs(session, obligation, link):
                heir.read_snapshot_id = None
    for link in session.exec(_unfiled()).all():
        link.read_snapshot_id = None


def _heirs(session: Session, obligation: Obligation, lost: Link) -> Sequence[Link]:
    found = session.exec(
        select(Link).where(
            Link.agency_key == obligation.agency_key,
            Link.year == obligation.year,
            Link.id != lost.id,
            col(Link.outcome).in_([outcome.value for outcome in GOOD]),
            col(Link.snapshot_id).is_not(None),
        )
    ).all()
    return [heir for heir in found if not is_dropped(session, heir)]


def _unfiled() -> SelectOfScalar[Link]:
    """Select what is assigned to an agency and a year of which no report is known.

    So it is after the register changed: the body was read for another agency, or for none.
    """
    known = select(ReportVersion.id).where(
        ReportVersion.agency_key == Link.agency_key, ReportVersion.year == Link.year
    )
    child = aliased(Link)
    files = select(child.id).where(child.parent_id == Link.id)
    return select(Link).where(
        col(Link.snapshot_id).is_not(None),
        col(Link.agency_key).is_not(None),
        col(Link.year).is_not(None),
        ~known.exists(),
        ~files.exists(),
    )
