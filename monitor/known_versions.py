"""Finds the versions that we hold: the newest of a year, and what it may be held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from db.tables import Agency, ReportVersion
from monitor.charges import predecessors_of
from reports.duties import Duty


def newest_version(session: Session, agency_key: str, year: int) -> ReportVersion | None:
    """Return the newest version of the report of one agency and year."""
    return session.exec(
        select(ReportVersion)
        .where(ReportVersion.agency_key == agency_key, ReportVersion.year == year)
        .order_by(col(ReportVersion.number).desc())
    ).first()


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
