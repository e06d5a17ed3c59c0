"""The status of one obligation, derived from what was seen. Pure; ``now`` is an argument.

Never accuses without proof: "could not look", "looked and it is not there" and "there, but its date is
doubtful" stay three different answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from reports import status_words as say
from reports.deadlines import china_date
from reports.duties import Waiver
from reports.looks import Looks
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many looks, how far apart, prove an absence or a withdrawal. A deployment may only be stricter."""

    absence_looks: int = 2
    absence_span: timedelta = timedelta(hours=12)
    withdrawal_looks: int = 4
    withdrawal_span: timedelta = timedelta(hours=48)

    def prove_absence(self, looks: Looks) -> bool:
        """Say whether these good looks prove that a report is not there."""
        return looks.spans(self.absence_looks, self.absence_span)

    def prove_withdrawal(self, looks: Looks) -> bool:
        """Say whether these looks prove that a known report is gone."""
        return looks.spans(self.withdrawal_looks, self.withdrawal_span)

    def next_absence_look(self, looks: Looks) -> datetime | None:
        """Return when a further look may complete the proof of absence; None before the first."""
        return None if looks.first_at is None else looks.first_at + self.absence_span

    def next_withdrawal_look(self, looks: Looks) -> datetime | None:
        """Return when to look again at a report that was found gone, so that its span is used evenly."""
        pause = self.withdrawal_span / max(self.withdrawal_looks - 1, 1)
        return None if looks.last_at is None else looks.last_at + pause


USUAL = Thresholds()


class Status(StrEnum):
    """Where one agency stands with one report year."""

    AWAITED = "awaited"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    UNVERIFIED = "unverified"
    WITHDRAWN = "withdrawn"
    EXEMPT = "exempt"


class Proof(StrEnum):
    """What the time of publication rests on."""

    SEEN = "seen"
    CLAIMED = "claimed"
    CONTRADICTED = "contradicted"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the status of an obligation depends on.

    ``shown_on`` is the date that the report showed when it was first seen (a later change of that date
    neither saves nor accuses). ``absent`` counts good looks at all columns, after the due instant, that
    did not have the report and came before ``first_seen_at``. ``gone`` counts looks that found a known
    report gone while its host was healthy, since it was last seen; ``restored_at`` is when it was seen
    again after such looks. ``last_failure`` says why the newest look was no good one, None when it was.
    ``candidate`` names a listed link that may be the report and could not be read or assigned. ``remark``
    says what must be known of a found report beside its standing. ``waiver`` says why no report is
    required, ``extended_by`` which notice set a later day than usual.
    """

    due_at: datetime
    waiver: Waiver | None = None
    extended_by: str | None = None
    first_seen_at: datetime | None = None
    shown_on: date | None = None
    absent: Looks = Looks()
    gone: Looks = Looks()
    restored_at: datetime | None = None
    last_failure: Words | None = None
    candidate: Words | None = None
    remark: Words | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The derived status with its proof, its reason, and the next instant at which it may change."""

    status: Status
    proof: Proof
    because: Words
    next_check_at: datetime | None


def derive(facts: Facts, now: datetime, thresholds: Thresholds = USUAL) -> Standing:
    """Return where the obligation stands at ``now`` (aware)."""
    if facts.waiver is not None:
        return _waived(facts, facts.waiver, thresholds)
    standing = _required(facts, now, thresholds)
    if facts.extended_by is None:
        return standing
    return replace(standing, because=say.extended(standing.because, facts.extended_by))


def _waived(facts: Facts, waiver: Waiver, thresholds: Thresholds) -> Standing:
    """Return the standing of a report that nobody owes: it may be there, it is never late or missed."""
    if facts.first_seen_at is None or not waiver.until_found:
        return Standing(Status.EXEMPT, Proof.NONE, waiver.reason, None)
    found = _found(facts, facts.first_seen_at, thresholds)
    in_time = found.status is Status.ON_TIME
    proof = found.proof if in_time else Proof.NONE
    because = found.because if in_time else say.not_required(facts.first_seen_at)
    if facts.gone.count:
        because = say.suspect(because, facts.gone)
    return Standing(Status.ON_TIME, proof, because, None)


def _required(facts: Facts, now: datetime, thresholds: Thresholds) -> Standing:
    if facts.first_seen_at is None:
        return _not_found(facts, now, thresholds)
    found = _found(facts, facts.first_seen_at, thresholds)
    if thresholds.prove_withdrawal(facts.gone):
        found = replace(found, status=Status.WITHDRAWN, because=say.withdrawn(facts.gone))
    elif facts.gone.count:
        again_at = thresholds.next_withdrawal_look(facts.gone)
        because = say.suspect(found.because, facts.gone)
        found = replace(found, because=because, next_check_at=again_at)
    if facts.remark is None:
        return found
    return replace(found, because=say.remarked(found.because, facts.remark))


def _not_found(facts: Facts, now: datetime, thresholds: Thresholds) -> Standing:
    if now < facts.due_at:
        return Standing(Status.AWAITED, Proof.NONE, say.awaited(facts.due_at, now), facts.due_at)
    # Earlier looks prove nothing against a report that may stand in the list by now.
    if thresholds.prove_absence(facts.absent) and facts.candidate is None:
        return Standing(Status.MISSING, Proof.NONE, say.missing(facts.due_at, facts.absent), None)
    failure = facts.candidate or facts.last_failure
    because = say.unverified(facts.due_at, facts.absent, failure, thresholds.absence_span)
    again_at = thresholds.next_absence_look(facts.absent)
    return Standing(Status.UNVERIFIED, Proof.NONE, because, again_at)


def _found(facts: Facts, first_seen_at: datetime, thresholds: Thresholds) -> Standing:
    if first_seen_at < facts.due_at:
        because = say.seen(first_seen_at, facts.due_at)
        return Standing(Status.ON_TIME, Proof.SEEN, because, None)
    due_day = china_date(facts.due_at - timedelta(seconds=1))
    proven_absent = thresholds.prove_absence(facts.absent)
    if facts.shown_on is None:
        return _found_without_date(facts, first_seen_at, proven_absent)
    if facts.shown_on > due_day:
        because = say.late_by_its_date(facts.shown_on, due_day)
        return Standing(Status.LATE, Proof.CLAIMED, because, None)
    if not facts.absent.count:
        because = say.claimed(facts.shown_on, due_day, first_seen_at)
        return Standing(Status.ON_TIME, Proof.CLAIMED, because, None)
    because = say.contradicted(facts.shown_on, facts.absent, first_seen_at, proven=proven_absent)
    status = Status.LATE if proven_absent else Status.UNVERIFIED
    return Standing(status, Proof.CONTRADICTED, because, None)


def _found_without_date(facts: Facts, first_seen_at: datetime, proven_absent: bool) -> Standing:
    if proven_absent:
        because = say.late_by_absence(facts.absent, first_seen_at)
        return Standing(Status.LATE, Proof.NONE, because, None)
    if facts.absent.count:
        because = say.undated_after_one_look(facts.absent, first_seen_at)
        return Standing(Status.UNVERIFIED, Proof.NONE, because, None)
    return Standing(Status.ON_TIME, Proof.NONE, say.undated(first_seen_at), None)
