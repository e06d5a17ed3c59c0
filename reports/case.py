"""What is known around a report when it is judged: who, which year, last year's report, the times. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reports.agencies import Identity
from reports.model import AnnualReport
from reports.status import Proof, Status
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Where the obligation stands: its status, proof and reason, as derived."""

    status: Status
    proof: Proof
    because: Words
    due_at: datetime
    shown_on: date | None = None
    first_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The context of one judgement; everything that nobody told us is None."""

    identity: Identity | None = None
    year: int | None = None
    previous: AnnualReport | None = None
    timeliness: Timeliness | None = None
