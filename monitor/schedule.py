"""When a column is due for its next visit. Pure; ``now`` is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.agencies import AgencyKind
from reports.deadlines import CHINA, Deadlines, due_at

_WEEK = timedelta(days=7)
_AROUND_DEADLINE = timedelta(hours=1)
_IN_SEASON = timedelta(hours=6)
_OUT_OF_SEASON = timedelta(hours=24)
_AFTER_FAILURE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class ColumnState:
    """What the schedule knows of a column: last visit, whether it was good, open checks of its agencies."""

    last_visit_at: datetime | None
    last_good_at: datetime | None
    next_checks: tuple[datetime, ...] = ()


def cadence(now: datetime, deadlines: Deadlines) -> timedelta:
    """Return the pause between two visits: hourly in the week around a deadline, else by season."""
    local = now.astimezone(CHINA)
    dues = [
        due_at(kind, local.year - 1, deadlines)
        for kind in (AgencyKind.DEPARTMENT, AgencyKind.GOVERNMENT)
    ]
    if any(abs(now - due) <= _WEEK for due in dues):
        return _AROUND_DEADLINE
    return _IN_SEASON if now < max(dues) + 4 * _WEEK else _OUT_OF_SEASON


def next_visit_at(state: ColumnState, now: datetime, deadlines: Deadlines) -> datetime:
    """Return the instant of the next visit; a moment that is past means at once."""
    if state.last_visit_at is None:
        return now
    pause = cadence(now, deadlines)
    if state.last_good_at != state.last_visit_at:
        pause = min(pause, _AFTER_FAILURE)
    return min((state.last_visit_at + pause, *_open_checks(state)))


def _open_checks(state: ColumnState) -> Iterable[datetime]:
    last = state.last_visit_at
    return (at for at in state.next_checks if last is None or at > last)


def is_due(state: ColumnState, now: datetime, deadlines: Deadlines) -> bool:
    """Say whether the column is to be visited now."""
    return next_visit_at(state, now, deadlines) <= now
