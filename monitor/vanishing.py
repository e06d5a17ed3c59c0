"""Tells a site that was rebuilt or cleared from reports that were taken away one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Link, Obligation
from monitor.candidates import NewestVisits
from reports.status import Status
from reports.visits import GONE

FEWEST_TOGETHER = 3
"""Fewer reports than these may be taken away on one day without the column having changed."""


@dataclass(frozen=True, slots=True)
class GoneTogether:
    """How many of a column's known reports one visit, at ``at``, found gone: more than half of them."""

    gone: int
    known: int
    at: datetime


def gone_together(session: Session, seen: NewestVisits) -> Mapping[str, GoneTogether]:
    """Return the columns whose newest visit found most of their reports gone, by key.

    Counted are the reports that stand for obligations and were not withdrawn before.
    """
    rows = session.exec(
        select(Link.column_key, Link.outcome, Link.outcome_at)
        .join(Obligation, col(Obligation.link_id) == Link.id)
        .where(Obligation.status != Status.WITHDRAWN.value)
    )
    known: defaultdict[str, int] = defaultdict(int)
    gone: defaultdict[str, int] = defaultdict(int)
    for column, outcome, at in rows:
        known[column] += 1
        if outcome in GONE and column in seen and at == seen[column].at:
            gone[column] += 1
    return {
        column: GoneTogether(count, known[column], seen[column].at)
        for column, count in gone.items()
        if count >= FEWEST_TOGETHER and 2 * count > known[column]
    }
