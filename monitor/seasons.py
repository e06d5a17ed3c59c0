"""What a season is judged by: its first year, its deadlines, the profile of the rules, the proofs asked."""

from __future__ import annotations

from dataclasses import dataclass

from reports.deadlines import Deadlines
from reports.profile import DEFAULT, Profile
from reports.status import USUAL, Thresholds


@dataclass(frozen=True, slots=True)
class Season:
    """Which report years are judged, when they are due, by which rules, and what it takes to accuse."""

    first_year: int
    deadlines: Deadlines
    profile: Profile = DEFAULT
    proof: Thresholds = USUAL
