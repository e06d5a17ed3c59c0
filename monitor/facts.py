"""Gathers from the rows all that the standing of one obligation depends on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.tables import Agency, Look, Obligation
from reports.looks import Looks
from reports.status import Facts
from reports.words import Words

ABSENT, GONE, PRESENT, UNSURE = "absent", "gone", "present", "unsure"
CANDIDATE = "candidate"

_NOT_REQUIRED = Words("登记为无需发布年度报告。", "Registered as not required to publish a report.")
_NO_COLUMN = Words(
    "没有配置该单位的公开栏目，请在配置中补上",
    "no column is configured for this agency; add one to the configuration",
)


def facts_of(session: Session, obligation: Obligation, agency: Agency) -> Facts:
    """Return the facts as of the newest pass."""
    present_at = _last(session, obligation, PRESENT)
    gone = _looks(session, obligation, GONE, after=present_at)
    return Facts(
        due_at=obligation.due_at,
        exempt_reason=_exemption(agency),
        first_seen_at=obligation.first_seen_at,
        shown_on=obligation.shown_on,
        absent=_looks(session, obligation, ABSENT, before=obligation.first_seen_at),
        gone=gone,
        restored_at=present_at,
        last_failure=_last_failure(session, obligation, agency),
        candidate=_candidate(session, obligation),
    )


def _exemption(agency: Agency) -> Words | None:
    if agency.expected:
        return None
    reason = agency.exempt_reason
    return Words(reason, reason) if reason else _NOT_REQUIRED


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
