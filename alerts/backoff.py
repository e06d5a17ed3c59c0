"""When to try a failed delivery again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))

MAX_ATTEMPTS = len(_WAITS) + 1
"""How often one delivery is tried (over some 41 hours) before it is given up."""


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after so many attempts (from 1); None when enough is enough."""
    return now + _WAITS[attempts - 1] if attempts < MAX_ATTEMPTS else None
