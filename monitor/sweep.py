"""Lets time pass: opens obligations, books looks, derives every standing anew, reminds of deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db.chain import seal
from db.eventlog import append
from db.session import writing
from db.tables import Agency, Obligation
from monitor import site_health
from monitor.candidates import NewestVisits
from monitor.judging import identity_of, judge, obligation_of
from monitor.looking import look_again, look_for, newest_visits
from monitor.seasons import Season
from monitor.versions import adopt_known
from reports.deadlines import CHINA, china_date, season_opens_at
from reports.events import EventKind, Happening
from reports.status import Status


def sweep(engine: Engine, season: Season, now: datetime) -> None:
    """Bring every obligation, site and reminder to where it stands at ``now``; twice is the same."""
    with writing(engine) as session:
        sweep_in(session, season, now)
        seal(session, now)


def sweep_in(session: Session, season: Season, now: datetime) -> None:
    """Sweep inside a transaction of the caller, who may roll it back to ask only what would be."""
    seen = newest_visits(session)
    site_health.tell(session, seen, now)
    agencies = session.exec(select(Agency).where(col(Agency.active)).order_by(Agency.key)).all()
    for agency in agencies:
        for obligation in _obligations(session, agency, season, now):
            adopted = _look(session, obligation, agency, seen)
            judge(session, obligation, agency, now, season, newly_found=adopted)
    _remind(session, season, now)


def years_open(season: Season, now: datetime) -> range:
    """Return the report years whose season has begun: Y opens on 1 January of Y+1 in China."""
    last = china_date(now).year - 1
    return range(season.first_year, last + 1)


def _obligations(
    session: Session, agency: Agency, season: Season, now: datetime
) -> Iterator[Obligation]:
    for year in years_open(season, now):
        yield obligation_of(session, agency, year, season.deadlines, now)


def _look(session: Session, obligation: Obligation, agency: Agency, seen: NewestVisits) -> bool:
    """Book what the newest visits say; return whether a report that was read before is taken up."""
    adopted = obligation.first_seen_at is None and adopt_known(session, obligation)
    if obligation.first_seen_at is None:
        look_for(session, obligation, agency, identity_of(agency), seen)
    else:
        look_again(session, obligation, agency, identity_of(agency), seen)
    return adopted


def _remind(session: Session, season: Season, now: datetime) -> None:
    for year in years_open(season, now):
        awaited = session.exec(
            select(Obligation, Agency)
            .join(Agency, col(Agency.key) == Obligation.agency_key)
            .where(
                Obligation.year == year,
                Obligation.status == Status.AWAITED.value,
                col(Agency.active),
            )
            .order_by(col(Obligation.due_at), Agency.key)
        ).all()
        for due in sorted({obligation.due_at for obligation, _ in awaited}):
            names = [agency.name for obligation, agency in awaited if obligation.due_at == due]
            _remind_of(session, season, year, due, names, now)


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
