"""The robots rules of a host, read once an hour and kept. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

LONGEST_ROBOTS = 512_000
LONGEST_DELAY_SECONDS = 60.0
FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What a host answered when it was asked for its rules: ``body`` is "" unless ``status`` is 200."""

    status: int
    body: str = ""
    etag: str | None = None
    last_modified: str | None = None


class RobotsRules:
    """What one answer permits. Only a whole answer forbids anything (RFC 9309, 2.3.1.3)."""

    def __init__(self, answer: RobotsAnswer) -> None:
        self._rules = Protego.parse(answer.body) if answer.status < 300 else None

    def allows(self, url: str, user_agent: str) -> bool:
        """Say whether the rules let us read an address."""
        return self._rules is None or bool(self._rules.can_fetch(url, user_agent))

    def delay(self, user_agent: str) -> float:
        """Return the pause in seconds that the host asks for, 0 when it asks for none."""
        asked = self._rules.crawl_delay(user_agent) if self._rules else None
        return min(float(asked or 0.0), LONGEST_DELAY_SECONDS)


def is_fresh(asked_at: datetime | None, now: datetime) -> bool:
    """Say whether rules that were asked for at an instant still hold at another."""
    return asked_at is not None and timedelta(0) <= now - asked_at < FRESH


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address: rules and pauses are kept for each."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.casefold()}"


def body_text(body: bytes) -> str:
    """Return the rules as text, cut to a sane length and without NUL, which no database need take."""
    return body[:LONGEST_ROBOTS].decode("utf-8", "replace").replace("\0", "")
