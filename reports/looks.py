"""Looks of one result, summed up, as proof of absence or of withdrawal. Pure."""

from __future__ import annotations

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
