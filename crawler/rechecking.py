"""Asks once more for a report whose answer speaks against its office: past caches, and with patience."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from crawler.broken_off import breaks_off, ends_like
from crawler.caches import past_caches, plain_address
from crawler.ends import detail
from crawler.errand import AskPage
from crawler.families.model import Ask
from crawler.fetched import Fetched, Stored, ended
from crawler.store import Store
from reports.visits import Outcome
from reports.words import Words

MOST_READ_AGAIN = 5
_BEGIN = 500


@dataclass(slots=True)
class Recheck:
    """What the reports of one visit are rechecked with.

    ``pages`` are pages of the site that are no reports; ``days`` is how long a body must have broken off
    at the same place until it is taken for what its office publishes. ``gone_left`` and ``cut_left`` are
    how many more reports may be asked for again.
    """

    ask: AskPage
    store: Store
    pages: Sequence[bytes]
    days: int
    gone_left: int = MOST_READ_AGAIN
    cut_left: int = MOST_READ_AGAIN

    async def gone(self, link: Stored, fetched: Fetched) -> Fetched:
        """Return a report that seemed to be gone, or that it is: a cache may have kept the error, too."""
        if self.gone_left <= 0:
            return fetched
        self.gone_left -= 1
        again = await self._past_caches(link.url)
        if not again.is_good or again.sha256 != link.sha256:
            return fetched
        return _unchanged(again, link.url, link.url)

    async def whole(self, link: Stored, fetched: Fetched) -> Fetched:
        """Return the whole report where this body of it breaks off, or that only a part of it came."""
        if fetched.body is None or fetched.sha256 == link.sha256 or self._is_whole(link, fetched):
            return fetched
        if self.cut_left <= 0:
            return self._held(link, fetched)
        self.cut_left -= 1
        again = await self._past_caches(link.url)
        if again.is_good and again.sha256 == link.sha256:
            return _unchanged(again, fetched.url, fetched.key)
        if _goes_on(again, fetched) and self._is_whole(link, again):
            return replace(again, url=fetched.url, key=fetched.key)
        return self._held(link, fetched)

    def _is_whole(self, link: Stored, fetched: Fetched) -> bool:
        body = fetched.body or b""
        return not breaks_off(body) or ends_like(body, self._known(link))

    def _known(self, link: Stored) -> Iterator[bytes]:
        """Yield pages of the site that are known to be whole, or to be all there is."""
        yield from self.pages
        before = self.store.body(link.sha256) if link.sha256 else None
        if before is not None:
            yield before
        yield from self.store.bodies_beside(link.id)

    def _held(self, link: Stored, fetched: Fetched) -> Fetched:
        """Return the part that came once it has ended so for long, else a bad end that waits."""
        until = self.store.columns.at - timedelta(days=self.days)
        has_lasted = link.broken_since is not None and link.broken_since <= until
        if has_lasted and ends_like(fetched.body or b"", self.store.bodies_before(fetched, until)):
            return fetched
        self.store.remember(fetched)
        said = _patient(self.days)
        part = ended(fetched.url, Outcome.BROKEN_OFF, fetched.http_status, said)
        return replace(part, key=fetched.key, witness=fetched.sha256)

    async def _past_caches(self, url: str) -> Fetched:
        busted = past_caches(url, self.store.columns.at)
        again = await self.ask(Ask(busted), fresh=True)
        return replace(again, url=plain_address(again.url, busted))


def _goes_on(again: Fetched, part: Fetched) -> bool:
    """Say whether an answer past caches is at the same address and begins as the part does."""
    begins = (part.body or b"")[:_BEGIN]
    same_place = again.url == part.url
    return same_place and again.body is not None and again.body.startswith(begins)


def _unchanged(again: Fetched, url: str, key: str) -> Fetched:
    said = detail(Outcome.NOT_MODIFIED, url, again.http_status)
    return replace(again, url=url, key=key, outcome=Outcome.NOT_MODIFIED, detail=said)


def _patient(days: int) -> Words:
    return Words(
        f"满 {days} 天仍止于同一处，则按现状读取",
        f"once it has ended at the same place for {days} days, it is read as it is",
    )
