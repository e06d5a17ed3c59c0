"""What the crawl remembers of hosts and columns from one pass to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from crawler.robots import RobotsAnswer, is_fresh
from db.session import reading, writing
from db.tables import ColumnListing, HostRules
from reports.visits import Outcome


@dataclass(frozen=True, slots=True)
class Pause:
    """A host's wish not to be asked before ``until``, and the end that the asking had."""

    until: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Listing:
    """What a whole look at a column read: the plan's mark, the keys of its pages, and two counts.

    No pages: they stand elsewhere than the plan says, and only a whole visit finds them.
    """

    column_key: str
    plan_key: str
    pages: tuple[str, ...]
    links: int
    candidates: int


class Memory:
    """The memory of one pass at the logical instant ``at``."""

    def __init__(self, engine: Engine, at: datetime) -> None:
        self._engine = engine
        self._at = at

    def rules(self, origin: str) -> RobotsAnswer | None:
        """Return the robots answer of a host while it is fresh."""
        with reading(self._engine) as session:
            row = session.get(HostRules, origin)
        if row is None or row.robots_status is None or not is_fresh(row.robots_at, self._at):
            return None
        return RobotsAnswer(row.robots_status, row.robots_body)

    def keep_rules(self, origin: str, answer: RobotsAnswer) -> None:
        """Keep what a host answered for its rules."""
        with writing(self._engine) as session:
            row = _host(session, origin)
            row.robots_status, row.robots_body = answer.status, answer.body
            row.robots_etag, row.robots_modified = answer.etag, answer.last_modified
            row.robots_at = self._at

    def pause(self, origin: str) -> Pause | None:
        """Return the host's wish to be left alone, while it holds."""
        with reading(self._engine) as session:
            row = session.get(HostRules, origin)
        if row is None or row.paused_until is None or row.paused_until <= self._at:
            return None
        return Pause(row.paused_until, Outcome(row.paused_as or Outcome.BLOCKED))

    def keep_pause(self, origin: str, term: timedelta, outcome: Outcome) -> Pause:
        """Keep a host's wish to be asked again only after ``term``."""
        pause = Pause(self._at + term, outcome)
        with writing(self._engine) as session:
            row = _host(session, origin)
            row.paused_until, row.paused_as = pause.until, outcome.value
        return pause

    def keep_listing(self, listing: Listing) -> None:
        """Keep what a good look at a column read, so that unchanged pages need not be read again."""
        with writing(self._engine) as session:
            row = session.get(ColumnListing, listing.column_key) or ColumnListing(
                column_key=listing.column_key,
                plan_key="",
                links=0,
                candidates=0,
                whole_at=self._at,
            )
            row.plan_key, row.pages = listing.plan_key, list(listing.pages)
            row.links, row.candidates = listing.links, listing.candidates
            row.whole_at = self._at
            session.add(row)


def _host(session: Session, origin: str) -> HostRules:
    row = session.get(HostRules, origin)
    if row is None:
        row = HostRules(origin=origin)
        session.add(row)
    return row
