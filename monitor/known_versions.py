"""Finds the versions that we hold: the newest of a year, and what it may be held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy
from sqlalchemy import bindparam
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from db.tables import Agency, Obligation, ReportVersion
from monitor.charges import predecessors_of
from reports.duties import Duty

WITHOUT_REPORT = defer(ReportVersion.report)  # type: ignore[arg-type]
"""Leaves the report unread until it is asked for: it is most of a version, and slow to read."""

_NEWEST = (
    sqlalchemy.select(col(ReportVersion.id))
    .where(
        col(ReportVersion.agency_key) == bindparam("agency_key"),
        col(ReportVersion.year) == bindparam("year"),
    )
    .order_by(col(ReportVersion.number).desc())
    .limit(1)
)


def newest_version(session: Session, agency_key: str, year: int) -> ReportVersion | None:
    """Return the newest version of the report of one agency and year."""
    # By its id: a version that the session holds is not read from its row once more.
    of_year = {"agency_key": agency_key, "year": year}
    number = session.scalar(_NEWEST, of_year)
    return None if number is None else session.get(ReportVersion, number)


def version_without_report(session: Session, obligation: Obligation) -> ReportVersion | None:
    """Return the version that stands for an obligation; its report is read when it is asked for."""
    if obligation.version_id is None:
        return None
    return session.get(ReportVersion, obligation.version_id, options=[WITHOUT_REPORT])


@dataclass(frozen=True, slots=True)
class LastYear:
    """The newest version of last year's report; ``joined`` names the bodies folded in since then."""

    version: ReportVersion | None
    joined: tuple[str, ...] = ()


def last_year_of(session: Session, agency: Agency, year: int) -> LastYear:
    """Return what this year's report may be held against.

    Of an agency that took over one body and did not exist before, that body's report. Of one that existed
    and took others over, its own, with the names of those: the rules say that they do not compare.
    """
    joined = [body for body in predecessors_of(session, agency) if _joined_since(body, year)]
    own = newest_version(session, agency.key, year - 1)
    if own is None and len(joined) == 1 and _is_new(agency, year):
        return LastYear(newest_version(session, joined[0].key, year - 1))
    return LastYear(own, _names(joined))


def _joined_since(body: Agency, year: int) -> bool:
    """Say whether the body had a report of last year to itself."""
    return body.since is None or body.since > date(year - 1, 12, 31)


def _is_new(agency: Agency, year: int) -> bool:
    is_required = agency.duty == Duty.REQUIRED
    return is_required and agency.since is not None and agency.since > date(year - 1, 12, 31)


def _names(bodies: Sequence[Agency]) -> tuple[str, ...]:
    return tuple(body.name for body in bodies)
