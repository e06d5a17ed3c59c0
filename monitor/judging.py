"""Applies the derived standing to one obligation: row, timeliness findings and event in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.eventlog import append
from db.tables import Agency, FindingRow, Link, Obligation, ReportVersion
from monitor.baseline import was_there_before
from monitor.facts import facts_of
from monitor.finding_rows import finding_row
from monitor.listings import listed_link, listing_of_obligation
from monitor.page_facts import Shown, page_of, revision_of, shown
from monitor.seasons import Season
from reports.agencies import AgencyKind, Identity
from reports.case import Case, Timeliness
from reports.deadlines import CHINA, Deadlines, term_of
from reports.duties import Duty, last_year
from reports.events import Happening
from reports.hidden_times import HiddenTime, hidden_time
from reports.naming import READ_BY_OCR
from reports.profile import Profile
from reports.rules.registry import assess
from reports.status import Facts, Standing, Status, derive
from reports.transitions import Edge, edge
from reports.words import Words

_OF_OBLIGATION = select(FindingRow).where(
    col(FindingRow.version_id).is_(None),
    FindingRow.agency_key == bindparam("agency"),
    FindingRow.year == bindparam("owed"),
)
# A new obligation starts as awaited whenever it is made, so that every later status is a change.
_A_YEAR = timedelta(days=365)


def identity_of(agency: Agency) -> Identity:
    """Return the agency as the rules and titles need it."""
    return Identity(
        agency.key,
        agency.name,
        AgencyKind(agency.kind),
        tuple(agency.aliases),
        tuple(agency.former_names),
        tuple(agency.heir_of),
        last_year(Duty(agency.duty), agency.since),
    )


def obligation_of(
    session: Session,
    agency: Agency,
    year: int,
    deadlines: Deadlines,
    now: datetime,
    *,
    known: Obligation | None = None,
) -> Obligation:
    """Return the obligation of an agency and year, made anew when it is not there yet.

    ``known`` is its row, where the caller has it at hand.
    """
    due = term_of(AgencyKind(agency.kind), agency.region, year, deadlines).due_at
    if known is None:
        known = session.exec(_OWED, params={"agency_key": agency.key, "year": year}).first()
    if known is not None:
        known.due_at = due
        return known
    standing = derive(Facts(due_at=due), min(now, due - _A_YEAR))
    obligation = Obligation(
        agency_key=agency.key,
        year=year,
        due_at=due,
        status=standing.status.value,
        proof=standing.proof.value,
        because_zh=standing.because.zh,
        because_en=standing.because.en,
        since=now,
        next_check_at=standing.next_check_at,
    )
    session.add(obligation)
    session.flush()
    return obligation


def judge(
    session: Session,
    obligation: Obligation,
    agency: Agency,
    now: datetime,
    season: Season,
    *,
    newly_found: bool = False,
) -> None:
    """Derive the standing at ``now``; store it, and append the event of the change, if any."""
    facts = facts_of(session, obligation, agency, season.deadlines)
    standing = derive(facts, now, season.proof)
    before = Status(obligation.status)
    happened = edge(before, standing, facts, newly_found=newly_found)
    _store(obligation, standing, now)
    case = _case(session, obligation, agency, standing, facts, now)
    term = term_of(AgencyKind(agency.kind), agency.region, obligation.year, season.deadlines)
    if case.timeliness is not None and term.local_day is not None:
        local = replace(case.timeliness, local_due_on=term.local_day, local_by=term.local_by)
        case = replace(case, timeliness=local)
    _judge_timeliness(session, obligation, case, season.profile)
    if happened is not None:
        told = describe(session, obligation, is_first=newly_found)
        append(session, _happening(obligation, happened, told), now)


def _store(obligation: Obligation, standing: Standing, now: datetime) -> None:
    if obligation.status != standing.status.value:
        obligation.status = standing.status.value
        obligation.since = now
    obligation.proof = standing.proof.value
    obligation.because_zh = standing.because.zh
    obligation.because_en = standing.because.en
    obligation.next_check_at = standing.next_check_at


def _case(
    session: Session,
    obligation: Obligation,
    agency: Agency,
    standing: Standing,
    facts: Facts,
    now: datetime,
) -> Case:
    """Return all that the rules on obligations look at."""
    version = shown(session, obligation.version_id) if obligation.version_id else None
    page = None if version is None else page_of(session, version)
    link = listed_link(session, obligation)
    url = None if page is None else page.source.url
    seen_at = obligation.first_seen_at
    hidden = hidden_time(link.url, seen_at) if link and seen_at else None
    return Case(
        identity=identity_of(agency),
        year=obligation.year,
        timeliness=_timeliness(obligation, standing, facts, version, hidden, now),
        region=agency.region or None,
        page=page,
        listing=listing_of_obligation(session, link, url, facts.gone, now) if link else None,
        revision=revision_of(session, agency.key, obligation.year, version) if version else None,
    )


def _timeliness(
    obligation: Obligation,
    standing: Standing,
    facts: Facts,
    version: Shown | None,
    hidden: HiddenTime | None,
    now: datetime,
) -> Timeliness:
    return Timeliness(
        standing.status,
        standing.proof,
        standing.because,
        obligation.due_at,
        obligation.shown_on,
        obligation.first_seen_at,
        # The date shown is that of the first version: it is held against no later address.
        url_on=version.url_on if version and version.number == 1 else None,
        id_time=hidden if version and version.number == 1 else None,
        absent_at=facts.absent.last_at,
        gone_since=facts.gone.first_at,
        judged_at=now,
    )


def _judge_timeliness(
    session: Session, obligation: Obligation, case: Case, profile: Profile
) -> None:
    agency_key, year = obligation.agency_key, obligation.year
    findings = {finding.fingerprint(): finding for finding in assess(None, case, profile).findings}
    known = session.exec(_OF_OBLIGATION, params={"agency": agency_key, "owed": year}).all()
    for row in known:
        finding = findings.pop(row.fingerprint, None)
        if finding is None:
            session.delete(row)
        else:
            row.message_zh, row.message_en = finding.message.zh, finding.message.en
            row.severity = finding.severity.value
    for finding in findings.values():
        session.add(finding_row(finding, agency_key, year))


def _happening(obligation: Obligation, happened: Edge, told: dict[str, Any]) -> Happening:
    parts = (happened.kind.value, obligation.agency_key, str(obligation.year), happened.occasion)
    return Happening(
        kind=happened.kind,
        key=":".join(part for part in parts if part),
        happened_at=happened.happened_at,
        agency=obligation.agency_key,
        year=obligation.year,
        data=told,
    )


def describe(session: Session, obligation: Obligation, *, is_first: bool = False) -> dict[str, Any]:
    """Return what every event on a report tells: standing, address, dates, reason in both languages.

    ``is_first`` says that the report was not known before; then ``baseline`` marks one that was there
    before anybody looked.
    """
    link = session.get(Link, obligation.link_id) if obligation.link_id else None
    version = session.get(ReportVersion, obligation.version_id) if obligation.version_id else None
    shown = obligation.shown_on
    is_old = is_first and version is not None and was_there_before(session, version)
    return {
        **({"baseline": True} if is_old else {}),
        "status": obligation.status,
        "proof": obligation.proof,
        "because": {"zh": obligation.because_zh, "en": obligation.because_en},
        "url": link.url if link else None,
        "title": (version.title if version else None) or (link.title if link else None),
        "shown_on": shown.isoformat() if shown else None,
        "due_at": obligation.due_at.astimezone(CHINA).isoformat(),
        "remarks": _remarks(version),
    }


def _remarks(version: ReportVersion | None) -> list[dict[str, str]]:
    """Return what must be known of the reading before "published" is taken for "and all is well"."""
    if version is None or not version.report:
        return []
    # As stored: to build the whole report of it for two of its fields takes a hundred times as long.
    recognised = (READ_BY_OCR,) if version.report.get("by_ocr") else ()
    remarks = (Words(*stored) for stored in version.report["remarks"])
    return [{"zh": words.zh, "en": words.en} for words in (*recognised, *remarks)]


# Made once: they are asked for every single report.
_OWED = select(Obligation).where(
    Obligation.agency_key == bindparam("agency_key"), Obligation.year == bindparam("year")
)
