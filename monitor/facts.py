"""Gathers from the rows all that the standing of one obligation depends on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.tables import Agency, Link, Look, Obligation, ReportVersion
from monitor.charges import charge_of
from monitor.left import replaced_by
from reports import status_words as say
from reports.agencies import AgencyKind
from reports.deadlines import Deadlines, term_of
from reports.duties import closed_at, waiver_of
from reports.looks import Looks
from reports.status import Facts
from reports.words import Words

ABSENT, GONE, PRESENT, UNSURE = "absent", "gone", "present", "unsure"
CANDIDATE = "candidate"

_NO_COLUMN = Words(
    "没有配置该单位的公开栏目，请在配置中补上",
    "no column is configured for this agency; add one to the configuration",
)


def facts_of(
    session: Session, obligation: Obligation, agency: Agency, deadlines: Deadlines
) -> Facts:
    """Return the facts as of the newest pass."""
    charge = charge_of(session, agency)
    term = term_of(AgencyKind(agency.kind), agency.region, obligation.year, deadlines)
    present_at, closed = _last(session, obligation, PRESENT), closed_at(charge)
    ends = [at for at in (obligation.first_seen_at, closed) if at is not None]
    return Facts(
        due_at=obligation.due_at,
        waiver=waiver_of(charge, obligation.year, term.last_day),
        extended_by=term.extended_by,
        first_seen_at=obligation.first_seen_at,
        shown_on=obligation.shown_on,
        absent=_looks(session, obligation, ABSENT, before=min(ends, default=None)),
        gone=_looks(session, obligation, GONE, after=present_at, before=closed),
        restored_at=present_at,
        last_failure=_last_failure(session, obligation, agency),
        candidate=_candidate(session, obligation),
        remark=replacement(session, obligation),
    )


def replacement(session: Session, obligation: Obligation) -> Words | None:
    """Return what stands at the address of a known report in its place, None while it stands there."""
    link = session.get(Link, obligation.link_id) if obligation.link_id else None
    version = session.get(ReportVersion, obligation.version_id) if obligation.version_id else None
    held = replaced_by(link, version) if link and version else None
    return None if held is None else say.replaced(held.words)


def _looks(
    session: Session,
    obligation: Obligation,
    result: str,
    *,
    after: datetime | None = None,
    before: datetime | None = None,
) -> Looks:
    query = select(func.count(), func.min(Look.at), func.max(Look.at)).where(
        Look.agency_key == obligation.agency_key,
        Look.year == obligation.year,
        Look.result == result,
        Look.at >= obligation.due_at if result == ABSENT else col(Look.at).is_not(None),
    )
    if after is not None:
        query = query.where(Look.at > after)
    if before is not None:
        query = query.where(Look.at < before)
    count, first_at, last_at = session.exec(query).one()
    return Looks(count, first_at, last_at)


def _last(session: Session, obligation: Obligation, result: str) -> datetime | None:
    return session.exec(
        select(func.max(Look.at)).where(
            Look.agency_key == obligation.agency_key,
            Look.year == obligation.year,
            Look.result == result,
        )
    ).one()


def _last_failure(session: Session, obligation: Obligation, agency: Agency) -> Words | None:
    if not agency.columns:
        return _NO_COLUMN
    newest = session.exec(
        select(Look)
        .where(Look.agency_key == obligation.agency_key, Look.year == obligation.year)
        .order_by(col(Look.at).desc())
    ).first()
    if newest is None or newest.result not in (UNSURE, CANDIDATE):
        return None
    return Words(newest.reason_zh, newest.reason_en)


def _candidate(session: Session, obligation: Obligation) -> Words | None:
    """Return what the newest look at a readable list found instead of a clear absence, if anything."""
    newest = session.exec(
        select(Look)
        .where(
            Look.agency_key == obligation.agency_key,
            Look.year == obligation.year,
            col(Look.result).in_([ABSENT, CANDIDATE]),
        )
        .order_by(col(Look.at).desc())
    ).first()
    if newest is None or newest.result != CANDIDATE:
        return None
    return Words(newest.reason_zh, newest.reason_en)
