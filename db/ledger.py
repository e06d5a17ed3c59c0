"""Reads the ledger of obligations and the event log, and gives them as the documented JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, SQLColumnExpression, case, func, select
from sqlmodel import Session, col

# pydantic reads the keys of a TypedDict on Python 3.11 only from this module.
from typing_extensions import TypedDict

from db.tables import Agency, Dismissal, Event, FindingRow, Link, Obligation, ReportVersion
from reports.deadlines import CHINA
from reports.findings import Severity
from reports.status import Status
from reports.words import Language, Words

BROKEN = "broken"
"""The outcome of a stored finding whose rule does not hold."""

OPEN_FIRST = (
    Status.MISSING,
    Status.UNVERIFIED,
    Status.LATE,
    Status.WITHDRAWN,
    Status.AWAITED,
    Status.ON_TIME,
    Status.EXEMPT,
)
"""The order of the board: what needs a person comes first."""


class SeverityCounts(TypedDict):
    """How many findings of each severity."""

    error: int
    warning: int
    notice: int


class ObligationObject(TypedDict):
    """One line of ``nianshao obligations --json``."""

    agency: str
    agency_name: str
    year: int
    due_at: str
    status: str
    proof: str
    because: str
    since: str
    url: str | None
    shown_on: str | None
    first_seen_at: str | None
    versions: int
    findings: SeverityCounts


class EventObject(TypedDict):
    """One line of ``nianshao events --json``."""

    id: int
    kind: str
    agency: str | None
    site: str | None
    year: int | None
    happened_at: str
    noticed_at: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One obligation with its agency, the report's address, its versions, its current findings."""

    obligation: Obligation
    agency: Agency
    url: str | None
    versions: int
    errors: int
    warnings: int
    notices: int
    verdict: str | None

    @property
    def because(self) -> Words:
        """Return the reason of the status in both languages."""
        return Words(self.obligation.because_zh, self.obligation.because_en)


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which obligations are wanted; None does not restrict."""

    year: int | None = None
    status: Status | None = None
    agency: str | None = None
    region: str | None = None
    active: bool | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on obligation and agency."""
        wanted = (
            (Obligation.year, self.year),
            (Obligation.status, None if self.status is None else self.status.value),
            (Obligation.agency_key, self.agency),
            (Agency.region, self.region),
            (Agency.active, self.active),
        )
        return [col(column) == value for column, value in wanted if value is not None]


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are wanted; no ``kinds`` means all, ``after`` is the last id already known."""

    after: int = 0
    kinds: tuple[str, ...] = ()
    agency: str | None = None
    year: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on the event."""
        found = [col(Event.id) > self.after]
        if self.kinds:
            found.append(col(Event.kind).in_(self.kinds))
        if self.agency is not None:
            found.append(col(Event.agency_key) == self.agency)
        if self.year is not None:
            found.append(col(Event.year) == self.year)
        return found


def ledger_rows(
    session: Session, query: LedgerQuery, limit: int | None = None, offset: int = 0
) -> tuple[LedgerRow, ...]:
    """Return the obligations that the query wants, in the board's order, in one statement."""
    statement = (
        select(
            Obligation,
            Agency,
            col(Link.url),
            _version_count(),
            _finding_count(Severity.ERROR),
            _finding_count(Severity.WARNING),
            _finding_count(Severity.NOTICE),
            col(ReportVersion.verdict),
        )
        .join(Agency, col(Agency.key) == Obligation.agency_key)
        .outerjoin(Link, col(Link.id) == Obligation.link_id)
        .outerjoin(ReportVersion, col(ReportVersion.id) == Obligation.version_id)
        .where(*query.conditions())
        .order_by(*_board_order())
        .limit(limit)
        .offset(offset)
    )
    return tuple(LedgerRow(*row) for row in session.execute(statement))


def count_obligations(session: Session, query: LedgerQuery) -> int:
    """Return how many obligations the query wants."""
    statement = (
        select(func.count(col(Obligation.id)))
        .join(Agency, col(Agency.key) == Obligation.agency_key)
        .where(*query.conditions())
    )
    return int(session.execute(statement).scalar_one())


