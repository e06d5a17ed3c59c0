"""Reads a column past the caches before it: an old copy must accuse nobody."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from crawler.caches import cached_for, past_caches, plain_address
from crawler.column import Column, Fetch, read_column, remarked, renamed
from crawler.errand import Errand, recording, rendered
from crawler.families.model import Ask
from crawler.fetched import Fetched
from reports.visits import GOOD, WORDS, Outcome
from reports.words import Words

_FAR_BEHIND = timedelta(hours=12)


async def read_past_caches(errand: Errand, url: str) -> Column:
    """Read the column unconditionally, then each of its pages under an address that no cache knows.

    Where the second reading lists more, the plain answers were old copies, and what it lists counts.
    """
    first = _Remembered(recording(errand, fresh=True))
    plain = await read_column(errand.plan, url, first.fetch)
    if plain.outcome not in GOOD or plain.report is not None:
        return plain
    again = _PastCaches(errand, url, first)
    second = _at_plain_addresses(await read_column(errand.plan, again.busted, again.fetch), again)
    if second.outcome not in GOOD:
        return _unconfirmed(plain, second.outcome)
    more = {link.url for link in second.links} - {link.url for link in plain.links} - plain.own
    if not more:
        return remarked(plain, Words("绕过缓存再读一致", "read again past caches: the same"))
    return _old_copy(errand, again, replace(second, own=second.own | plain.own), len(more))


def _old_copy(errand: Errand, again: _PastCaches, second: Column, more: int) -> Column:
    """Return what was read past the caches, doubtful where one of its pages could not be."""
    errand.store.record_page(again.top)
    said = Words(
        f"原地址返回的是旧副本，绕过缓存后多出 {more} 条",
        f"the plain answer was an old copy; {more} more entries past caches",
    )
    # Asked again under another address each time: nothing of it can be swept.
    found = replace(second, asked=())
    if not again.only_plain:
        return remarked(found, said)
    unread = len(again.only_plain)
    lacking = Words(
        f"{said.zh}，另有 {unread} 页绕不过缓存",
        f"{said.en}, and {unread} page(s) could not be read past caches",
    )
    return renamed(found, Outcome.INCOMPLETE, lacking)


@dataclass(slots=True)
class _Remembered:
    """Asks for each page once."""

    ask: Fetch
    pages: dict[str, Fetched] = field(default_factory=dict)

    async def fetch(self, ask: Ask) -> Fetched:
        if ask.key not in self.pages:
            self.pages[ask.key] = await self.ask(ask)
        return self.pages[ask.key]


class _PastCaches:
    """Asks for each page past the caches; ``only_plain`` are those that can be had at their address alone.

    ``busted`` is the first page's address for this reading, ``top`` that page as it came.
    """

    def __init__(self, errand: Errand, url: str, plain: _Remembered) -> None:
        self._errand = errand
        self._plain = plain
        self._pages: dict[str, Fetched] = {}
        self.busted = past_caches(url, errand.store.columns.at)
        self.only_plain: list[str] = []
        self.top: Fetched

    async def fetch(self, ask: Ask) -> Fetched:
        if ask.form is not None:
            # What is asked for by a form lies in no cache.
            return await self._plain.fetch(ask)
        url = plain_address(ask.url, self.busted)
        if url not in self._pages:
            self._pages[url] = await self._asked(url)
        return self._pages[url]

    async def _asked(self, url: str) -> Fetched:
        there = Ask(past_caches(url, self._errand.store.columns.at))
        page = await self._errand.ask(there, fresh=True)
        self._errand.note(there, page)
        if there.url == self.busted:
            self.top = page
        elif not page.is_good:
            self.only_plain.append(url)
            return await self._plain.fetch(Ask(url))
        return await rendered(self._errand, there, page)


def _unconfirmed(plain: Column, outcome: Outcome) -> Column:
    """The plain answer stands, unless it says itself that it is an old copy."""
    end = WORDS[outcome]
    said = Words(f"绕过缓存未读到（{end.zh}）", f"not readable past caches ({end.en})")
    age = cached_for(plain.first)
    if age is None or age < _FAR_BEHIND:
        return remarked(plain, said)
    hours = age // timedelta(hours=1)
    old = Words(f"副本已有 {hours} 小时，{said.zh}", f"the copy is {hours} hours old, {said.en}")
    return renamed(plain, Outcome.INCOMPLETE, old)


def _at_plain_addresses(column: Column, again: _PastCaches) -> Column:
    """Some sites hand the question mark on to their links: take it off again."""
    links = tuple(
        replace(link, url=plain_address(link.url, again.busted))
        for link in column.links
        if link.url != again.busted
    )
    return replace(column, links=links)
