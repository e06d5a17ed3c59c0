"""Finds listed links that may be a report which we could not read or assign: they hold back accusations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy
from sqlmodel import Session, col, select

from db.tables import Agency, Link, Obligation, ReportVersion, Visit
from reports import visits
from reports.agencies import Identity
from reports.deadlines import china_date
from reports.held import Held, held_from_store
from reports.names import names_same_agency
from reports.resemblance import may_hide_report, may_name
from reports.titles import read_title
from reports.words import Words

NewestVisits = Mapping[str, Visit]


def open_candidate(
    session: Session,
    obligation: Obligation,
    identity: Identity,
    agency: Agency,
    seen: NewestVisits,
) -> Words | None:
    """Return the listed link that may be the report but could not be read or assigned, if any."""
    for link in session.exec(
        select(Link).where(col(Link.column_key).in_(agency.columns)).order_by(Link.url)
    ):
        visit = seen.get(link.column_key)
        listed = visit is not None and link.last_listed_at >= visit.at
        is_known = link.id == obligation.link_id
        if not listed or is_known:
            continue
        held = held_from_store(link.found_as) if _settled(link) else None
        if held is not None and _concerns(link, held, obligation, identity):
            return _holds(link, held)
        if held is None and _may_be(session, link, obligation, identity):
            return _unread(link)
    return None


def _unread(link: Link) -> Words:
    end = visits.Outcome(link.outcome) if link.outcome else visits.Outcome.OK
    why = visits.WORDS[end]
    zh, en = ("", "") if end in visits.GOOD else (f"（{why.zh}）", f" ({why.en})")
    return Words(
        f"栏目中有可能是该报告的链接“{link.title}”，但未能读取或确认归属{zh}，请人工核实：{link.url}",
        f"a listed link may be the report but could not be read or assigned{en}; please verify: "
        f"“{link.title}” {link.url}",
    )


def _concerns(link: Link, held: Held, obligation: Obligation, identity: Identity) -> bool:
    """Say whether a link that holds another report than its title says has the title, or is the report."""
    of_this_year = held.unit is not None and held.year in (None, obligation.year)
    if of_this_year and names_same_agency(held.unit or "", identity):
        return True
    titled_year = read_title(link.title).year or link.year
    return link.agency_key == obligation.agency_key and titled_year == obligation.year


def _holds(link: Link, held: Held) -> Words:
    what = held.words
    return Words(
        f"栏目中标题为“{link.title}”的链接，打开后是{what.zh}，请人工核实：{link.url}",
        f"the link listed as “{link.title}” leads to {what.en}; please verify: {link.url}",
    )


def _may_be(session: Session, link: Link, obligation: Obligation, identity: Identity) -> bool:
    title = read_title(link.title)
    if link.agency_key is None and title.refusal is not None:
        return may_hide_report(title, identity, obligation.year)
    if link.agency_key not in (None, obligation.agency_key):
        return False
    if _year(link) not in (None, obligation.year):
        return link.agency_key is not None and _says_otherwise(session, link, obligation.year)
    if link.agency_key is not None:
        return link.year is None or not _settled(link)
    return may_name(title.unit, identity)


def _year(link: Link) -> int | None:
    """Return the year that the link is known by; one that had not ended when it was listed is a slip."""
    return link.year if link.year and believable(link.year, link.last_listed_at) else None


def believable(year: int, now: datetime) -> bool:
    """Say whether a report of this year can be there at all: its year must have ended."""
    return year < china_date(now).year


def _says_otherwise(session: Session, link: Link, year: int) -> bool:
    """Say whether the document behind a title of another year calls itself the report of this one."""
    # Of the whole report only its year is read.
    rows = session.execute(
        sqlalchemy.select(col(ReportVersion.report)["year"], col(ReportVersion.year)).where(
            col(ReportVersion.link_id) == link.id
        )
    )
    return any(said == year != known for said, known in rows)


def _settled(link: Link) -> bool:
    """Say whether the link was read to the end and turned out to hold another report or none."""
    read = link.snapshot_id is not None and link.snapshot_id == link.read_snapshot_id
    return read and link.outcome in {outcome.value for outcome in visits.GOOD}
