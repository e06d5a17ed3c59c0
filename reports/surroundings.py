"""What stands around a report: its page, its files, its copies, its like, the places it may name. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from reports.agencies import Identity
from reports.model import AnnualReport
from reports.visits import Outcome
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes were read: their address and SHA-256, and when they were first seen."""

    url: str | None = None
    sha256: str | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file that the page offers. ``says`` is its format by its name, ``is_`` by its bytes.

    ``is_`` and ``size`` are None while nobody fetched it; ``failure`` says why it could not be had.
    """

    name: str
    url: str
    says: str | None = None
    is_: str | None = None
    size: int | None = None
    sha256: str | None = None
    failure: Words | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The page that shows the report. ``metas`` are its meta tags by name in small letters.

    ``titles`` are those of the page, best first; ``characters`` counts the text of the article;
    ``images`` the pictures in it; ``printed_on`` is the date that its text shows, ``published_on`` the one
    that counts; ``scanned`` says that the report itself is a picture or a scan.
    """

    source: Source = Source()
    media_type: str | None = None
    titles: tuple[str, ...] = ()
    metas: Mapping[str, str] = field(default_factory=dict)
    published_on: date | None = None
    printed_on: date | None = None
    characters: int = 0
    images: int = 0
    scanned: bool = False
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """How a listed address opens: the end of the newest fetch, since when it ends so, and when that was.

    Only the fetches of passes count that read the column itself well and still found the entry in it.
    """

    end: Outcome
    since: datetime
    tried_at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """How the column lists the report, and the column itself.

    ``years`` are the report years that the column lists for this agency; ``order`` the dates of all its
    entries from top to bottom; ``hosts`` the ones that the register allows for the site; ``opening`` tells
    how the listed address opens, None when nobody tried.
    """

    title: str
    url: str
    column: str
    listed_on: date | None = None
    years: tuple[int, ...] = ()
    order: tuple[date, ...] = ()
    hosts: tuple[str, ...] = ()
    elsewhere_only: bool = False
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another copy of the same report: ``what`` it is (the attachment, the central list)."""

    what: Words
    report: AnnualReport
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Part:
    """The report of a body that this government's report includes."""

    identity: Identity
    report: AnnualReport
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Parts:
    """The reports of the bodies below a government; ``expected`` is how many there should be."""

    found: tuple[Part, ...]
    expected: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of this narrative also stands in another unit's report of the same year.

    ``share`` is the part of this report's 8-grams, 0 to 1, that the other holds too, the sentences that
    are common in the region left out; ``passage`` the longest stretch that both share.
    """

    identity: Identity
    share: Decimal
    passage: str
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places: ``own`` is the unit's chain of divisions, ``others`` those that are not in it."""

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
