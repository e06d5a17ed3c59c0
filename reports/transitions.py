"""Which event a change of an obligation's standing is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import assert_never

from reports.deadlines import CHINA
from reports.events import EventKind
from reports.status import Facts, Standing, Status


@dataclass(frozen=True, slots=True)
class Edge:
    """The event of a transition, the moment it truly happened, and what makes its key unique."""

    kind: EventKind
    happened_at: datetime
    occasion: str = ""


def edge(
    before: Status | None, standing: Standing, facts: Facts, *, newly_found: bool
) -> Edge | None:
    """Return the event for moving from ``before`` to ``standing``; None when nothing is to be told.

    ``newly_found`` says that the report was not known before this change.
    """
    if standing.status is Status.EXEMPT:
        return None
    if newly_found:
        return _published(standing, facts)
    return None if before is standing.status else _changed(before, standing, facts)


def _changed(before: Status | None, standing: Standing, facts: Facts) -> Edge | None:
    match standing.status:
        case Status.MISSING:
            return Edge(EventKind.MISSING, facts.due_at, facts.due_at.isoformat())
        case Status.UNVERIFIED:
            return _unverified(before, facts)
        case Status.WITHDRAWN:
            gone_at = facts.gone.first_at or facts.due_at
            return Edge(EventKind.WITHDRAWN, gone_at, gone_at.isoformat())
        case Status.LATE | Status.ON_TIME:
            return _found_again(before, standing, facts)
        case Status.AWAITED | Status.EXEMPT:
            return None
        case _:
            assert_never(standing.status)


def _unverified(before: Status | None, facts: Facts) -> Edge | None:
    if before is Status.WITHDRAWN:
        return _restored(facts)
    if facts.first_seen_at:
        return None
    return Edge(EventKind.UNVERIFIED, facts.due_at, facts.due_at.isoformat())


def _restored(facts: Facts) -> Edge:
    restored_at = facts.restored_at or facts.due_at
    return Edge(EventKind.RESTORED, restored_at, restored_at.isoformat())


def _found_again(before: Status | None, standing: Standing, facts: Facts) -> Edge | None:
    if before is Status.WITHDRAWN:
        return _restored(facts)
    return _published(standing, facts) if standing.status is Status.LATE else None


def _published(standing: Standing, facts: Facts) -> Edge:
    late = standing.status is Status.LATE
    kind = EventKind.PUBLISHED_LATE if late else EventKind.PUBLISHED
    return Edge(kind, _appeared_at(facts))


def _appeared_at(facts: Facts) -> datetime:
    """Return the earliest moment of publication that anything speaks for."""
    seen = facts.first_seen_at or facts.due_at
    if facts.shown_on is None:
        return seen
    return min(seen, datetime.combine(facts.shown_on, time(), tzinfo=CHINA))
