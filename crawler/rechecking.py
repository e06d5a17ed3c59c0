"""Asks once more for a report whose answer speaks against its office: past caches, and with patience."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from crawler.broken_off import breaks_off, ends_like, shows_no_end
from crawler.caches import past_caches, plain_address
from crawler.ends import detail
from crawler.errand import AskPage
from crawler.families.model import Ask
from crawler.fetched import Fetched, Stored, ended
from crawler.store import Store
from reports.visits import Outcome
from reports.words import Words

MOST_GONE_AGAIN, MOST_CUT_AGAIN = 5, 40
_BEGIN, _COUNTERS = 500, 16
_TITLE = re.compile(rb"<title\b[^<>]*>([^<]*)<", re.I)


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
    gone_left: int = MOST_GONE_AGAIN
    cut_left: int = MOST_CUT_AGAIN

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
            return self._held(fetched)
        self.cut_left -= 1
        again = await self._past_caches(link.url)
        if again.is_good and again.sha256 == link.sha256:
            return _unchanged(again, fetched.url, fetched.key)
        if _goes_on(again, fetched) and self._is_whole(link, again):
            return replace(again, url=fetched.url, key=fetched.key)
        breaks_too = again.body is not None and shows_no_end(again.body)
        return fetched if breaks_too and self._has_lasted(link, fetched) else self._held(fetched)

    def _is_whole(self, link: Stored, fetched: Fetched) -> bool:
        """Say whether a body shows its end, or ends as its like do; a piece of markup need not."""
        body = fetched.body or b""
        if not shows_no_end(body):
            return True
        before = self.store.body(link.sha256) if link.sha256 else None
        like = [*self.store.bodies_beside(link.id), *([before] if before is not None else [])]
        if ends_like(body, (*self.pages, *like)):
            return True
        return not breaks_off(body) and any(map(shows_no_end, like or (body,)))

    def _has_lasted(self, link: Stored, fetched: Fetched) -> bool:
        """Say whether a part has been the same, or has ended with the same words, for long."""
        until = self.store.columns.at - timedelta(days=self.days)
        if link.broken_since is None or link.broken_since > until:
            return False
        body = fetched.body or b""
        before = self.store.bodies_before(fetched, until)
        # A counter makes a few bytes of difference, another row of a table many.
        near = [other for other in before if abs(len(other) - len(body)) <= _COUNTERS]
        return body in near or ends_like(body, near)

    def _held(self, fetched: Fetched) -> Fetched:
        """Return a bad end that waits; when these bytes came first is kept."""
        self.store.remember(fetched)
        said = _patient(self.days)
        part = ended(fetched.url, Outcome.BROKEN_OFF, fetched.http_status, said)
        return replace(part, key=fetched.key, witness=fetched.sha256)

    async def _past_caches(self, url: str) -> Fetched:
        busted = past_caches(url, self.store.columns.at)
        again = await self.ask(Ask(busted), fresh=True)
        return replace(again, url=plain_address(again.url, busted))


def _goes_on(again: Fetched, part: Fetched) -> bool:
    """Say whether an answer past caches is at the same address, begins as the part does, and goes on."""
    more, less = again.body or b"", part.body or b""
    if again.url != part.url or len(more) < len(less):
        return False
    title, other = _TITLE.search(more), _TITLE.search(less)
    if title is None or other is None:
        return more.startswith(less[:_BEGIN])
    return title[1].split() == other[1].split()


def _unchanged(again: Fetched, url: str, key: str) -> Fetched:
    said = detail(Outcome.NOT_MODIFIED, url, again.http_status)
    return replace(again, url=url, key=key, outcome=Outcome.NOT_MODIFIED, detail=said)


def _patient(days: int) -> Words:
    return Words(
        f"满 {days} 天仍止于同一处，则按现状读取",
        f"once it has ended at the same place for {days} days, it is read as it is",
    )
