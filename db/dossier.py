"""Gathers what the standing of an obligation rests on: visits, looks, versions, events, answers kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from sqlmodel import Session, col, select

from db.seen import PageSeen, pages_seen
from db.tables import (
    Agency,
    Capture,
    Event,
    Link,
    Look,
    Obligation,
    ReportVersion,
    SiteColumn,
    Snapshot,
    Visit,
)
from db.unindexed import REVISIT, WHOLE
from reports.deadlines import season_opens_at
from reports.status import Status
from reports.visits import GOOD, Outcome

MOST_VISITS = 5_000
_AT_ONCE = 500

ACCUSING = frozenset({Status.MISSING, Status.LATE, Status.WITHDRAWN, Status.UNVERIFIED})
"""Statuses that an agency may dispute: each opens its evidence."""

OPEN = frozenset({Status.AWAITED, Status.MISSING, Status.WITHDRAWN, Status.UNVERIFIED})
"""Statuses that further visits may still change."""


@dataclass(frozen=True, slots=True)
class VisitSeen:
    """One visit to a column of the agency, with the answers that it rests on."""

    visit: Visit
    pages: tuple[PageSeen, ...]

    @property
    def is_good(self) -> bool:
        """Say whether the visit lets us say what the column holds."""
        return self.visit.outcome in {outcome.value for outcome in GOOD}


@dataclass(frozen=True, slots=True)
class Span:
    """Visits to one column, one after another, that all saw the same."""

    first: VisitSeen
    last: VisitSeen
    count: int


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """A version of the report, where it stood, and the body that it was read from."""

    version: ReportVersion
    link: Link
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Dossier:
    """The evidence of one obligation, all of it oldest first.

    ``captures`` are the answers kept of the pages seen and of the report's addresses. ``is_cut`` says
    that there were more than ``MOST_VISITS`` visits, of which the newest are here.
    """

    agency: Agency
    obligation: Obligation
    url: str | None
    columns: tuple[SiteColumn, ...]
    visits: tuple[VisitSeen, ...]
    looks: tuple[Look, ...]
    versions: tuple[VersionSeen, ...]
    events: tuple[Event, ...]
    captures: tuple[Capture, ...]
    is_cut: bool

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the visits, those after one another that saw the same as one."""
        found: dict[str, list[Span]] = {column.key: [] for column in self.columns}
        for seen in self.visits:
            of_column = found[seen.visit.column_key]
            if of_column and _sight(of_column[-1].last) == _sight(seen):
                before = of_column.pop()
                of_column.append(Span(before.first, seen, before.count + 1))
            else:
                of_column.append(Span(seen, seen, 1))
        every = (span for spans in found.values() for span in spans)
        return tuple(sorted(every, key=lambda span: (span.first.visit.at, span.first.visit.id)))

    @property
    def hashes(self) -> tuple[str, ...]:
        """Return the hashes of all bytes that belong to it, each once, in the order of their first sight."""
        seen = (page.sha256 for visit in self.visits for page in visit.pages)
        versions = (version.snapshot.sha256 for version in self.versions)
        captures = (capture.sha256 for capture in self.captures)
        every = (sha256 for each in (seen, versions, captures) for sha256 in each)
        return tuple(dict.fromkeys(sha256 for sha256 in every if sha256))


def dossier_of(session: Session, agency_key: str, year: int) -> Dossier | None:
    """Return the evidence of one obligation, None when there is no such obligation."""
    obligation = session.exec(
        select(Obligation).where(Obligation.agency_key == agency_key, Obligation.year == year)
    ).first()
    if obligation is None:
        return None
    agency = session.get_one(Agency, agency_key)
    looks, versions = _looks(session, obligation), _versions(session, obligation)
    own = _own_events(session, obligation)
    until = _until(obligation, looks, versions, own)
    columns = _columns(session, agency)
    link = session.get(Link, obligation.link_id) if obligation.link_id else None
    urls = _own_addresses(session, obligation, link)
    keys = [column.key for column in columns]
    visits = tuple(_own_pages(seen, urls) for seen in _visits(session, keys, year, until))
    return Dossier(
        agency=agency,
        obligation=obligation,
        url=link.url if link else None,
        columns=columns,
        visits=visits[:MOST_VISITS][::-1],
        looks=looks,
        versions=versions,
        events=_with_those_of_sites(session, own, columns, year, until),
        captures=_captures(session, visits, versions, urls),
        is_cut=len(visits) > MOST_VISITS,
    )


def _until(
    obligation: Obligation,
    looks: tuple[Look, ...],
    versions: tuple[VersionSeen, ...],
    events: tuple[Event, ...],
) -> datetime | None:
    """Return the last instant that has to do with the obligation, None while it may still change."""
    if obligation.first_seen_at is None or obligation.status in OPEN:
        return None
    instants = (
        obligation.first_seen_at,
        *(look.at for look in looks),
        *(version.version.first_seen_at for version in versions),
        *(event.noticed_at for event in events),
    )
    return max(instants)


def _columns(session: Session, agency: Agency) -> tuple[SiteColumn, ...]:
    query = select(SiteColumn).where(col(SiteColumn.key).in_(agency.columns))
    return tuple(session.exec(query.order_by(SiteColumn.key)))


