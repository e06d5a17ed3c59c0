"""What may and what must be said of one agency's report: an oracle written from the contract alone.

It imports nothing that decides statuses. From the scripted life, and from what each look could show, it
derives the admissible standings and the events that are due; a look that may or may not show something
widens what is admissible instead of being guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from tests.farm.life import CHINA
from tests.farm.trouble import Strength

_HALF_A_DAY, _TWO_DAYS = timedelta(hours=12), timedelta(hours=48)
_FOUND = ("report.published", "report.published_late")
_JUDGED = (
    *_FOUND,
    "report.missing",
    "report.unverified",
    "report.withdrawn",
    "report.restored",
    "report.revised",
    "report.unreadable",
)

Standing = tuple[str, str]
"""A status and the proof that it rests on."""


class Fault(StrEnum):
    """Kinds of disagreement, gravest first."""

    MISSING = "wrong missing"
    LATE = "wrong late"
    WITHDRAWN = "wrong withdrawn"
    NOT_FOUND = "not found at the first good look"
    EVENT = "wrong or repeated event"
    STANDING = "wrong standing"
    SITE = "wrong word on a site"


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look can show of one report.

    ``new``: an unknown report is found. ``again``: a known one is read again. ``absent``: that it is not
    there is proven. ``gone``: that it was taken away is proven. ``content`` is its text now, None while
    there is none to read; ``there`` says that the site has it, whether a look can show it or not.
    """

    at: datetime
    new: Strength
    again: Strength
    absent: Strength
    gone: Strength
    content: int | None
    there: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the ledger and the log say after a look; ``events`` are those of this look by kind."""

    status: str
    proof: str
    first_seen_at: datetime | None
    events: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One disagreement: what was said, and what would have been admissible."""

    fault: Fault
    said: str
    admissible: str


@dataclass
class Looks:
    """Instants of looks that surely, or possibly, had one result."""

    sure: list[datetime] = field(default_factory=list)
    possible: list[datetime] = field(default_factory=list)

    def add(self, at: datetime, strength: Strength) -> None:
        """Count a look by how much it shows."""
        if strength is Strength.SURE:
            self.sure.append(at)
        if strength is not Strength.NO:
            self.possible.append(at)

    def clear(self, *, only_sure: bool = False) -> None:
        """Forget what was counted; ``only_sure`` keeps what is still possible."""
        self.sure.clear()
        if not only_sure:
            self.possible.clear()


