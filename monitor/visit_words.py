"""What a visit says of itself."""

from __future__ import annotations

from db.tables import Visit
from reports.visits import WORDS, Outcome
from reports.words import Words


def words_of(visit: Visit) -> Words:
    """Return the visit's own sentence with its figures, or the outcome's name when it has none."""
    if visit.detail_zh and visit.detail_en:
        return Words(visit.detail_zh, visit.detail_en)
    return WORDS[Outcome(visit.outcome)]
