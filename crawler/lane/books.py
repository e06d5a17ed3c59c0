"""Books the ends of a sweep, some at a time, while the sweep goes on."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from crawler.ends import detail, host_silent
from crawler.lane.progress import Progress
from crawler.lane.watches import ColumnWatch
from crawler.lane.wire import Raw
from crawler.plan import SitePlan
from crawler.robots import RobotsAnswer
from db.driver import Driver
from db.sweep_books import ResourceRow, RulesRow, SweepRows, VisitRow, book
from reports.visits import Outcome
from reports.words import Words

WRITE_EVERY_SECONDS = 1.0
MOST_KEPT_BYTES = 64 << 20
"""Bodies that wait for their whole visits; beyond that an address is simply asked again."""


@dataclass(slots=True)
class Ends:
    """What a sweep did: requests, unchanged answers, bytes; columns settled, and answers handed over.

    ``settled`` has a bit for each column that was dealt with, under the number of its site in the plan.
    """

    requests: int = 0
    not_modified: int = 0
    bytes: int = 0
    settled: dict[int, int] = field(default_factory=dict)
    answers: dict[str, Raw] = field(default_factory=dict)

    def settle(self, column: ColumnWatch) -> None:
        """Note that a column was dealt with."""
        self.settled[column.site] = self.settled.get(column.site, 0) | 1 << column.number

    def absorb(self, other: Ends) -> None:
        """Take over what another sweep did; no two have a site in common. Bodies change hands, not places."""
        self.requests += other.requests
        self.not_modified += other.not_modified
        self.bytes += other.bytes
        self.settled |= other.settled
        self.answers |= other.answers
        other.answers.clear()

    @property
    def columns(self) -> int:
        """Return how many columns were dealt with."""
        return sum(bits.bit_count() for bits in self.settled.values())

    def left_of(self, number: int, site: SitePlan) -> SitePlan | None:
        """Return a site without the columns that were dealt with; None when there are no others."""
        bits = self.settled.get(number, 0)
        left = tuple(one for place, one in enumerate(site.columns) if not bits >> place & 1)
        return replace(site, columns=left) if left else None


class SweepBooks:
    """Collects rows and writes them in batches, one batch after another.

    ``at`` is the pass's instant; of the bodies that wait for whole visits no more than ``most_kept``
    bytes are held.
    """

    def __init__(self, driver: Driver, at: datetime, most_kept: int = MOST_KEPT_BYTES) -> None:
        self.ends = Ends()
        self._driver = driver
        self._at = at
        self._rows = SweepRows()
        self._kept_bytes = 0
        self._most_kept = most_kept
        self._closing = asyncio.Event()

    def unchanged(self, progress: Progress, seconds: float) -> None:
        """Book a column that is as it was, and with it all that it lists."""
        column = progress.column
        said = _unchanged_words(_home(column), column.pages)
        self._visit(progress, Outcome.NOT_MODIFIED, said, seconds, good=True)
        self._rows.unchanged.append(column.key)
        self._rows.links.extend(
            watched.link_id for watched in column.addresses if watched.link_id is not None
        )
        self._rows.resources.extend(
            ResourceRow(watched.url, raw.header("etag"), raw.header("last-modified"), self._at)
            for watched, raw in progress.renewed
        )

    def silent(self, progress: Progress, seconds: float, *, asked: bool) -> None:
        """Book a column whose host did not answer in time."""
        home = _home(progress.column)
        said = detail(Outcome.TIMEOUT, home) if asked else host_silent(Outcome.TIMEOUT, home)
        self._visit(progress, Outcome.TIMEOUT, said, seconds, good=False)
        self._rows.silent.append(progress.column.key)

    def handed_over(self, progress: Progress) -> None:
        """Keep the answers that came for the whole visit, within bounds."""
        self.ends.requests += progress.requests
        for url, raw in progress.answers.items():
            self._kept_bytes += len(raw.body)
            if self._kept_bytes <= self._most_kept:
                self.ends.answers[url] = raw

    def rules(self, origin: str, answer: RobotsAnswer) -> None:
        """Keep what a host answered for its rules."""
        self.ends.requests += 1
        self._rows.rules.append(
            RulesRow(
                origin, answer.status, answer.body, answer.etag, answer.last_modified, self._at
            )
        )

    def close(self) -> None:
        """Let ``keep_writing`` write what is left, and end."""
        self._closing.set()

    async def keep_writing(self) -> None:
        """Write now and then until closed. Raises what the database raises: nothing could be booked then."""
        while not self._closing.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), WRITE_EVERY_SECONDS)
            await self._write()
        # What came while the last heap was being written.
        await self._write()

    def _visit(
        self, progress: Progress, outcome: Outcome, said: Words, seconds: float, *, good: bool
    ) -> None:
        column, ends = progress.column, self.ends
        not_modified = len(progress.answers) if good else 0
        ends.settle(column)
        ends.requests += progress.requests
        ends.not_modified += not_modified
        ends.bytes += progress.bytes
        self._rows.visits.append(
            VisitRow(
                column.key,
                self._at,
                outcome.value,
                said.zh,
                said.en,
                304 if good else None,
                column.pages if good else 0,
                column.links if good else 0,
                column.candidates if good else 0,
                progress.requests,
                not_modified,
                progress.bytes,
                round(seconds, 3),
                column.good_at if good else self._at,
            )
        )

    async def _write(self) -> None:
        """Write in another thread: a database that is busy must not make hosts look silent."""
        rows, self._rows = self._rows, SweepRows()
        if rows == SweepRows():
            return
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, book, self._driver, rows, self._at)


def _home(column: ColumnWatch) -> str:
    """Return the front page of the host; all addresses of a column are of one host here."""
    return "/".join(column.addresses[0].url.split("/", 3)[:3])


@lru_cache(maxsize=16_384)
def _unchanged_words(home: str, pages: int) -> Words:
    return detail(Outcome.NOT_MODIFIED, home, 304, Words(f"{pages} 页", f"{pages} page(s)"))