def _looks(session: Session, obligation: Obligation) -> tuple[Look, ...]:
    return tuple(
        session.exec(
            select(Look)
            .where(Look.agency_key == obligation.agency_key, Look.year == obligation.year)
            .order_by(col(Look.at))
        )
    )


def _versions(session: Session, obligation: Obligation) -> tuple[VersionSeen, ...]:
    rows = session.exec(
        select(ReportVersion, Link, Snapshot)
        .join(Link, col(Link.id) == ReportVersion.link_id)
        .join(Snapshot, col(Snapshot.id) == ReportVersion.snapshot_id)
        .where(
            ReportVersion.agency_key == obligation.agency_key,
            ReportVersion.year == obligation.year,
        )
        .order_by(col(ReportVersion.number))
    )
    return tuple(VersionSeen(*row) for row in rows)


def _own_addresses(session: Session, obligation: Obligation, link: Link | None) -> frozenset[str]:
    """Return where the report stands, stood, or may stand: the addresses listed for agency and year."""
    listed = session.exec(
        select(Link.url).where(
            Link.agency_key == obligation.agency_key, Link.year == obligation.year
        )
    )
    versions = session.exec(
        select(Link.url)
        .join(ReportVersion, col(ReportVersion.link_id) == Link.id)
        .where(
            ReportVersion.agency_key == obligation.agency_key,
            ReportVersion.year == obligation.year,
        )
    )
    return frozenset({*listed, *versions, *([link.url] if link else [])})


def _own_pages(seen: VisitSeen, urls: Collection[str]) -> VisitSeen:
    """Leave out the bad ends of reports of others."""
    pages = tuple(page for page in seen.pages if page.is_list or page.key in urls)
    return seen if len(pages) == len(seen.pages) else replace(seen, pages=pages)


def _own_events(session: Session, obligation: Obligation) -> tuple[Event, ...]:
    query = select(Event).where(
        Event.agency_key == obligation.agency_key, Event.year == obligation.year
    )
    return tuple(session.exec(query.order_by(col(Event.id))))


def _with_those_of_sites(
    session: Session,
    own: tuple[Event, ...],
    columns: tuple[SiteColumn, ...],
    year: int,
    until: datetime | None,
) -> tuple[Event, ...]:
    """Return the events with those of the sites meanwhile: why nothing could be seen."""
    sites = {column.site_key for column in columns}
    query = select(Event).where(
        col(Event.site_key).in_(sites),
        col(Event.agency_key).is_(None),
        col(Event.happened_at) >= season_opens_at(year),
    )
    if until is not None:
        query = query.where(col(Event.happened_at) <= until)
    return tuple(sorted((*own, *session.exec(query)), key=lambda event: event.id or 0))


def _visits(
    session: Session, columns: list[str], year: int, until: datetime | None
) -> tuple[VisitSeen, ...]:
    """Return the visits since the season opened, newest first, one more than are shown."""
    query = select(Visit).where(
        col(Visit.column_key).in_(columns), col(Visit.at) >= season_opens_at(year)
    )
    if until is not None:
        query = query.where(col(Visit.at) <= until)
    order = (col(Visit.at).desc(), col(Visit.id).desc())
    rows = session.exec(query.order_by(*order).limit(MOST_VISITS + 1)).all()

    @cache
    def pages(seen_id: int | None) -> tuple[PageSeen, ...]:
        return pages_seen(session, seen_id)

    return tuple(VisitSeen(row, pages(row.pages_seen_id)) for row in rows)


def _captures(
    session: Session,
    visits: tuple[VisitSeen, ...],
    versions: tuple[VersionSeen, ...],
    urls: Collection[str],
) -> tuple[Capture, ...]:
    """Return the answers kept of these pages with these bytes, and all of the report's own addresses."""
    pages = {(p.key, p.sha256) for visit in visits for p in visit.pages if p.sha256}
    pages |= {(version.snapshot.url, version.snapshot.sha256) for version in versions}
    found: dict[int, Capture] = {}
    for keys in _in_batches({key for key, _ in pages} | set(urls)):
        for row in session.exec(select(Capture).where(col(Capture.key).in_(keys))):
            if (row.key, row.sha256) in pages or row.key in urls:
                found[row.id or 0] = row
    lacking = {sha256 for _, sha256 in pages} - {row.sha256 for row in found.values()}
    # Where an answer repeats the bytes of another address, the record with the bytes belongs to it too.
    holders = lacking | {row.sha256 for row in found.values() if row.kind == REVISIT}
    for hashes in _in_batches(holders):
        query = select(Capture).where(col(Capture.sha256).in_(hashes), col(Capture.kind).in_(WHOLE))
        found |= {row.id or 0: row for row in session.exec(query)}
    return tuple(found[number] for number in sorted(found))


def _in_batches(values: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for begin in range(0, len(ordered), _AT_ONCE):
        yield ordered[begin : begin + _AT_ONCE]


def _sight(seen: VisitSeen) -> tuple[object, ...]:
    good = Outcome.OK.value if seen.is_good else seen.visit.outcome
    return good, seen.visit.links, tuple((page.key, page.sha256) for page in seen.pages)
