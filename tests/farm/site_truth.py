"""What may be said of a whole site: down, blocked or lost only when it is, and back only after that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tests.farm.script import SiteScript
from tests.farm.trouble import OF_COLUMN, OF_HOST, OF_LIST, Trouble
from tests.farm.truth import Complaint, Fault

_DOWN = frozenset(
    {Trouble.REFUSED, Trouble.RESET, Trouble.ERROR, Trouble.UNAVAILABLE, Trouble.GATEWAY}
)
_JUDGED = ("site.down", "site.blocked", "site.up", "column.lost", "column.found")


@dataclass
class SiteWitness:
    """Follows one site through a season; the words are edges, so that each waits for its opposite."""

    script: SiteScript
    is_out: bool = False
    is_lost: bool = False

    def hear(self, at: datetime, events: Mapping[str, int]) -> Iterator[Complaint]:
        """Hold the events of one look against what befell the site then."""
        allowed = self._allowed(at)
        for kind in _JUDGED:
            count = events.get(kind, 0)
            if count > (kind in allowed):
                yield Complaint(Fault.SITE, f"{count} × {kind}", ", ".join(sorted(allowed)))
        if events.get("site.down") or events.get("site.blocked") or events.get("site.up"):
            self.is_out = not events.get("site.up")
        if events.get("column.lost") or events.get("column.found"):
            self.is_lost = not events.get("column.found")

    def _allowed(self, at: datetime) -> set[str]:
        troubles = [spell.trouble for spell in self.script.spells if spell.covers(at)]
        trouble = troubles[0] if troubles else None
        allowed: set[str] = set()
        if trouble in OF_HOST:
            # One kind of outage may follow another.
            allowed.add("site.down" if trouble in _DOWN else "site.blocked")
        elif trouble is Trouble.BROKEN_OFF:
            # Who breaks the connection may be called down.
            allowed.add("site.down")
        elif self.is_out:
            allowed.add("site.up")
        design = self.script.redesign
        moved = design is not None and at >= design.at and design.is_doubtful
        listed_badly = trouble in OF_COLUMN | OF_LIST - {Trouble.STALE, Trouble.BROKEN_OFF}
        if moved or listed_badly:
            allowed.add("column.lost")
        # Whoever finds the new address of a column at once need not call it lost before.
        if (self.is_lost or moved) and trouble not in OF_COLUMN | OF_HOST:
            allowed.add("column.found")
        return allowed
