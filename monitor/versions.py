"""Writes one version of one report with its findings, its events and the standing that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from db.tables import Agency, Link, Obligation, ReportVersion, SiteColumn, Snapshot
from monitor.finding_rows import assessment_rows
from monitor.judging import identity_of, judge, obligation_of
from monitor.readings import Reading
from monitor.version_events import tell
from reports.addresses import date_in_address
from reports.case import Case
from reports.codec import from_store, grids_to_store, to_store
from reports.compare import Change, compare
from reports.deadlines import Deadlines
from reports.findings import Assessment, Verdict
from reports.reading.read import READER_VERSION
from reports.rules.registry import RULES_VERSION, assess
from reports.visits import GONE


@dataclass(frozen=True, slots=True)
class Season:
    """Which report years are judged, and when they are due."""

    first_year: int
    deadlines: Deadlines


@dataclass(frozen=True, slots=True)
class Arrival:
    """One body that arrived under one link, read; ``parent`` is the page that offers an attachment."""

    link: Link
    snapshot: Snapshot
    reading: Reading
    parent: Reading | None


def newest_version(session: Session, agency_key: str, year: int) -> ReportVersion | None:
    """Return the newest version of the report of one agency and year."""
    return session.exec(
        select(ReportVersion)
        .where(ReportVersion.agency_key == agency_key, ReportVersion.year == year)
        .order_by(col(ReportVersion.number).desc())
    ).first()


def record(
    session: Session,
    arrival: Arrival,
    agency: Agency,
    year: int,
    season: Season,
    now: datetime,
) -> bool:
    """Write a new version when the content is new; return whether it was."""
    before = newest_version(session, agency.key, year)
    if before is not None and not _supersedes(session, arrival, before):
        _take_over(session, arrival, before)
        return False
    assessment = _assess(session, arrival, agency, year)
    version = _version(arrival, agency, year, before, assessment)
    session.add(version)
    session.flush()
    if assessment is not None and version.id is not None:
        session.add_all(assessment_rows(assessment, agency.key, year, version.id))
    session.flush()
    if year >= season.first_year:
        obligation = obligation_of(session, agency, year, season.deadlines, now)
        _apply(session, obligation, agency, version, before, now)
    return True


def _supersedes(session: Session, arrival: Arrival, before: ReportVersion) -> bool:
    """Say whether this body takes the place of the newest version.

    Another copy of the report (a second list, a page beside its attachment) does so only when the
    newest version could not be read, or stands at an address that is gone or listed no more.
    """
    readable = arrival.reading.report is not None
    if before.content_key == arrival.reading.content_key:
        return False
    if before.link_id == arrival.link.id:
        # A page without a report is the same page whatever its visit counter says.
        return before.readable or readable or arrival.reading.document is None
    known = session.get_one(Link, before.link_id)
    if is_gone(known) or (is_dropped(session, known) and readable):
        return True
    return known.url != arrival.link.url and not before.readable and readable


def is_gone(link: Link) -> bool:
    """Say whether the newest fetch found the address empty."""
    return link.outcome in {outcome.value for outcome in GONE}


def is_dropped(session: Session, link: Link) -> bool:
    """Say whether the list, when last read, had the link no more, or is not watched any longer."""
    column = session.get_one(SiteColumn, link.column_key)
    read_at = column.last_good_at
    return not column.active or (read_at is not None and read_at > link.last_listed_at)


def _take_over(session: Session, arrival: Arrival, before: ReportVersion) -> None:
    """Make another address of the same content the report's address where the known one is left."""
    known, heir = session.get_one(Link, before.link_id), arrival.link
    same = before.content_key == arrival.reading.content_key and arrival.reading.report is not None
    if heir.id is None or heir.id == known.id or not same:
        return
    if not is_gone(known) and not is_dropped(session, known):
        return
    before.link_id = heir.id
    for obligation in session.exec(select(Obligation).where(Obligation.version_id == before.id)):
        obligation.link_id = heir.id