@dataclass
class Witness:
    """Follows one agency-year through a season and holds what is said against the truth."""

    due: datetime
    shown_on: date | None
    is_readable: bool = True
    expected: bool = True
    found_at: datetime | None = None
    read: int | None = None
    shown: set[datetime] = field(default_factory=set)
    absent: Looks = field(default_factory=Looks)
    gone: Looks = field(default_factory=Looks)
    told: Counter[str] = field(default_factory=Counter)
    before: str = "awaited"

    def hear(self, sight: Sight, said: Said) -> list[Complaint]:
        """Take in one look and what was said after it; return every disagreement."""
        was_unknown = self.found_at is None
        complaints = [*self._found(sight, said)]
        newly = was_unknown and self.found_at is not None
        self._count(sight)
        admissible = self._admissible(sight)
        if (said.status, said.proof) not in admissible:
            complaints.append(_wrong_standing(said, admissible))
        complaints += self._events(sight, said, newly=newly)
        self.told.update(said.events)
        self.before = said.status
        return complaints

    def _found(self, sight: Sight, said: Said) -> Iterator[Complaint]:
        """Hold the first sight against what could be seen, and take it over.

        What came in part waits until it is believed, and was first seen when it came.
        """
        if sight.new is not Strength.NO:
            self.shown.add(sight.at)
        if self.found_at is not None:
            if said.first_seen_at != self.found_at:
                known = self.found_at.isoformat()
                yield Complaint(Fault.STANDING, f"first seen {said.first_seen_at}", known)
            return
        if said.first_seen_at is None:
            if sight.new is Strength.SURE and self.expected:
                yield Complaint(Fault.NOT_FOUND, said.status, "found")
            return
        if said.first_seen_at not in self.shown:
            yield Complaint(Fault.STANDING, f"first seen {said.first_seen_at}", "not seen")
        self.found_at = said.first_seen_at

    def _count(self, sight: Sight) -> None:
        if self.found_at is None:
            if sight.at >= self.due:
                self.absent.add(sight.at, sight.absent)
            return
        if sight.gone is not Strength.NO:
            self.gone.add(sight.at, sight.gone)
        elif sight.again is not Strength.NO:
            self.gone.clear(only_sure=sight.again is Strength.MAY)

    # Standings

    def _admissible(self, sight: Sight) -> set[Standing]:
        if not self.expected:
            return {("exempt", "none")}
        if self.found_at is None:
            return {(status, "none") for status in self._not_found(sight)}
        found = set(self._once_found(self.found_at))
        proofs = {proof for _, proof in found}
        withdrawn = {("withdrawn", proof) for proof in proofs}
        if _spans(self.gone.sure, 4, _TWO_DAYS):
            return withdrawn
        return found | withdrawn if _spans(self.gone.possible, 4, _TWO_DAYS) else found

    def _not_found(self, sight: Sight) -> set[str]:
        if sight.at < self.due:
            return {"awaited"}
        if not _spans(self.absent.possible, 2, _HALF_A_DAY):
            return {"unverified"}
        surely = _spans(self.absent.sure, 2, _HALF_A_DAY)
        # What was proven before stands until a look shows something else.
        doubtful = sight.there or sight.absent is not Strength.SURE
        return {"missing"} if surely and not doubtful else {"missing", "unverified"}

    def _once_found(self, found_at: datetime) -> Iterator[Standing]:
        if found_at < self.due:
            yield "on_time", "seen"
        elif self.shown_on is not None and self.shown_on > _last_day(self.due):
            yield "late", "claimed"
        else:
            yield from self._by_looks()

    def _by_looks(self) -> Iterator[Standing]:
        """Yield what the looks between the due instant and the first sight allow."""
        claimed, doubted = (
            ("none", "none") if self.shown_on is None else ("claimed", "contradicted")
        )
        surely = _spans(self.absent.sure, 2, _HALF_A_DAY)
        if not self.absent.sure:
            yield "on_time", claimed
        if self.absent.possible and not surely:
            yield "unverified", doubted
        if _spans(self.absent.possible, 2, _HALF_A_DAY):
            yield "late", doubted

    # Events

    def _events(self, sight: Sight, said: Said, *, newly: bool) -> Iterator[Complaint]:
        due = self._due_events(sight, said, newly=newly)
        for kind in _JUDGED:
            least, most = due.get(kind, (0, 0))
            count = said.events.get(kind, 0)
            if not least <= count <= most:
                allowed = f"{least}" if least == most else f"{least} to {most}"
                yield Complaint(Fault.EVENT, f"{count} × {kind}", f"{allowed} × {kind}")

    def _due_events(self, sight: Sight, said: Said, *, newly: bool) -> dict[str, tuple[int, int]]:
        """Return how often each kind is to be told after this look, at least and at most."""
        if not self.expected:
            return {}
        due: dict[str, tuple[int, int]] = {}
        if newly:
            due[_FOUND[said.status == "late"]] = (1, 1)
        if self.found_at is None and said.status in ("missing", "unverified"):
            first = not self.told[f"report.{said.status}"]
            due[f"report.{said.status}"] = (int(first), int(first))
        if (said.status == "withdrawn") != (self.before == "withdrawn"):
            due["report.withdrawn" if said.status == "withdrawn" else "report.restored"] = (1, 1)
        due["report.revised"] = self._revisions(sight, said, newly=newly)
        if not self.is_readable:
            due["report.revised"] = (0, 1)
            # What cannot be read is not known again at another address.
            due["report.unreadable"] = (0, 1)
        return due

    def _revisions(self, sight: Sight, said: Said, *, newly: bool) -> tuple[int, int]:
        """Return how many revisions are due: one when a text is read that differs from the last."""
        if newly:
            self.read = sight.content
            return 0, 0
        if self.found_at is None or sight.content is None or sight.content == self.read:
            return 0, 0
        if sight.again is Strength.NO:
            return 0, 0
        if sight.again is Strength.SURE or said.events.get("report.revised"):
            self.read = sight.content
        return int(sight.again is Strength.SURE), 1


def _spans(instants: Sequence[datetime], count: int, span: timedelta) -> bool:
    return len(instants) >= count and max(instants) - min(instants) >= span


def _last_day(due: datetime) -> date:
    return (due - timedelta(seconds=1)).astimezone(CHINA).date()


def _wrong_standing(said: Said, admissible: set[Standing]) -> Complaint:
    accusations = {"missing": Fault.MISSING, "late": Fault.LATE, "withdrawn": Fault.WITHDRAWN}
    allowed = {status for status, _ in admissible}
    is_new = said.status not in allowed
    fault = accusations.get(said.status, Fault.STANDING) if is_new else Fault.STANDING
    shown = " or ".join(sorted(f"{status}/{proof}" for status, proof in admissible))
    return Complaint(fault, f"{said.status}/{said.proof}", shown)
