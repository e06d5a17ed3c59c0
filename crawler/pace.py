"""How fast a host is asked: never faster than told, slower when it is slow or in trouble. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SLOWEST_SECONDS = 60.0
LONGEST_PAUSE = timedelta(days=2)


def next_delay(least: float, delay: float, latency: float | None, *, in_trouble: bool) -> float:
    """Return how long a host is to rest after an answer, in seconds.

    A host that answers slowly is given as much time to rest as it took; one in trouble twice as much as
    before. ``least`` 0 means that no pause is wanted at all.
    """
    if least <= 0:
        return 0.0
    if in_trouble:
        return min(SLOWEST_SECONDS, 2 * delay)
    wanted = max(least, min(latency or 0.0, SLOWEST_SECONDS))
    return max(wanted, (delay + wanted) / 2)


def asked_to_wait(retry_after: str | None, date: str | None) -> timedelta | None:
    """Return how long a Retry-After header asks us to wait, at most two days; None when it asks nothing.

    A day instead of seconds is held against the server's own clock, its Date header.
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), LONGEST_PAUSE) or None
    until, now = _instant(text), _instant((date or "").strip())
    if until is None or now is None or until <= now:
        return None
    return min(until - now, LONGEST_PAUSE)


def _instant(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
