"""What the sweep asks of each host, read from plan and database a few columns at a time.

All hosts are asked side by side: to hold every column of the nation at once would take more memory than
to read them in portions, and the first portion of the last host should not wait for the last of the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec

from crawler.lane.requests import is_askable
from crawler.lane.watches import ColumnWatch, Term, watch
from crawler.plan_file import ColumnOutline, PlanFile, column_outline, written_key
from crawler.rereading import History
from crawler.robots import origin_of
from db.driver import Driver
from db.sweeps import KnownRules, known_columns, known_links, known_resources, known_rules

COLUMNS_TOGETHER = 250
"""Columns whose rows are read together."""

COLUMNS_HELD = 30_000
"""Columns that all hosts together hold ready, at most."""


@dataclass(slots=True)
class Supply:
    """An origin, and what of it is still to be read: its sites in the plan, the first from ``column`` on."""

    origin: str
    sites: list[int]
    allow_private: bool = False
    column: int = 0
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """Columns of a host that may be found unchanged; ``rules`` are told with the first portion."""

    columns: list[ColumnWatch]
    is_last: bool
    rules: KnownRules | None


@dataclass(frozen=True, slots=True)
class Share:
    """The hosts that one of several lanes sweeps; those of one host are asked one after another.

    ``lane`` is its number, from 0.
    """

    hosts: tuple[tuple[Supply, ...], ...]
    lanes: int = 1
    lane: int = 0

    def of(self, total: int) -> int:
        """Return this lane's part of a bound that holds for all together; never nothing."""
        return max(1, total // self.lanes + (self.lane < total % self.lanes))


class _Taken(NamedTuple):
    """A column of the plan, and its place there."""

    place: tuple[int, int]
    base_url: str
    written: msgspec.Raw
    outline: ColumnOutline

    def is_as_read(self, plan_key: str) -> bool:
        """Say whether it was last read by this very plan, and may be found unchanged."""
        # Where much hangs on a look, nobody's "unchanged" is enough.
        if self.outline.fresh or self.outline.look_only:
            return False
        return plan_key == written_key(self.base_url, self.written)


class Portions:
    """Reads portions of a share of the hosts, so that those of all lanes hold ``held`` columns at most."""

    def __init__(
        self, file: PlanFile, driver: Driver, share: Share, held: int = COLUMNS_HELD
    ) -> None:
        self._file = file
        self._driver = driver
        self._term = Term(file.head.at, timedelta(days=file.head.settings.refetch_days))
        self.hosts = share.hosts
        hosts, held = max(1, len(share.hosts)), share.of(held)
        self._size = max(1, min(held // hosts, COLUMNS_TOGETHER))
        self._first_size = max(1, min(self._size, COLUMNS_TOGETHER // hosts))

    def size(self, supply: Supply) -> int:
        """Return how many columns the next portion of a host has, at most."""
        return self._size if supply.is_begun else self._first_size

    def read(self, supplies: Sequence[Supply]) -> list[Portion]:
        """Read the next portion of each host. Raises what the database raises."""
        fresh = [supply.origin for supply in supplies if not supply.is_begun]
        rules = known_rules(self._driver, fresh) if fresh else {}
        taken = [list(self._take(supply)) for supply in supplies]
        watches = self._watches([one for some in taken for one in some])
        return [
            Portion(
                [watches[one.place] for one in some if one.place in watches],
                not supply.sites,
                rules.get(supply.origin),
            )
            for supply, some in zip(supplies, taken, strict=True)
        ]

    def _take(self, supply: Supply) -> Iterator[_Taken]:
        """Take the next columns of a host out of the plan; there the supply goes on the next time."""
        most = self.size(supply)
        supply.is_begun = True
        while supply.sites and most > 0:
            number = supply.sites[0]
            site = self._file.outline(number)
            begin, end = supply.column, supply.column + most
            for column, written in enumerate(site.columns[begin:end], begin):
                outline = column_outline(written)
                yield _Taken((number, column), site.base_url, written, outline)
            most -= len(site.columns[begin:end])
            supply.column = end
            if end >= len(site.columns):
                supply.sites.pop(0)
                supply.column = 0

    def _watches(self, taken: Sequence[_Taken]) -> dict[tuple[int, int], ColumnWatch]:
        known = known_columns(self._driver, [one.outline.key for one in taken])
        links = known_links(self._driver, list(known))
        pages = (page for column in known.values() for page in column.pages)
        reports = (link.url for some in links.values() for link in some if link.has_body)
        resources = known_resources(self._driver, list({*pages, *reports}))
        found: dict[tuple[int, int], ColumnWatch] = {}
        for one in taken:
            before = known.get(one.outline.key)
            if before is None or not one.is_as_read(before.plan_key):
                continue
            past = History(one.outline.first_year, one.outline.backfill)
            listed = links.get(before.key, ())
            watched = watch(before, one.place, listed, resources, self._term, past)
            if watched is not None and _is_askable(watched, one.base_url):
                found[one.place] = watched
        return found


def hosts_of(file: PlanFile) -> Iterator[tuple[Supply, ...]]:
    """Yield the hosts of a plan in its order; with http and https one host has two supplies."""
    found: dict[str, dict[str, Supply]] = {}
    for number in file.numbers:
        site = file.host(number)
        origin = origin_of(site.base_url)
        host = found.setdefault(origin.partition("://")[2], {})
        supply = host.setdefault(origin, Supply(origin, []))
        supply.sites.append(number)
        supply.allow_private |= site.allow_private
    yield from (tuple(host.values()) for host in found.values())


def _is_askable(watched: ColumnWatch, base_url: str) -> bool:
    """Say whether all addresses of a column are the host's own: others have lines of their own."""
    own = _root(base_url)
    for address in watched.addresses:
        if not address.url.casefold().startswith(own) or not is_askable(address.url):
            return False
    return True


@lru_cache(maxsize=1_024)
def _root(base_url: str) -> str:
    return f"{origin_of(base_url)}/"