def event_rows(session: Session, query: EventQuery, limit: int | None = None) -> tuple[Event, ...]:
    """Return the events that the query wants, oldest first."""
    statement = select(Event).where(*query.conditions()).order_by(col(Event.id)).limit(limit)
    return tuple(session.execute(statement).scalars())


def newest_events(session: Session, query: EventQuery, limit: int) -> tuple[Event, ...]:
    """Return the newest events that the query wants, newest first."""
    statement = select(Event).where(*query.conditions()).order_by(col(Event.id).desc()).limit(limit)
    return tuple(session.execute(statement).scalars())


def count_events(session: Session, query: EventQuery) -> int:
    """Return how many events the query wants."""
    statement = select(func.count(col(Event.id))).where(*query.conditions())
    return int(session.execute(statement).scalar_one())


def obligation_json(row: LedgerRow, language: Language) -> ObligationObject:
    """Return the documented object of one obligation; the reason is in the given language."""
    obligation = row.obligation
    return {
        "agency": row.agency.key,
        "agency_name": row.agency.name,
        "year": obligation.year,
        "due_at": iso_in_china(obligation.due_at),
        "status": obligation.status,
        "proof": obligation.proof,
        "because": row.because.in_language(language),
        "since": iso_in_china(obligation.since),
        "url": row.url,
        "shown_on": _iso_date(obligation.shown_on),
        "first_seen_at": _iso_or_none(obligation.first_seen_at),
        "versions": row.versions,
        "findings": {"error": row.errors, "warning": row.warnings, "notice": row.notices},
    }


def event_json(event: Event) -> EventObject:
    """Return the documented object of one stored event."""
    if event.id is None:
        raise ValueError("An event has an identity only after it was stored: flush it first.")
    return {
        "id": event.id,
        "kind": event.kind,
        "agency": event.agency_key,
        "site": event.site_key,
        "year": event.year,
        "happened_at": iso_in_china(event.happened_at),
        "noticed_at": iso_in_china(event.noticed_at),
        "data": event.data,
    }


def iso_in_china(instant: datetime) -> str:
    """Return an instant as ISO 8601 to the second, with the offset +08:00."""
    return instant.astimezone(CHINA).isoformat(timespec="seconds")


def _iso_or_none(instant: datetime | None) -> str | None:
    return None if instant is None else iso_in_china(instant)


def _iso_date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _version_count() -> ScalarSelect[int]:
    return (
        select(func.count(col(ReportVersion.id)))
        .where(
            col(ReportVersion.agency_key) == Obligation.agency_key,
            col(ReportVersion.year) == Obligation.year,
        )
        .correlate(Obligation)
        .scalar_subquery()
    )


def _finding_count(severity: Severity) -> ScalarSelect[int]:
    """Count what the current version or the obligation has: not what history had, nor what was dismissed."""
    version = col(FindingRow.version_id)
    return (
        select(func.count(col(FindingRow.id)))
        .where(
            col(FindingRow.agency_key) == Obligation.agency_key,
            col(FindingRow.year) == Obligation.year,
            col(FindingRow.outcome) == BROKEN,
            col(FindingRow.severity) == severity.value,
            version.is_(None) | (version == Obligation.version_id),
            ~_dismissed(),
        )
        .correlate(Obligation)
        .scalar_subquery()
    )


def _dismissed() -> ColumnElement[bool]:
    """Say whether a person's word holds for the finding."""
    return (
        select(col(Dismissal.id))
        .where(
            col(Dismissal.agency_key) == FindingRow.agency_key,
            col(Dismissal.year) == FindingRow.year,
            col(Dismissal.fingerprint) == FindingRow.fingerprint,
            col(Dismissal.reopened_at).is_(None),
        )
        .correlate(FindingRow)
        .exists()
    )


def _board_order() -> tuple[SQLColumnExpression[Any], ...]:
    rank = {status.value: place for place, status in enumerate(OPEN_FIRST)}
    return (
        col(Obligation.year).desc(),
        case(rank, value=col(Obligation.status), else_=len(rank)),
        col(Agency.name),
        col(Agency.key),
    )
