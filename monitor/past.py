"""Makes a session forget what came after an instant, so that the past can be asked; always rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from db.tables import Dismissal, FindingRow, Look, Obligation, ReportVersion, SiteColumn, Visit
from monitor.house import House
from monitor.sweep import sweep_in


@contextmanager
def as_of(house: House, now: datetime) -> Iterator[Session]:
    """Open the ledger as it stood, or will stand, at ``now``; nothing of it is kept."""
    with Session(house.engine, expire_on_commit=False) as session:
        _forget_after(session, now)
        sweep_in(session, house.season, now, everything=True)
        session.flush()
        yield session
        session.expunge_all()
        session.rollback()


def _forget_after(session: Session, now: datetime) -> None:
    later = select(ReportVersion.id).where(ReportVersion.first_seen_at > now)
    for obligation in session.exec(select(Obligation)):
        _turn_back(session, obligation, now)
    session.flush()
    session.exec(delete(FindingRow).where(col(FindingRow.version_id).in_(later)))
    session.exec(delete(ReportVersion).where(col(ReportVersion.first_seen_at) > now))
    session.exec(delete(Look).where(col(Look.at) > now))
    session.exec(delete(Dismissal).where(col(Dismissal.dismissed_at) > now))
    for word in session.exec(select(Dismissal).where(col(Dismissal.reopened_at) > now)):
        word.reopened_at = word.reopened_by = None
    for column in session.exec(select(SiteColumn)):
        visits = select(func.max(Visit.at)).where(
            Visit.column_key == column.key, col(Visit.at) <= now
        )
        column.last_visit_at = session.exec(visits).one()
    session.flush()


def _turn_back(session: Session, obligation: Obligation, now: datetime) -> None:
    if obligation.first_seen_at is None:
        return
    if obligation.first_seen_at > now:
        obligation.first_seen_at = obligation.shown_on = None
        obligation.link_id = obligation.version_id = None
        return
    version = session.exec(
        select(ReportVersion)
        .where(
            ReportVersion.agency_key == obligation.agency_key,
            ReportVersion.year == obligation.year,
            ReportVersion.first_seen_at <= now,
        )
        .order_by(col(ReportVersion.number).desc())
    ).first()
    obligation.version_id = version.id if version else None
