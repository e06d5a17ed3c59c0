"""Tells what was there before anybody looked from what is news."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy
from sqlalchemy import bindparam, func
from sqlmodel import Session, col

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
    of_column = {"column_key": link.column_key}
    began = session.scalar(_FIRST_GOOD, of_column) or session.scalar(_FIRST, of_column)
    if began is None or link.first_listed_at > began:
        return False
    return published + NEWS_FOR < china_date(began)


_FIRST = sqlalchemy.select(func.min(col(Visit.at))).where(
    col(Visit.column_key) == bindparam("column_key")
)
_FIRST_GOOD = _FIRST.where(col(Visit.outcome).in_([outcome.value for outcome in GOOD]))
