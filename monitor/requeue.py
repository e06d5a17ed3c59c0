"""Has bodies read anew that may stand for a report now, or that a newer reader may read better."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from db.tables import Link, Obligation, ReaderFault, ReportVersion, Snapshot
from monitor.known_versions import WITHOUT_REPORT
from monitor.left import has_left, is_dropped
from monitor.readings import MOST_TRIES
from reports.reading.read import READER_VERSION
from reports.visits import GOOD

_MOST_AT_ONCE = 500


def requeue(session: Session) -> None:
    """Have bodies wait again: where ours is left, where none is known, and where the reader is newer."""
    kept = (
        select(Obligation, Link, ReportVersion)
        .join(Link, col(Link.id) == Obligation.link_id)
        .join(ReportVersion, col(ReportVersion.id) == Obligation.version_id)
        # Of nearly all of them no more than the address is looked at.
        .options(WITHOUT_REPORT)
    )
    for obligation, link, version in session.exec(kept).all():
        if has_left(session, link, version):
            for heir in _heirs(session, obligation, link):
                heir.read_snapshot_id = None
    for link in session.exec(_unfiled()).all():
        link.read_snapshot_id = None
    for link in session.exec(_read_by_another()).all():
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


def _read_by_another() -> SelectOfScalar[Link]:
    """Select read bodies that no version stands on: an older reader's, and those that failed but once.

    Versions are renewed where they are; what became none may become one now.
    """
    filed = select(ReportVersion.id).where(ReportVersion.link_id == Link.id)
    failed_once = and_(
        col(ReaderFault.reader_version) == READER_VERSION, col(ReaderFault.times) < MOST_TRIES
    )
    return (
        select(Link)
        .join(Snapshot, col(Snapshot.id) == Link.snapshot_id)
        .outerjoin(ReaderFault, col(ReaderFault.sha256) == Snapshot.sha256)
        .where(
            col(Link.read_snapshot_id) == Link.snapshot_id,
            or_(col(Link.read_by).is_distinct_from(READER_VERSION), failed_once),
            ~filed.exists(),
        )
        .order_by(col(Link.id))
        .limit(_MOST_AT_ONCE)
    )
