"""Builds from the rows how a column lists the report of one agency and year."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.tables import Link, Obligation, ReportVersion, Site, SiteColumn
from reports.looks import Looks
from reports.rules.web.addresses import host_of
from reports.surroundings import Listing, Opening
from reports.visits import GONE, GOOD, Outcome

_SEVERAL = 2
_UNOPENED = (
    select(Link)
    .where(
        Link.agency_key == bindparam("agency"),
        Link.year == bindparam("owed"),
        col(Link.parent_id).is_(None),
        col(Link.refusal_zh).is_(None),
        col(Link.outcome).in_(sorted(GONE)),
    )
    .order_by(col(Link.last_listed_at).desc(), col(Link.id))
    .limit(1)
)


def listed_link(session: Session, obligation: Obligation) -> Link | None:
    """Return the entry that stands for the report, or one that is listed as such and cannot be opened."""
    if obligation.link_id is None:
        return _unopened(session, obligation.agency_key, obligation.year)
    return entry_of(session, obligation.link_id)


def entry_of(session: Session, link_id: int) -> Link | None:
    """Return the entry of the column for a link: the page, where the link is a file that it offers."""
    link = session.get(Link, link_id)
    if link is None or link.parent_id is None:
        return link
    return session.get(Link, link.parent_id)


def _unopened(session: Session, agency_key: str, year: int) -> Link | None:
    return session.exec(_UNOPENED, params={"agency": agency_key, "owed": year}).first()


def listing_of_report(session: Session, agency_key: str, link: Link) -> Listing:
    """Return how the column lists a report beside those of other years of the same agency."""
    listing, column = _listing(session, link)
    return replace(listing, years=_years(session, agency_key, column))


def listing_of_obligation(
    session: Session, link: Link, page_url: str | None, gone: Looks, now: datetime
) -> Listing:
    """Return where the column's entry leads; ``gone`` are the looks that found a known report gone."""
    listing, column = _listing(session, link)
    return replace(
        listing,
        hosts=() if page_url is None else _hosts(session, column.site_key, page_url),
        opening=_opening(link, column, gone, now),
    )


def _listing(session: Session, link: Link) -> tuple[Listing, SiteColumn]:
    column = session.get_one(SiteColumn, link.column_key)
    site = session.get_one(Site, column.site_key)
    return Listing(link.title, link.url, site.name, link.listed_on), column


def _years(session: Session, agency_key: str, column: SiteColumn) -> tuple[int, ...]:
    """Return the years that the column lists for the agency, entries that name no agency included.

    A column of one year only, new or made for that year, says nothing of the years before.
    """
    listed = session.execute(_LISTED, {"column_key": column.key}).all()
    if column.last_good_at is None or len({year for year, _ in listed}) < _SEVERAL:
        return ()
    own = {year for year, key in listed if key in (agency_key, None) and year is not None}
    return tuple(sorted(own))


def _hosts(session: Session, site_key: str, page_url: str) -> tuple[str, ...]:
    """Return the host of the site; those of all registered sites where the page is not on it."""
    host, own = host_of(page_url), host_of(session.get_one(Site, site_key).base_url)
    if host == own:
        return (own,)
    bases = {site.key: site.base_url for site in session.exec(select(Site).order_by(Site.key))}
    columns = session.exec(select(SiteColumn.site_key, SiteColumn.url))
    places = [*bases.values(), *(urljoin(bases[key], url) for key, url in columns)]
    return tuple(dict.fromkeys(name for place in places if (name := host_of(place))))


def _opening(link: Link, column: SiteColumn, gone: Looks, now: datetime) -> Opening | None:
    """Return since when the listed address does not open; None when it does or nothing can be said."""
    if link.outcome is None or link.outcome_at is None or link.outcome_at > now:
        return None
    end = Outcome(link.outcome)
    still_listed = link.last_listed_at >= link.outcome_at
    was_read = column.last_good_at is not None and column.last_good_at >= link.outcome_at
    since = link.first_listed_at if link.snapshot_id is None else gone.first_at
    if end in GOOD or not still_listed or not was_read or since is None:
        return None
    return Opening(end, since, link.outcome_at)


def earlier_years(session: Session, agency_key: str, year: int) -> tuple[int, ...]:
    """Return the report years before this one of which we hold a report."""
    before = {"agency_key": agency_key, "year": year}
    return tuple(sorted(session.scalars(_EARLIER, before)))


# Made once: they are asked for every single report.
_LISTED = (
    sqlalchemy.select(col(Link.year), col(Link.agency_key))
    .where(col(Link.column_key) == bindparam("column_key"), col(Link.year).is_not(None))
    .distinct()
)
_EARLIER = (
    sqlalchemy.select(col(ReportVersion.year))
    .where(
        col(ReportVersion.agency_key) == bindparam("agency_key"),
        col(ReportVersion.year) < bindparam("year"),
    )
    .distinct()
)
