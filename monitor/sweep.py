"""Lets time pass: opens obligations, books looks, derives every standing anew, reminds of deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db.chain import seal
from db.eventlog import append
from db.session import writing
from db.tables import Agency, Obligation
from monitor import site_health
from monitor.at_hand import at_hand
from monitor.candidates import NewestVisits
from monitor.judging import identity_of, judge, obligation_of
from monitor.looking import look_again, look_for, newest_visits
from monitor.marks import known_obligations, known_of, marks_of
from monitor.seasons import Season
from monitor.vanishing import GoneTogether, gone_together
from monitor.versions import adopt_known
from reports.deadlines import CHINA, china_date, season_opens_at
from reports.events import EventKind, Happening
from reports.status import Status

_FARTHEST_REMINDER = 90
"""Days before a deadline beyond which no configuration may remind of it."""
_AT_ONCE = 200


def sweep(engine: Engine, season: Season, now: datetime) -> None:
    """Bring every obligation, site and reminder to where it stands at ``now``; twice is the same."""
    with writing(engine) as session:
        sweep_in(session, season, now)
        seal(session, now)


def sweep_in(session: Session, season: Season, now: datetime, *, everything: bool = False) -> None:
    """Sweep inside a transaction of the caller, who may roll it back to ask only what would be.

    Without ``everything`` only what rests on facts that may have changed is derived anew: the same rows.
    """
    seen = newest_visits(session)
    together = gone_together(session, seen)
    site_health.tell(session, seen, now, together)
    session.flush()
    years = years_open(season, now)
    known, marks = known_obligations(session, years), marks_of(session, season, now)
    agencies = session.exec(select(Agency).where(col(Agency.active)).order_by(Agency.key)).all()
    changed = [
        (agency, year)
        for agency in agencies
        for year in years
        if everything
        or (before := known.get((agency.key, year))) is None
        or before.mark != marks.of(agency, before)
    ]
    for start in range(0, len(changed), _AT_ONCE):
        some = changed[start : start + _AT_ONCE]
        near = at_hand(session, [agency for agency, _ in some], years)
        for agency, year in some:
            row = near.obligations.get((agency.key, year))
            obligation = obligation_of(session, agency, year, season.deadlines, now, known=row)
            adopted = _look(session, obligation, agency, seen, together)
            judge(session, obligation, agency, now, season, newly_found=adopted)
            obligation.mark = marks.of(agency, known_of(session, obligation))
    session.flush()
    _remind(session, season, now)


def years_open(season: Season, now: datetime) -> range:
    """Return the report years whose season has begun: Y opens on 1 January of Y+1 in China."""
    last = china_date(now).year - 1
    return range(season.first_year, last + 1)


def _look(
    session: Session,
    obligation: Obligation,
    agency: Agency,
    seen: NewestVisits,
    together: Mapping[str, GoneTogether],
) -> bool:
    """Book what the newest visits say; return whether a report that was read before is taken up."""
    adopted = obligation.first_seen_at is None and adopt_known(session, obligation)
    if obligation.first_seen_at is None:
        look_for(session, obligation, agency, identity_of(agency), seen)
    else:
        look_again(session, obligation, agency, identity_of(agency), seen, together)
    return adopted


def _remind(session: Session, season: Season, now: datetime) -> None:
    for year in years_open(season, now):
        rows = session.exec(
            select(Obligation.due_at, Agency.name)
            .join(Agency, col(Agency.key) == Obligation.agency_key)
            .where(
                Obligation.year == year,
                Obligation.status == Status.AWAITED.value,
                Obligation.due_at > now,
                Obligation.due_at <= now + timedelta(days=_FARTHEST_REMINDER),
                col(Agency.active),
            )
            .order_by(col(Obligation.due_at), Agency.key)
        ).all()
        for due, group in groupby(rows, key=lambda row: row[0]):
            _remind_of(session, season, year, due, [name for _, name in group], now)


def _remind_of(
    session: Session,
    season: Season,
    year: int,
    due: datetime,
    names: Sequence[str],
    now: datetime,
) -> None:
    """Append the tightest reminder that is reached; wider ones that were slept through stay untold."""
    reached = [days for days in season.deadlines.reminder_days if now >= due - timedelta(days=days)]
    if not reached or now < season_opens_at(year) or now >= due:
        return
    days = min(reached)
    last_day = china_date(due - timedelta(seconds=1))
    happening = Happening(
        kind=EventKind.DEADLINE_NEAR,
        key=f"{EventKind.DEADLINE_NEAR.value}:{year}:{last_day}:{days}",
        happened_at=due - timedelta(days=days),
        year=year,
        data={
            "days": -(-(due - now) // timedelta(days=1)),
            "due_at": due.astimezone(CHINA).isoformat(),
            "awaited": list(names),
            "because": {
                "zh": f"{len(names)} 家单位的 {year} 年度报告尚未发现，期限至 {last_day}。",
                "en": f"{len(names)} reports for {year} not found yet; due by {last_day}.",
            },
        },
    )
    append(session, happening, now)
