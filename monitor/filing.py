"""Decides whose report of which year a body is, and whether it is the one under whose title it is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Agency, Link
from monitor.candidates import believable
from monitor.judging import identity_of
from monitor.versions import Arrival, newest_version, says_the_same
from reports.agencies import Identity
from reports.held import Held
from reports.model import AnnualReport
from reports.names import assign, names_predecessor, names_same_agency
from reports.rules.identity.units import is_another_unit
from reports.titles import read_title
from reports.year_hints import hinted_year


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a body belongs; ``held`` says what it is where that is not what its list title says.

    Agency or year is None where it cannot be told, or where the body is surely another agency's.
    """

    agency: Agency | None
    year: int | None
    held: Held | None = None


def filing_of(session: Session, arrival: Arrival, now: datetime) -> Filing:
    """Return where a body belongs."""
    report, named = arrival.reading.report, _year_of_the_title(session, arrival.link)
    agency = _agency(session, arrival, named)
    if agency is not None and report is not None and _is_of_another(arrival, report, agency):
        return Filing(None, None, Held(report.year, report.agency))
    year = _year(session, arrival, agency, named, now)
    if agency is not None and year is not None:
        agency = _heir(session, arrival.link, agency, year)
    held = Held(year) if named is not None and year not in (None, named) else None
    return Filing(agency, year, held)


def _year_of_the_title(session: Session, link: Link) -> int | None:
    parent = session.get(Link, link.parent_id) if link.parent_id else None
    return read_title((parent or link).title).year or read_title(link.title).year


def _agency(session: Session, arrival: Arrival, named: int | None) -> Agency | None:
    """Return the agency that the list named, or else the one that the document names."""
    link, report = arrival.link, arrival.reading.report
    if link.agency_key is not None:
        return session.get(Agency, link.agency_key)
    if report is None or not report.agency:
        return None
    found = assign(report.agency, named or report.year, _identities(session, link))
    return session.get(Agency, found.agency.key) if found.agency else None


def _identities(session: Session, link: Link) -> Sequence[Identity]:
    active = session.exec(select(Agency).where(col(Agency.active)).order_by(Agency.key))
    return [identity_of(agency) for agency in active if link.column_key in agency.columns]


def _heir(session: Session, link: Link, agency: Agency, year: int) -> Agency | None:
    """Return who answers for the year: the agency itself up to its last year, then its heir."""
    last_year = identity_of(agency).last_year
    if last_year is None or year <= last_year:
        return agency
    found = assign(agency.name, year, _identities(session, link))
    return session.get(Agency, found.agency.key) if found.agency else None


def _is_of_another(arrival: Arrival, report: AnnualReport, agency: Agency) -> bool:
    """Say whether the report is surely another agency's: no title of its page names the one listed."""
    identity, document = identity_of(agency), arrival.reading.document
    if not report.agency or names_predecessor(report.agency, identity):
        return False
    titles = document.titles if document else ()
    named = (read_title(title).unit for title in titles)
    if any(unit and names_same_agency(unit, identity) for unit in named):
        return False
    return is_another_unit(report.agency, identity)


def _year(
    session: Session, arrival: Arrival, agency: Agency | None, named: int | None, now: datetime
) -> int | None:
    """Return the year of the list's title; without one, that of the document.

    The list's word stands first: a slip in the document must not turn a published report into a
    missing one. Rule I01 tells of the difference. The list's own slip is seen where its year has not
    ended yet, or where ``_contradicts`` proves it.
    """
    report = arrival.reading.report
    own = report.year if report else None
    if named is None or (own is not None and not believable(named, now)):
        found = own or (_hint(arrival) if named is None else None)
        return found if found is not None and believable(found, now) else None
    if (
        report is not None
        and own not in (None, named)
        and agency is not None
        and believable(own, now)
    ):
        return own if _contradicts(session, arrival, agency, named, report) else named
    return named if believable(named, now) else None


def _hint(arrival: Arrival) -> int | None:
    document = arrival.reading.document
    shown = (arrival.link.listed_on, document.published_on if document else None)
    days = {day for day in (*shown, arrival.parent_shows) if day is not None}
    return hinted_year(arrival.link.url, days.pop()) if len(days) == 1 else None


def _contradicts(
    session: Session, arrival: Arrival, agency: Agency, named: int, report: AnnualReport
) -> bool:
    """Say whether what we hold proves that the report's own year is right and that of the list wrong."""
    own, link = report.year, arrival.link
    assert own is not None
    known, taken = (
        newest_version(session, agency.key, own),
        newest_version(session, agency.key, named),
    )
    if known is not None and says_the_same(session, arrival, known):
        # Last year's report under this year's title.
        return True
    if taken is None:
        return False
    if taken.link_id != link.id:
        return known is None
    # The new report has taken the place of the old one under an address that stays.
    return own > named == taken.report.get("year") and _says_firmly(report, own)


def _says_firmly(report: AnnualReport, year: int) -> bool:
    """Say whether title and stated period of a document agree on its year, as far as they are there."""
    titled = set(report.years_in_title)
    return titled <= {year} and (report.period is None or report.period.last.year == year)
