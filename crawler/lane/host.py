"""One host of the sweep: its robots rules first, then the columns that they permit."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crawler.lane.line import Connect, Hearer, Limits, Line, Progress
from crawler.lane.watches import ColumnWatch, HostWatch, Watched
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


class HostSweep(Hearer):
    """Leads the line of one host."""

    def __init__(
        self,
        watch: HostWatch,
        known: KnownRules | None,
        manners: Manners,
        limits: Limits,
        connect: Connect,
        books: Books,
    ) -> None:
        self._watch = watch
        self._known = known
        self._manners = manners
        self._limits = limits
        self._books = books
        self.line = Line(watch.origin, manners.delay, limits, connect, self)
        self._robots_key = f"{watch.origin}/robots.txt"

    def begin(self) -> None:
        """Ask for the rules where they are not fresh, else begin with the columns."""
        known = self._known
        if not self._manners.obeys_robots:
            self.line.add(self._watch.columns)
        elif known and known.status is not None and is_fresh(known.at, self._manners.now):
            self._apply(RobotsAnswer(known.status, known.body))
        else:
            self.line.add([self._robots_watch()])
        self.line.begin()

    def unchanged(self, line: Line, progress: Progress, seconds: float) -> None:
        """Book the column; of the rules nothing but their age has changed."""
        if progress.column.key == self._robots_key:
            assert self._known is not None
            known = self._known
            answer = RobotsAnswer(200, known.body, known.etag, known.last_modified)
            self._books.rules(self._watch.origin, answer)
            self._apply(answer)
        else:
            self._books.unchanged(progress, seconds)

    def unsettled(self, line: Line, progress: Progress) -> None:
        """Leave the column to a whole visit, or read the rules that have changed."""
        if progress.column.key != self._robots_key:
            self._books.handed_over(progress)
            return
        raw = progress.answers.get(self._robots_key)
        answer = _robots_answer(raw, self._limits.most_bytes) if raw else None
        if answer is None:
            self._each(self._books.handed_over)
        else:
            self._books.rules(self._watch.origin, answer)
            self._apply(answer)

    def silent(self, line: Line, progress: Progress, seconds: float) -> None:
        """Book the host's silence for every column of it."""
        if progress.column.key == self._robots_key:
            self._each(lambda left: self._books.silent(left, seconds, asked=False))
        else:
            self._books.silent(progress, seconds, asked=progress.requests > 0)

    def _apply(self, answer: RobotsAnswer) -> None:
        rules = RobotsRules(answer)
        agent = self._manners.user_agent
        self.line.keep_delay(max(self._manners.delay, rules.delay(agent)))
        for column in self._watch.columns:
            if all(rules.allows(watched.url, agent) for watched in column.addresses):
                self.line.add([column])
            else:
                self._books.handed_over(Progress(column, deque()))

    def _each(self, act: Callable[[Progress], None]) -> None:
        for column in self._watch.columns:
            act(Progress(column, deque()))

    def _robots_watch(self) -> ColumnWatch:
        known = self._known
        etag = known.etag if known and known.status == 200 else None
        modified = known.last_modified if known and known.status == 200 else None
        conditional = bool(etag or modified)
        watched = Watched(self._robots_key, etag, modified, b"", conditional)
        now = self._manners.now
        return ColumnWatch(self._robots_key, self._robots_key, (watched,), 0, 0, 0, now)


def _robots_answer(raw: Raw, most_bytes: int) -> RobotsAnswer | None:
    """Return the rules that an answer states; None where a whole visit must find out."""
    if 400 <= raw.status < 500 and raw.status != 429:
        return RobotsAnswer(raw.status)
    if raw.status != 200:
        return None
    encodings = raw.header("content-encoding") or ""
    try:
        body = unpack(raw.body, encodings, most_bytes)
    except (PackingBroken, UnpackedTooLarge):
        return None
    return RobotsAnswer(200, body_text(body), raw.header("etag"), raw.header("last-modified"))
