"""A crawl plan as a file: a line for the pass, then a line for each site, read when it is needed.

A plan of the nation is larger than what the crawling process may hold: it reads a site when its turn
comes, and of most sites no more than the outline.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import BinaryIO

import msgspec

from crawler.plan import ColumnPlan, CrawlPlan, SitePlan

_READ_AT_ONCE = 1 << 20


class PlanUnreadable(Exception):
    """The crawl plan is unreadable: start the crawl through ``crawler.process`` of this release."""


class SiteHost(msgspec.Struct, frozen=True):
    """Of a site what tells its host."""

    base_url: str
    allow_private: bool


class SiteOutline(SiteHost, frozen=True):
    """Of a site what tells its host, and its columns as they are written."""

    columns: list[msgspec.Raw]


class ColumnOutline(msgspec.Struct, frozen=True):
    """Of a column what tells whether it may be found unchanged."""

    key: str
    look_only: bool
    fresh: bool
    first_year: int | None
    backfill: int


_PLAN = msgspec.json.Decoder(CrawlPlan)
_SITE = msgspec.json.Decoder(SitePlan)
_COLUMN = msgspec.json.Decoder(ColumnOutline)
_HOST = msgspec.json.Decoder(SiteHost)
_OUTLINE = msgspec.json.Decoder(SiteOutline)


def write_plan(plan: CrawlPlan, file: BinaryIO) -> None:
    """Write a plan into an empty file."""
    encoder = msgspec.json.Encoder()
    file.write(encoder.encode(replace(plan, sites=())) + b"\n")
    for site in plan.sites:
        file.write(encoder.encode(site) + b"\n")
    file.flush()


def column_outline(written: msgspec.Raw) -> ColumnOutline:
    """Read the outline of one column."""
    return _COLUMN.decode(written)


def plan_key(base_url: str, column: ColumnPlan) -> str:
    """Return the mark of all that decides how a column is read, its pages apart."""
    return written_key(base_url, msgspec.json.encode(replace(column, fresh=False)))


def written_key(base_url: str, written: bytes | msgspec.Raw) -> str:
    """Return the mark of a column as it is written; ``fresh`` must not be set in it."""
    mark = hashlib.sha256(base_url.encode())
    mark.update(written)
    return mark.hexdigest()[:24]


class PlanFile:
    """A plan that was written: ``head`` is the plan without its sites.

    A site is named by its number, in the order in which the plan has them. ``descriptor`` is the open
    file. Raises PlanUnreadable, and OSError when there is no such file.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._ends = _line_ends(descriptor)
        try:
            self.head = _PLAN.decode(self._line(-1))
        except (msgspec.MsgspecError, IndexError, UnicodeDecodeError) as error:
            raise PlanUnreadable(
                f"采集计划无法读取 / the crawl plan is unreadable: {error}"
            ) from error
        if self.head.at.tzinfo is None:
            raise PlanUnreadable("采集计划的时刻缺少时区 / the plan's instant has no time zone")

    @property
    def numbers(self) -> range:
        """Return the numbers of the sites."""
        return range(len(self._ends) - 1)

    def host(self, number: int) -> SiteHost:
        """Read the host of a site."""
        return _HOST.decode(self._line(number))

    def outline(self, number: int) -> SiteOutline:
        """Read the outline of a site."""
        return _OUTLINE.decode(self._line(number))

    def site(self, number: int) -> SitePlan:
        """Read a site."""
        try:
            return _SITE.decode(self._line(number))
        except msgspec.MsgspecError as error:
            raise PlanUnreadable(
                f"采集计划无法读取 / the crawl plan is unreadable: {error}"
            ) from error

    def _line(self, number: int) -> bytes:
        begin = self._ends[number] if number >= 0 else 0
        return os.pread(self._descriptor, self._ends[number + 1] - begin, begin)


def _line_ends(descriptor: int) -> list[int]:
    ends, begin = [], 0
    while piece := os.pread(descriptor, _READ_AT_ONCE, begin):
        found = piece.find(b"\n")
        while found >= 0:
            ends.append(begin + found + 1)
            found = piece.find(b"\n", found + 1)
        begin += len(piece)
    return ends
