"""Looks of one result, summed up, as proof of absence or of withdrawal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks of one result, summed up: how many, the first and the last instant."""

    count: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    def spans(self, count: int, span: timedelta) -> bool:
        """Say whether there are enough looks, far enough apart."""
        if self.first_at is None or self.last_at is None:
            return False
        return self.count >= count and self.last_at - self.first_at >= span


def summed_up(instants: Iterable[datetime]) -> Looks:
    """Return the sum of looks of one result that were made at these instants."""
    known = sorted(instants)
    return Looks(len(known), known[0], known[-1]) if known else Looks()
