"""Asks once more for a report whose answer speaks against its office: past caches, and with patience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from crawler.broken_off import breaks_off, ends_like
from crawler.caches import past_caches
from crawler.ends import detail
from crawler.errand import AskPage
from crawler.families.model import Ask
from crawler.fetched import Fetched, Stored
from crawler.store import Store
from reports.visits import Outcome
from reports.words import Words

MOST_READ_AGAIN = 5


@dataclass(slots=True)
class Recheck:
    """What the reports of one visit are rechecked with.

    ``pages`` are the bodies of the column's own pages; ``days`` is how long the same broken-off body must
    have been there until it is taken for what its office publishes; ``left`` how many more may be asked.
    """

    ask: AskPage
    store: Store
    pages: Sequence[bytes]
    days: int
    left: int = MOST_READ_AGAIN

    async def gone(self, link: Stored, fetched: Fetched) -> Fetched:
        """Return a report that seemed to be gone, or that it is: a cache may have kept the error, too."""
        again = await self._again(link.url)
        if again is None or not again.is_good or again.sha256 != link.sha256:
            return fetched
        return _unchanged(link, again)

    async def whole(self, link: Stored, fetched: Fetched) -> Fetched:
        """Return the whole report where this body of it breaks off, or that only a part of it came."""
        body = fetched.body
        if body is None or fetched.sha256 == link.sha256 or not breaks_off(body):
            return fetched
        if ends_like(body, self._known(link)):
            return fetched
        again = await self._again(link.url)
        if again is None or again.body is None or breaks_off(again.body):
            return self._held(fetched)
        if again.sha256 == link.sha256:
            return _unchanged(link, again)
        return replace(again, url=fetched.url, key=fetched.key)

    def _known(self, link: Stored) -> list[bytes]:
        before = self.store.body(link.sha256) if link.sha256 else None
        return [*self.pages, *([before] if before is not None else [])]

    def _held(self, fetched: Fetched) -> Fetched:
        """Return the part that came once it has been the same for long, else a bad end that waits."""
        since = self.store.seen_since(fetched)
        at = self.store.columns.at
        if since is not None and at - since >= timedelta(days=self.days):
            return fetched
        self.store.remember(fetched)
        return Fetched(
            fetched.url,
            fetched.key,
            Outcome.BROKEN_OFF,
            detail(Outcome.BROKEN_OFF, fetched.url, fetched.http_status, _patient(self.days)),
            fetched.http_status,
            witness=fetched.sha256,
        )

    async def _again(self, url: str) -> Fetched | None:
        """Ask past every cache; None when enough was asked so in this visit."""
        if self.left <= 0:
            return None
        self.left -= 1
        return await self.ask(Ask(past_caches(url, self.store.columns.at)), fresh=True)


def _unchanged(link: Stored, again: Fetched) -> Fetched:
    said = detail(Outcome.NOT_MODIFIED, link.url, again.http_status)
    return replace(again, url=link.url, key=link.url, outcome=Outcome.NOT_MODIFIED, detail=said)


def _patient(days: int) -> Words:
    return Words(
        f"内容相同满 {days} 天后按现状读取",
        f"once it has been the same for {days} days, it is read as it is",
    )
