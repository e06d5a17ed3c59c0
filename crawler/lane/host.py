"""One host of the sweep: its robots rules first, then the columns that they permit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from crawler.lane.line import Door, Line
from crawler.lane.progress import Hearer, Limits, Progress
from crawler.lane.watches import ColumnWatch, Watched
from crawler.lane.wire import Raw
from crawler.robots import RobotsAnswer, RobotsRules, body_text, is_fresh
from crawler.unpacking import PackingBroken, UnpackedTooLarge, unpack
from db.sweeps import KnownRules


class Books(Protocol):
    """Where the ends of a sweep go."""

    def unchanged(self, progress: Progress, seconds: float) -> None:
        """Book a column that is as it was."""

    def silent(self, progress: Progress, seconds: float, *, asked: bool) -> None:
        """Book a column whose host did not answer in time."""

    def handed_over(self, progress: Progress) -> None:
        """Leave a column to a whole visit."""

    def rules(self, origin: str, answer: RobotsAnswer) -> None:
        """Keep what a host answered for its rules."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are to be approached; ``now`` is the logical instant of the pass."""

    user_agent: str
    obeys_robots: bool
    delay: float
    now: datetime


Terms: TypeAlias = tuple[Manners, Limits]


class HostSweep(Hearer):
    """Leads the line of one host, whose columns are added some at a time."""

    __slots__ = (
        "_books",
        "_deal",
        "_held",
        "_is_low",
        "_known",
        "_limits",
        "_manners",
        "_origin",
        "_rules",
        "_waiting",
        "line",
    )

    def __init__(
        self,
        origin: str,
        known: KnownRules | None,
        terms: Terms,
        door: Door,
        books: Books,
        heard_at: float,
    ) -> None:
        manners, limits = terms
        self.line = Line(manners.delay, heard_at, limits, door, self)
        self._origin = origin
        self._known = known
        self._manners = manners
        self._limits = limits
        self._books = books
        self._held: list[ColumnWatch] = []
        self._deal: Callable[[Iterable[ColumnWatch]], None] = self._held.extend
        self._rules: RobotsRules | None = None
        self._is_low = False
        self._waiting: asyncio.Future[None] | None = None

    async def wants_more(self) -> None:
        """Wait until the next columns should be added, or need not be any more."""
        if not self._is_low:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        self._is_low = False

    def begin(self) -> None:
        """Ask for the rules where they are not fresh."""
        known = self._known
        if not self._manners.obeys_robots:
            self._deal = self.line.add
        elif known and known.status is not None and is_fresh(known.at, self._manners.now):
            self._apply(RobotsAnswer(known.status, known.body))
        else:
            self.line.add([self._robots_watch()])

    def add(self, columns: Iterable[ColumnWatch]) -> None:
        """Add columns of the host: each ends in the books, or is left to a whole visit."""
        self._deal(columns)

    def running_low(self) -> None:
        """Want the next columns."""
        self._is_low = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    @property
    def _robots_key(self) -> str:
        return f"{self._origin}/robots.txt"

    @property
    def is_left(self) -> bool:
        """Say whether nothing more of the host is dealt with here: whole visits find out."""
        return self._deal is _leave

    def stop(self) -> None:
        """Ask nothing more."""
        self.line.stop()
        self._deal_with(_leave)

    def unchanged(self, progress: Progress, seconds: float) -> None:
        """Book the column; of the rules nothing but their age has changed."""
        if progress.column.site < 0:
            assert self._known is not None
            known = self._known
            answer = RobotsAnswer(200, known.body, known.etag, known.last_modified)
            self._books.rules(self._origin, answer)
            self._apply(answer)
        else:
            self._books.unchanged(progress, seconds)

    def broken_off(self) -> None:
        """Leave what follows to whole visits, which say how the host breaks connections."""
        self._deal_with(_leave)

    def unsettled(self, progress: Progress) -> None:
        """Leave the column to a whole visit, or read the rules that have changed."""
        if progress.column.site >= 0:
            self._books.handed_over(progress)
            return
        raw = progress.answers.get(self._robots_key)
        answer = _robots_answer(raw, self._limits.most_bytes) if raw else None
        if answer is None:
            # Without rules nothing may be asked: the whole visits find out.
            self._deal_with(_leave)
        else:
            self._books.rules(self._origin, answer)
            self._apply(answer)

    def silent(self, progress: Progress, seconds: float) -> None:
        """Book the host's silence for the column, and for every one that follows."""
        if progress.column.site >= 0:
            self._books.silent(progress, seconds, asked=progress.requests > 0)
        self._deal_with(self._silence)

    def _deal_with(self, deal: Callable[[Iterable[ColumnWatch]], None]) -> None:
        """Deal so with the columns that were held back, and with those that are still to come."""
        self._deal = deal
        held, self._held = self._held, []
        deal(held)
        self.running_low()

    def _silence(self, columns: Iterable[ColumnWatch]) -> None:
        for column in columns:
            self._books.silent(Progress(column), 0.0, asked=False)
        self.running_low()

    def _apply(self, answer: RobotsAnswer) -> None:
        self._rules = RobotsRules(answer)
        agent = self._manners.user_agent
        self.line.keep_delay(max(self._manners.delay, self._rules.delay(agent)))
        self._deal_with(self._permit)

    def _permit(self, columns: Iterable[ColumnWatch]) -> None:
        """Add what the rules permit; they are told to the others by a whole visit."""
        rules, agent = self._rules, self._manners.user_agent
        assert rules is not None
        self.line.add(
            column
            for column in columns
            if all(rules.allows(watched.url, agent) for watched in column.addresses)
        )

    def _robots_watch(self) -> ColumnWatch:
        known = self._known
        etag = known.etag if known and known.status == 200 else None
        modified = known.last_modified if known and known.status == 200 else None
        conditional = bool(etag or modified)
        watched = Watched(self._robots_key, etag, modified, b"", conditional)
        now = self._manners.now
        return ColumnWatch(self._robots_key, -1, -1, (watched,), 0, 0, 0, now)


def _leave(columns: Iterable[ColumnWatch]) -> None:
    """Do nothing: whatever the books do not settle is visited whole."""


def _robots_answer(raw: Raw, most_bytes: int) -> RobotsAnswer | None:
    """Return the rules that an answer states; None where a whole visit must find out."""
    if 400 <= raw.status < 500 and raw.status != 429:
        return RobotsAnswer(raw.status)
    if raw.status != 200:
        return None
    encodings = ",".join(raw.values("content-encoding"))
    try:
        body = unpack(raw.body, encodings, most_bytes)
    except (PackingBroken, UnpackedTooLarge):
        return None
    return RobotsAnswer(200, body_text(body), raw.header("etag"), raw.header("last-modified"))
