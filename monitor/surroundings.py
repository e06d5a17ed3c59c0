"""Gathers the reports that stand around one: its copies, its parts, its like, its twins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy
from sqlalchemy import ScalarSelect, bindparam
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

from db.tables import Agency, Link, ReportCopy, ReportVersion, Snapshot
from monitor.charges import charge_of
from monitor.judging import identity_of
from monitor.likeness import likenesses_of
from monitor.sources import sources_of
from monitor.twins import is_met_elsewhere
from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.codec import from_store
from reports.deadlines import Deadlines, last_day_of
from reports.duties import waiver_of
from reports.model import AnnualReport
from reports.reading.read import READER_VERSION
from reports.surroundings import Copy, Part, Parts, Places, Source
from reports.visits import GONE
from reports.words import Words

_MOST_PARTS = 300
_PREFECTURE, _COUNTY = 4, 6
# 自治县 before 县: the whole name of a county, city or district as the names of its bodies begin with it.
_COUNTY_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治县|自治旗|[县区市旗])")
_MOST_COPIES = 5
_MOST_TWINS = 20
_NOT_PARTS = frozenset({AgencyKind.VERTICAL.value, AgencyKind.OTHER.value})
_ATTACHMENT = Words("附件", "the attachment")
_PAGE = Words("另一网页", "another page")


def surrounded(
    session: Session,
    case: Case,
    report: AnnualReport,
    agency: Agency,
    snapshot_id: int | None = None,
) -> Case:
    """Return the case with all that other reports and copies say; ``snapshot_id`` is the report's body."""
    assert case.year is not None
    year = case.year
    return replace(
        case,
        copies=tuple(copies_of(session, agency.key, year)),
        parts=parts_of(session, agency, year),
        places=places_of(session, agency),
        likenesses=likenesses_of(session, report, agency, year),
        twins=None if snapshot_id is None else twins_of(session, agency.key, year, snapshot_id),
    )


def copies_of(session: Session, agency_key: str, year: int) -> Iterator[Copy]:
    """Yield the kept copies that still stand where they stood, as this reader reads them."""
    rows = session.execute(_COPIES, {"agency_key": agency_key, "year": year})
    for report, url, parent_id, sha256, fetched_at in rows:
        what = _PAGE if parent_id is None else _ATTACHMENT
        yield Copy(what, from_store(report), Source(url, sha256, fetched_at))


def twins_of(
    session: Session, agency_key: str, year: int, snapshot_id: int
) -> tuple[Identity, ...]:
    """Return the other agencies whose report of the year is the same bytes at another address."""
    own = session.get_one(Snapshot, snapshot_id)
    if not is_met_elsewhere(session, own):
        return ()
    rows = session.exec(
        select(Agency)
        .join(ReportVersion, col(ReportVersion.agency_key) == Agency.key)
        .join(Snapshot, col(Snapshot.id) == ReportVersion.snapshot_id)
        .where(
            Snapshot.sha256 == own.sha256,
            Snapshot.url != own.url,
            ReportVersion.year == year,
            ReportVersion.agency_key != agency_key,
            ReportVersion.number == _newest_number(),
        )
        .order_by(Agency.key)
        .limit(_MOST_TWINS)
    )
    return tuple(identity_of(agency) for agency in rows)


def places_of(session: Session, agency: Agency) -> Places | None:
    """Return the places of the register that are not the agency's; None where its region is not given.

    A place above or below the agency's own is no other place, nor one that its name or an alias holds.
    """
    region = _prefix(agency.region)
    if not region:
        return None
    own = "".join((agency.name, *agency.aliases))
    others = {
        found[0]
        for name, code in session.exec(_neighbours(region))
        if (other := _prefix(code)[:_COUNTY]) and not region.startswith(other)
        if not other.startswith(region[:_COUNTY])
        if (found := _COUNTY_NAME.match(name)) and found[0] not in own
    }
    return Places((agency.name,), tuple(sorted(others)))


def _neighbours(region: str) -> Select[str, str]:
    """Select the bodies of the same prefecture: a county's reports are copied from its neighbours'."""
    near = col(Agency.region).startswith(region[:_PREFECTURE])
    return select(Agency.name, Agency.region).where(near).distinct()


def parts_of(session: Session, agency: Agency, year: int) -> Parts | None:
    """Return the reports of the bodies that a government covers; None where it is no government."""
    prefix = _prefix(agency.region)
    if agency.kind != AgencyKind.GOVERNMENT.value or not prefix:
        return None
    bodies = _bodies_below(session, agency, prefix, year)
    newest = session.exec(
        select(ReportVersion)
        .where(
            col(ReportVersion.agency_key).in_([body.key for body in bodies[:_MOST_PARTS]]),
            ReportVersion.year == year,
            ReportVersion.number == _newest_number(),
            col(ReportVersion.readable),
        )
        .order_by(ReportVersion.agency_key)
    ).all()
    sources = sources_of(session, [version.id for version in newest if version.id is not None])
    named = {body.key: identity_of(body) for body in bodies}
    found = [
        Part(
            named[version.agency_key],
            from_store(version.report),
            sources.get(version.id or 0, Source()),
        )
        for version in newest
    ]
    return Parts(tuple(found), len(bodies))


def _bodies_below(session: Session, agency: Agency, prefix: str, year: int) -> Sequence[Agency]:
    """Return the expected bodies of the region; what a lower government covers is not counted twice."""
    inside = session.exec(
        select(Agency)
        .where(
            col(Agency.region).startswith(prefix),
            Agency.key != agency.key,
            col(Agency.active),
            col(Agency.kind).not_in(_NOT_PARTS),
        )
        .order_by(Agency.key)
    ).all()
    inside = [body for body in inside if _owes(session, body, year)]
    lower = [
        (body.key, _prefix(body.region))
        for body in inside
        if body.kind == AgencyKind.GOVERNMENT.value and _prefix(body.region) != prefix
    ]
    return [
        body
        for body in inside
        if not any(
            key != body.key and below and body.region.startswith(below) for key, below in lower
        )
    ]


def _owes(session: Session, body: Agency, year: int) -> bool:
    last_day = last_day_of(AgencyKind(body.kind), year, Deadlines())
    return waiver_of(charge_of(session, body), year, last_day) is None


def _prefix(region: str) -> str:
    """Return the digits that every division inside a region begins with: 410300 → 4103."""
    digits = region.strip()
    while digits.endswith("00"):
        digits = digits[:-2]
    return digits


def _newest_number() -> ScalarSelect[int]:
    other = aliased(ReportVersion)
    newest = select(func.max(other.number)).where(
        other.agency_key == ReportVersion.agency_key, other.year == ReportVersion.year
    )
    return newest.correlate(ReportVersion).scalar_subquery()


# Made once: it is asked for every single report.
_COPIES = (
    sqlalchemy.select(
        col(ReportCopy.report),
        col(Link.url),
        col(Link.parent_id),
        col(Snapshot.sha256),
        col(Snapshot.fetched_at),
    )
    .join(Link, col(Link.id) == col(ReportCopy.link_id))
    .join(Snapshot, col(Snapshot.id) == col(ReportCopy.snapshot_id))
    .where(
        col(ReportCopy.agency_key) == bindparam("agency_key"),
        col(ReportCopy.year) == bindparam("year"),
        col(ReportCopy.reader_version) == READER_VERSION,
        col(Link.outcome).not_in([outcome.value for outcome in GONE]),
    )
    .order_by(col(Link.id))
    .limit(_MOST_COPIES)
)
