"""What a season is judged by: its first year, its deadlines, and the profile of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from reports.deadlines import Deadlines
from reports.profile import DEFAULT, Profile


@dataclass(frozen=True, slots=True)
class Season:
    """Which report years are judged, when they are due, and by which profile of the rules."""

    first_year: int
    deadlines: Deadlines
    profile: Profile = DEFAULT