def adopt_known(session: Session, obligation: Obligation) -> bool:
    """Take up a report that was read before its year was judged; return whether there is one."""
    version = newest_version(session, obligation.agency_key, obligation.year)
    if version is None:
        return False
    first = session.exec(
        select(ReportVersion).where(
            ReportVersion.agency_key == obligation.agency_key,
            ReportVersion.year == obligation.year,
            ReportVersion.number == 1,
        )
    ).one()
    obligation.version_id, obligation.link_id = version.id, version.link_id
    obligation.first_seen_at, obligation.shown_on = first.first_seen_at, first.shown_on
    return True


def _assess(session: Session, arrival: Arrival, agency: Agency, year: int) -> Assessment | None:
    report = arrival.reading.report
    if report is None:
        return None
    last_year = newest_version(session, agency.key, year - 1)
    previous = from_store(last_year.report) if last_year and last_year.readable else None
    return assess(report, Case(identity_of(agency), year, previous))


def _version(
    arrival: Arrival,
    agency: Agency,
    year: int,
    before: ReportVersion | None,
    assessment: Assessment | None,
) -> ReportVersion:
    reading, link = arrival.reading, arrival.link
    assert link.id is not None
    assert arrival.snapshot.id is not None
    return ReportVersion(
        agency_key=agency.key,
        year=year,
        number=before.number + 1 if before else 1,
        link_id=link.id,
        snapshot_id=arrival.snapshot.id,
        content_key=reading.content_key,
        title=reading.report.title if reading.report else link.title,
        form=reading.report.form.name if reading.report else None,
        verdict=(assessment.verdict if assessment else Verdict.UNREADABLE).value,
        readable=reading.report is not None,
        unreadable_zh=reading.unreadable.zh if reading.unreadable else None,
        unreadable_en=reading.unreadable.en if reading.unreadable else None,
        shown_on=_shown_on(arrival, year),
        url_on=date_in_address(link.url),
        first_seen_at=_seen_at(arrival, before),
        report=to_store(reading.report) if reading.report else {},
        grids=grids_to_store(reading.document) if reading.document else [],
        changes=[asdict(change) for change in _changes(before, reading)],
        reader_version=READER_VERSION,
        rules_version=RULES_VERSION,
    )


def _seen_at(arrival: Arrival, before: ReportVersion | None) -> datetime:
    """Return when this body came, not when it was read: the next pass reads for a broken-off one."""
    came_at = arrival.snapshot.fetched_at
    if before is None or came_at > before.first_seen_at:
        return came_at
    # An old body that is back: it came first long ago.
    return arrival.link.outcome_at or came_at


def _changes(before: ReportVersion | None, reading: Reading) -> Sequence[Change]:
    if before is None or not before.readable or reading.report is None:
        return ()
    return compare(from_store(before.report), reading.report)


def _shown_on(arrival: Arrival, year: int) -> date | None:
    """Return the date that page and list show; where they differ, the earlier one after the year's end.

    Editors and site moves change dates in both directions: of two dates the one that accuses is not
    taken for granted.
    """
    documents = [reading.document for reading in (arrival.reading, arrival.parent) if reading]
    pages = [document.published_on for document in documents if document]
    shown = [day for day in (*pages, arrival.link.listed_on) if day is not None]
    plausible = [day for day in shown if day > date(year, 12, 31)]
    return min(plausible) if plausible else next(iter(shown), None)


def _apply(
    session: Session,
    obligation: Obligation,
    agency: Agency,
    version: ReportVersion,
    before: ReportVersion | None,
    now: datetime,
) -> None:
    newly_found = obligation.first_seen_at is None
    obligation.version_id = version.id
    obligation.link_id = version.link_id
    if newly_found:
        adopt_known(session, obligation)
    judge(session, obligation, agency, now, newly_found=newly_found)
    tell(session, obligation, version, before, now)
