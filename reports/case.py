"""What is known around a report when it is judged; everything that nobody told us is None. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reports.agencies import Identity
from reports.compare import Change
from reports.hidden_times import HiddenTime
from reports.model import AnnualReport
from reports.status import Proof, Status
from reports.surroundings import Copy, Likeness, Listing, Page, Parts, Places, Source
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Where the obligation stands: its status, proof and reason, as derived, and what was seen when.

    ``local_due_on`` is the last day of the local notice ``local_by``, ``url_on`` the date in the address,
    ``id_time`` one that hides in its numbers (told beside the others, never judged by),
    ``absent_at`` the last good look without the report before ``first_seen_at``, ``gone_since`` the first
    of the looks that found it gone, ``judged_at`` the instant of the judgement.
    """

    status: Status
    proof: Proof
    because: Words
    due_at: datetime
    shown_on: date | None = None
    first_seen_at: datetime | None = None
    local_due_on: date | None = None
    local_by: str | None = None
    url_on: date | None = None
    id_time: HiddenTime | None = None
    absent_at: datetime | None = None
    gone_since: datetime | None = None
    judged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What this version changed against the one before it."""

    number: int
    seen_at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The context of one judgement; everything that nobody told us is None.

    ``previous`` is the newest version of last year's report; ``earlier_years`` are the report years before
    this one of which we hold a report; ``likenesses`` and ``twins`` (units that published the very same
    file) are None where nobody compared. ``enforcement`` are the counts of decisions that the unit's
    行政执法年度数据 states, by cell key of table 2. ``joined`` are the names of the bodies that were
    folded into the unit since last year's report: its figures cannot be held against this year's.
    """

    identity: Identity | None = None
    year: int | None = None
    previous: AnnualReport | None = None
    timeliness: Timeliness | None = None
    previous_source: Source = Source()
    earlier_years: tuple[int, ...] | None = None
    region: str | None = None
    places: Places | None = None
    page: Page | None = None
    listing: Listing | None = None
    revision: Revision | None = None
    copies: tuple[Copy, ...] = ()
    parts: Parts | None = None
    likenesses: tuple[Likeness, ...] | None = None
    twins: tuple[Identity, ...] | None = None
    enforcement: Mapping[str, int] | None = None
    joined: tuple[str, ...] = ()
