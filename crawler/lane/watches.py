"""What the sweep has to ask of each host, and how it ended. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from crawler.rereading import History, Reread, worth_asking
from db.sweeps import KnownColumn, KnownLink, KnownResource
from reports.visits import GOOD

_GOOD = frozenset(outcome.value for outcome in GOOD)


class Watched(NamedTuple):
    """An address whose body is known: its validators, and ``link_id`` where it is no column page."""

    url: str
    etag: str | None
    last_modified: str | None
    sha256: bytes
    is_conditional: bool
    link_id: int | None = None


class ColumnWatch(NamedTuple):
    """A column that may be found unchanged: its pages first, then the reports behind its links.

    ``site`` and ``number`` are its place in the plan; the rules of a host, which are watched like a
    column, have none (-1).
    """

    key: str
    site: int
    number: int
    addresses: tuple[Watched, ...]
    pages: int
    links: int
    candidates: int
    good_at: datetime


@dataclass(frozen=True, slots=True)
class Term:
    """The instant of the pass, and how long an address is trusted to say itself that it has changed."""

    now: datetime
    refetch: timedelta

    def is_over(self, name: str, whole_at: datetime | None) -> bool:
        """Say whether something is to be read whole again, whatever its validators say.

        What was read in one first pass is spread over the second half of the term.
        """
        share = 0.5 + 0.5 * (crc32(name.encode()) & 0xFFFF) / 0xFFFF
        return whole_at is None or self.now - whole_at >= share * self.refetch


def watch(
    column: KnownColumn,
    place: tuple[int, int],
    links: Sequence[KnownLink],
    resources: Mapping[str, KnownResource],
    term: Term,
    past: History,
) -> ColumnWatch | None:
    """Return what to ask of a column, None when only a whole visit can say how it stands.

    ``place`` is where the plan has it: the number of its site, and its own there.
    """
    if column.good_at >= term.now or term.is_over(column.key, column.whole_at):
        return None
    known = [link for link in links if link.has_body or _is_listed(link, column)]
    followed = _in_turn(known, past, term.now)
    if not all(link.has_body and link.outcome in _GOOD for link in followed):
        return None
    if not column.pages:
        # Its pages stand elsewhere than its plan says: what an older look read does not count either.
        return None
    # A column page may itself be the report behind one of its links.
    names: dict[str, int | None] = dict.fromkeys(column.pages)
    for link in followed:
        names[link.url] = link.id
    addresses = _addresses(names, resources, term)
    if addresses is None:
        return None
    return ColumnWatch(
        column.key,
        *place,
        addresses,
        len(column.pages),
        column.links,
        column.candidates,
        column.good_at,
    )


def _addresses(
    names: Mapping[str, int | None], resources: Mapping[str, KnownResource], term: Term
) -> tuple[Watched, ...] | None:
    """Return what to ask for at each address; None when one of them is not known, or has a form."""
    addresses = []
    for name, link_id in names.items():
        resource = resources.get(name)
        # A page asked for by a form has its form behind the mark.
        if resource is None or "#" in name:
            return None
        addresses.append(_watched(name, resource, link_id, term))
    return tuple(addresses)


def _in_turn(links: Sequence[KnownLink], past: History, now: datetime) -> list[KnownLink]:
    """Return the links whose turn it is in this pass: history is not asked at each."""
    if not links:
        return []
    befores = [Reread(link.url, link.year, link.asked_at, link.has_body) for link in links]
    season, history = worth_asking(befores, past, now)
    return [links[number] for number in (*season, *history)]


def _is_listed(link: KnownLink, column: KnownColumn) -> bool:
    return link.listed_at >= column.good_at


def _watched(url: str, resource: KnownResource, link_id: int | None, term: Term) -> Watched:
    is_conditional = not term.is_over(url, resource.full_at)
    return Watched(
        url, resource.etag, resource.last_modified, resource.sha256, is_conditional, link_id
    )
