"""An entry of a list, judged. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.words import Words


@dataclass(frozen=True, slots=True)
class Listed:
    """A link as one listing has it, and why it is not followed (None when it is)."""

    url: str
    title: str
    listed_on: date | None = None
    year: int | None = None
    agency_key: str | None = None
    refusal: Words | None = None
