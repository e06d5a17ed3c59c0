"""Writes one version of one report with its findings, its events and the standing that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from db.tables import Agency, Link, Obligation, ReportVersion, Snapshot
from monitor.dismissals import settle_verdict
from monitor.finding_rows import assessment_rows
from monitor.judging import identity_of, judge, obligation_of
from monitor.known_versions import last_year_of
from monitor.known_versions import newest_version as newest_version
from monitor.left import has_left, is_dropped, is_gone, replaced_by
from monitor.listings import earlier_years, entry_of, listing_of_report
from monitor.page_facts import Shown, page_of, shown_of, stored_page
from monitor.sameness import differs_in_looks_only, takes_turns
from monitor.seasons import Season
from monitor.sources import source_of
from monitor.surroundings import surrounded
from monitor.version_events import tell
from reports.addresses import date_in_address
from reports.case import Case
from reports.codec import from_store, to_store
from reports.compare import Change, compare
from reports.findings import Assessment, Verdict
from reports.model import AnnualReport
from reports.profile import Profile
from reports.reading.read import READER_VERSION
from reports.rules.registry import assess, on_documents
from reports.rules.standing import rules_version
from sandbox.readings import Reading


@dataclass(frozen=True, slots=True)
class Arrival:
    """One body that arrived under one link, read; ``parent_shows`` is the date on the page that offers it.

    ``offered_by`` are the facts of that page, as ``monitor.page_facts`` keeps them.
    """

    link: Link
    snapshot: Snapshot
    reading: Reading
    parent_shows: date | None = None
    offered_by: dict[str, Any] | None = None


def record(
    session: Session,
    arrival: Arrival,
    agency: Agency,
    year: int,
    season: Season,
    now: datetime,
) -> ReportVersion | None:
    """Write a new version when the content is new, and return it; it is the newest then."""
    before = newest_version(session, agency.key, year)
    if before is not None and not _supersedes(session, arrival, before):
        _take_over(session, arrival, before)
        return None
    if before is not None and takes_turns(session, arrival.reading.content_key, before, now):
        # Asked again at the next pass: once the turns end, the content that stays is taken.
        arrival.link.read_snapshot_id = None
        return None
    version, report = _version(arrival, agency, year, before), arrival.reading.report
    shown = shown_of(version)
    assessment = assessment_of(session, report, agency, year, season.profile, shown)
    put_judgement(version, assessment, season.profile)
    session.add(version)
    session.flush()
    if assessment is not None and version.id is not None:
        session.add_all(assessment_rows(assessment, agency.key, year, version.id))
    session.flush()
    settle_verdict(session, version)
    if year >= season.first_year:
        obligation = obligation_of(session, agency, year, season.deadlines, now)
        newly_found = _stand_for(session, obligation, version)
        judge(session, obligation, agency, now, season, newly_found=newly_found)
        tell(session, obligation, version, before, now)
    return version


def _supersedes(session: Session, arrival: Arrival, before: ReportVersion) -> bool:
    """Say whether this body takes the place of the newest version.

    Another copy of the report (a second list, a page beside its attachment) does so only when the
    newest version could not be read, or stands at an address that is gone or listed no more.
    """
    readable = arrival.reading.report is not None
    if says_the_same(session, arrival, before):
        return False
    if before.link_id == arrival.link.id:
        # A page without a report is the same page whatever its visit counter says.
        return before.readable or readable or arrival.reading.document is None
    known = session.get_one(Link, before.link_id)
    is_left = is_dropped(session, known) or replaced_by(known, before) is not None
    if is_gone(known) or (is_left and readable):
        return True
    return known.url != arrival.link.url and not before.readable and readable


def is_same_body(session: Session, snapshot: Snapshot, version: ReportVersion) -> bool:
    """Say whether a version was read from these very bytes: whatever a reader says, they are not revised."""
    return session.get_one(Snapshot, version.snapshot_id).sha256 == snapshot.sha256


def says_the_same(session: Session, arrival: Arrival, before: ReportVersion) -> bool:
    """Say whether a body is what a version already says."""
    same_content = before.content_key == arrival.reading.content_key
    return (
        same_content
        or is_same_body(session, arrival.snapshot, before)
        or differs_in_looks_only(arrival.reading.report, before)
    )


def _take_over(session: Session, arrival: Arrival, before: ReportVersion) -> None:
    """Make another address of the same content the report's address where the known one is left.

    What cannot be read, a picture say, is the same content when it is the same bytes.
    """
    known, heir = session.get_one(Link, before.link_id), arrival.link
    if arrival.reading.report is None:
        same = is_same_body(session, arrival.snapshot, before)
    else:
        same = says_the_same(session, arrival, before)
    if heir.id is None or heir.id == known.id or not same:
        return
    if not has_left(session, known, before):
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


def assessment_of(
    session: Session,
    report: AnnualReport | None,
    agency: Agency,
    year: int,
    profile: Profile,
    shown: Shown | None = None,
) -> Assessment | None:
    """Return what the rules on documents say of a report beside all that we hold; None without a report.

    ``shown`` is what is kept of its version. What is judged of the obligation is said of that alone.
    """
    if report is None:
        return None
    before = last_year_of(session, agency, year)
    last_year = before.version
    previous = from_store(last_year.report) if last_year and last_year.readable else None
    source = source_of(session, last_year)
    case = Case(
        identity=identity_of(agency),
        year=year,
        previous=previous,
        previous_source=source,
        earlier_years=earlier_years(session, agency.key, year),
        region=agency.region or None,
        joined=before.joined,
    )
    snapshot_id = None if shown is None else shown.snapshot_id
    full = surrounded(session, _on_page(session, case, shown), report, agency, snapshot_id)
    return on_documents(assess(report, full, profile))


def _on_page(session: Session, case: Case, shown: Shown | None) -> Case:
    """Return the case with the page that shows the report, and the list that names it."""
    link = None if shown is None else entry_of(session, shown.link_id)
    if shown is None or link is None or case.identity is None:
        return case
    listing = listing_of_report(session, case.identity.key, link)
    return replace(case, page=page_of(session, shown), listing=listing)


def _version(
    arrival: Arrival,
    agency: Agency,
    year: int,
    before: ReportVersion | None,
) -> ReportVersion:
    link = arrival.link
    assert link.id is not None
    assert arrival.snapshot.id is not None
    version = ReportVersion(
        agency_key=agency.key,
        year=year,
        number=before.number + 1 if before else 1,
        link_id=link.id,
        snapshot_id=arrival.snapshot.id,
        content_key=arrival.reading.content_key,
        title=link.title,
        verdict=Verdict.UNREADABLE.value,
        shown_on=_shown_on(arrival, year),
        url_on=date_in_address(link.url),
        first_seen_at=_seen_at(arrival, before),
        reader_version=READER_VERSION,
        rules_version="",
    )
    version.page = {"offered_by": arrival.offered_by}
    put_reading(version, arrival.reading, before)
    return version


def put_judgement(version: ReportVersion, assessment: Assessment | None, profile: Profile) -> None:
    """Make the version carry what was judged of it, and by what; None where nothing could be."""
    version.verdict = (assessment.verdict if assessment else Verdict.UNREADABLE).value
    version.rules_version = rules_version(profile)


def put_reading(version: ReportVersion, reading: Reading, before: ReportVersion | None) -> None:
    """Make the version say what its body was read to say; ``before`` is the version it follows."""
    report, refused = reading.report, reading.unreadable
    version.content_key = reading.content_key
    version.readable = report is not None
    version.title = report.title if report else version.title
    version.form = report.form.name if report else None
    version.unreadable_zh = refused.zh if refused else None
    version.unreadable_en = refused.en if refused else None
    version.report = to_store(report) if report else {}
    version.grids = list(reading.document.grids) if reading.document else []
    version.page = stored_page(reading, version.page.get("offered_by"))
    version.changes = [asdict(change) for change in _changes(before, reading)]
    version.reader_version = READER_VERSION


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
    document = arrival.reading.document
    own = document.published_on if document else None
    days = (own, arrival.parent_shows, arrival.link.listed_on)
    shown = [day for day in days if day is not None]
    plausible = [day for day in shown if day > date(year, 12, 31)]
    return min(plausible) if plausible else next(iter(shown), None)


def _stand_for(session: Session, obligation: Obligation, version: ReportVersion) -> bool:
    """Let the version stand for the obligation; return whether it is the first that does."""
    newly_found = obligation.first_seen_at is None
    obligation.version_id = version.id
    obligation.link_id = version.link_id
    if newly_found and version.number == 1:
        obligation.first_seen_at, obligation.shown_on = version.first_seen_at, version.shown_on
    elif newly_found:
        adopt_known(session, obligation)
    return newly_found
