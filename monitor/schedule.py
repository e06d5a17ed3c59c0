"""When a column is due for its next visit. Pure; ``now`` is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b

from reports.agencies import AgencyKind
from reports.deadlines import CHINA, Deadlines, due_at, season_opens_at

_BEFORE_DEADLINE = timedelta(days=7)
_AFTER_DEADLINE = timedelta(weeks=4)
_FIRST_RETRY = timedelta(minutes=30)
_LAST_RETRY = timedelta(hours=12)
_MOST_DOUBLINGS = 10
_SPREAD = 0.1

Hours = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Pace:
    """The pauses between two visits by season; ``hours`` (China time) are those in which visits may be made.

    ``always`` is the pause that a site asks for itself, whatever the season.
    """

    deadline: timedelta = timedelta(hours=1)
    season: timedelta = timedelta(days=1)
    rest: timedelta = timedelta(days=7)
    always: timedelta | None = None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class ColumnState:
    """What the schedule knows of a column.

    ``failures`` counts the visits since the last good one, ``next_checks`` are the instants at which a
    standing of its agencies may change, ``dues`` the due instants of what they are to publish here.
    """

    key: str
    last_visit_at: datetime | None
    failures: int = 0
    next_checks: tuple[datetime, ...] = ()
    dues: tuple[datetime, ...] = ()


def pause(now: datetime, dues: Iterable[datetime], pace: Pace, deadlines: Deadlines) -> timedelta:
    """Return the pause between two good visits: shortest in the week before a due instant, then by season."""
    if pace.always is not None:
        return pace.always
    if any(due - _BEFORE_DEADLINE <= now < due for due in dues):
        return pace.deadline
    return pace.season if _in_season(now, deadlines) else pace.rest


def _in_season(now: datetime, deadlines: Deadlines) -> bool:
    year = now.astimezone(CHINA).year - 1
    last = max(due_at(kind, year, deadlines) for kind in AgencyKind)
    return season_opens_at(year) <= now < last + _AFTER_DEADLINE


def next_visit_at(state: ColumnState, now: datetime, pace: Pace, deadlines: Deadlines) -> datetime:
    """Return the instant of the next visit; a moment that is past means at once."""
    if state.last_visit_at is None:
        return now
    wait = pause(now, state.dues, pace, deadlines)
    if state.failures:
        wait = min(wait, _retry(state.failures))
    # Each column has its own share of the pause: ten thousand do not fall due at the same moment.
    wait -= wait * _SPREAD * _share(state.key)
    return min((state.last_visit_at + wait, *_open_checks(state)))


def _retry(failures: int) -> timedelta:
    """Return the pause after so many failures in a row: twice as long each time, up to half a day."""
    doublings = min(failures - 1, _MOST_DOUBLINGS)
    return min(_FIRST_RETRY * (1 << doublings), _LAST_RETRY)


def _share(key: str) -> float:
    """Return a number from 0 to 1 that is always the same for one column."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32


def _open_checks(state: ColumnState) -> Iterable[datetime]:
    last = state.last_visit_at
    return (at for at in state.next_checks if last is None or at > last)


def is_due(state: ColumnState, now: datetime, pace: Pace, deadlines: Deadlines) -> bool:
    """Say whether the column is to be visited now; outside of its hours nothing is, not even for a proof."""
    return _is_open(pace.hours, now) and next_visit_at(state, now, pace, deadlines) <= now


def _is_open(hours: Hours | None, now: datetime) -> bool:
    if hours is None:
        return True
    (start, end), clock = hours, now.astimezone(CHINA).time()
    return start <= clock < end if start <= end else clock >= start or clock < end
