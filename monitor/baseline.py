"""Tells what was there before anybody looked from what is news."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.tables import Link, ReportVersion, Visit
from reports.deadlines import china_date
from reports.visits import GOOD

NEWS_FOR = timedelta(days=7)
"""So long a report is news, also to who looks for the first time."""


def was_there_before(session: Session, version: ReportVersion) -> bool:
    """Say whether the first good look at the column found the report, already published for a while.

    A report without any date is news: nothing says that it was published before.
    """
    published = version.shown_on or version.url_on
    link = session.get(Link, version.link_id)
    if version.number != 1 or published is None or link is None:
        return False
    visits = select(func.min(Visit.at)).where(Visit.column_key == link.column_key)
    good = visits.where(col(Visit.outcome).in_([outcome.value for outcome in GOOD]))
    began = session.exec(good).one() or session.exec(visits).one()
    if began is None or link.first_listed_at > began:
        return False
    return published + NEWS_FOR < china_date(began)
