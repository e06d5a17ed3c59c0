"""Lets old bytes go: never those on which a standing, a judged version or the next visit rests."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db.archive import Archive
from db.dossier import ACCUSING, OPEN, dossier_of
from db.evidence import Capture
from db.seen import pages_seen
from db.session import reading, writing
from db.tables import Link, Obligation, ReportCopy, ReportVersion, Resource, Snapshot, Visit

_YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True)
class Pruning:
    """How many answers lost their bytes, how many bytes that frees, how many old ones are kept as support."""

    answers: int
    bytes: int
    supporting: int


def prune_archive(
    engine: Engine, archive: Archive, years: int, now: datetime, *, dry_run: bool
) -> Pruning:
    """Let go of the bytes of answers older than ``years``; rows and hashes stay.

    A WARC file is written anew without them, its rows are turned to the new file in one transaction,
    and only then does the old file go. The caller keeps every crawl away meanwhile.
    """
    since = now - years * _YEAR
    with reading(engine) as session:
        old = _older_than(session, since)
        needed = _needed(session, since) if old else frozenset[str]()
    leaving = [row for row in old if row.sha256 not in needed]
    if not dry_run:
        for file, rows in _by_file(leaving).items():
            with archive.holding(file):
                _rewrite(engine, archive, file, rows, now)
    freed = sum(row.length + row.request_length for row in leaving)
    return Pruning(len(leaving), freed, len(old) - len(leaving))


def _older_than(session: Session, instant: datetime) -> Sequence[Capture]:
    query = select(Capture).where(col(Capture.file).is_not(None), col(Capture.at) < instant)
    return session.exec(query.order_by(col(Capture.id))).all()


def _needed(session: Session, since: datetime) -> frozenset[str]:
    """Return the hashes of all bytes on which something rests, or that were seen ``since``."""
    referred = (
        select(ReportVersion.snapshot_id),
        select(ReportCopy.snapshot_id),
        select(Link.snapshot_id).where(col(Link.snapshot_id).is_not(None)),
        select(Link.read_snapshot_id).where(col(Link.read_snapshot_id).is_not(None)),
    )
    found: set[str] = set()
    for query in referred:
        found |= set(session.exec(select(Snapshot.sha256).where(col(Snapshot.id).in_(query))))
    found |= {sha256 for sha256 in session.exec(select(Resource.sha256)) if sha256}
    found |= set(session.exec(select(Capture.sha256).where(col(Capture.at) >= since)))
    for seen_id in session.exec(
        select(Visit.pages_seen_id).where(col(Visit.at) >= since).distinct()
    ).all():
        # A page that did not change was kept long ago.
        found |= {page.sha256 for page in pages_seen(session, seen_id) if page.sha256}
    supported = select(Obligation.agency_key, Obligation.year).where(
        col(Obligation.status).in_({status.value for status in ACCUSING | OPEN})
    )
    for agency_key, year in session.exec(supported).all():
        dossier = dossier_of(session, agency_key, year)
        found |= set(() if dossier is None else dossier.hashes)
    return frozenset(found)


def _by_file(rows: Iterable[Capture]) -> dict[str, list[Capture]]:
    found: defaultdict[str, list[Capture]] = defaultdict(list)
    for row in rows:
        found[row.file or ""].append(row)
    return found


def _rewrite(
    engine: Engine, archive: Archive, file: str, leaving: list[Capture], now: datetime
) -> None:
    gone = {row.id for row in leaving}
    with reading(engine) as session:
        query = select(Capture).where(Capture.file == file).order_by(col(Capture.id))
        staying = [row for row in session.exec(query) if row.id not in gone]
    moved = {row.id: archive.copy(row, now) for row in staying}
    archive.flush()
    with writing(engine) as session:
        for row in session.exec(select(Capture).where(Capture.file == file)):
            row.file, row.offset = moved.get(row.id, (None, 0))
    archive.let_go()
    os.unlink(archive.root / file)
