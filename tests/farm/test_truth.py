"""The oracle itself: what may be said follows from the contract, and every wrong word is caught."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.farm.life import Act, Deed, Life
from tests.farm.script import Office, SiteScript
from tests.farm.sights import sight_of
from tests.farm.trouble import Strength
from tests.farm.truth import Fault, Said, Sight, Witness

NO, MAY, SURE = Strength.NO, Strength.MAY, Strength.SURE
DUE = datetime(2026, 1, 31, 16, tzinfo=UTC)
ABSENT, LISTED, GONE, BLIND = "absent", "listed", "gone", "blind"


def sight(hours: float, what: str, strength: Strength = SURE, content: int = 0) -> Sight:
    """Return a look so many hours after the due instant."""
    shows = {name: strength if what == name else NO for name in (ABSENT, LISTED, GONE)}
    listed = shows[LISTED]
    text = content if what == LISTED else None
    return Sight(
        DUE + timedelta(hours=hours),
        new=listed,
        again=listed,
        absent=shows[ABSENT],
        gone=shows[GONE],
        content=text,
        there=what == LISTED,
    )


Answer = tuple[str, str, float | None, Mapping[str, int]]


def said(status: str, proof: str = "none", seen: float | None = None, **events: int) -> Answer:
    return status, proof, seen, {f"report.{kind}": count for kind, count in events.items()}


def faults(witness: Witness, *looks: tuple[Sight, Answer]) -> list[Fault]:
    """Return the faults found at the last look; those before it must find none."""
    found: list[Fault] = []
    for number, (look, (status, proof, seen, events)) in enumerate(looks, start=1):
        first = None if seen is None else DUE + timedelta(hours=seen)
        complaints = witness.hear(look, Said(status, proof, first, events))
        assert not complaints or number == len(looks), complaints
        found = [complaint.fault for complaint in complaints]
    return found


def witness(shown_on: date | None = date(2026, 1, 20)) -> Witness:
    return Witness(DUE, shown_on)


AWAITED = (sight(-50, ABSENT), said("awaited"))
FIRST_LOOK = (sight(5, ABSENT), said("unverified", unverified=1))
ON_TIME = (sight(-50, LISTED), said("on_time", "seen", -50, published=1))


def test_an_absence_is_proven_by_two_looks_half_a_day_apart() -> None:
    missing = said("missing", missing=1)
    assert not faults(witness(), AWAITED, FIRST_LOOK, (sight(17, ABSENT), missing))
    too_near = (sight(16, ABSENT), missing)
    assert Fault.MISSING in faults(witness(), AWAITED, FIRST_LOOK, too_near)
    blind = (sight(30, BLIND), missing)
    assert Fault.MISSING in faults(witness(), AWAITED, FIRST_LOOK, blind)
    silent = (sight(17, ABSENT), said("unverified"))
    assert faults(witness(), AWAITED, FIRST_LOOK, silent) == [Fault.STANDING]


def test_a_doubtful_look_allows_both_words() -> None:
    for answer in (said("missing", missing=1), said("unverified")):
        assert not faults(witness(), AWAITED, FIRST_LOOK, (sight(17, ABSENT, MAY), answer))


def test_a_report_that_a_good_look_shows_must_be_found_then() -> None:
    unseen = (sight(-50, LISTED), said("awaited"))
    assert faults(witness(), unseen) == [Fault.NOT_FOUND]
    doubtful = (sight(-50, LISTED, MAY), said("awaited"))
    assert not faults(witness(), doubtful)
    twice = (sight(-50, LISTED), said("on_time", "seen", -50, published=2))
    assert faults(witness(), twice) == [Fault.EVENT]


@pytest.mark.parametrize(
    ("shown_on", "looks", "right", "wrong"),
    [
        (date(2026, 1, 20), [], ("on_time", "claimed"), ("late", "claimed")),
        (date(2026, 1, 20), [5], ("unverified", "contradicted"), ("late", "contradicted")),
        (date(2026, 1, 20), [5, 18], ("late", "contradicted"), ("on_time", "claimed")),
        (date(2026, 2, 2), [], ("late", "claimed"), ("on_time", "claimed")),
        (None, [5, 18], ("late", "none"), ("on_time", "none")),
        (None, [], ("on_time", "none"), ("late", "none")),
    ],
)
def test_when_it_came_is_decided_by_its_date_and_by_our_looks(
    shown_on: date | None, looks: list[float], right: tuple[str, str], wrong: tuple[str, str]
) -> None:
    for (status, proof), is_right in ((right, True), (wrong, False)):
        heard = witness(shown_on)
        for number, hours in enumerate(looks):
            answer = said("missing", missing=1) if number else said("unverified", unverified=1)
            assert not faults(heard, (sight(hours, ABSENT), answer))
        kind = "published_late" if status == "late" else "published"
        found = faults(heard, (sight(30, LISTED), said(status, proof, 30, **{kind: 1})))
        assert bool(found) is not is_right


def test_a_withdrawal_needs_four_looks_over_two_days() -> None:
    gone = [(sight(hours, GONE), said("on_time", "seen", -50)) for hours in (10, 20, 40)]
    withdrawn = said("withdrawn", "seen", -50, withdrawn=1)
    assert not faults(witness(), ON_TIME, *gone, (sight(58, GONE), withdrawn))
    early = (sight(57, GONE), withdrawn)
    assert faults(witness(), ON_TIME, *gone, early) == [Fault.WITHDRAWN]
    back = (sight(50, LISTED), said("on_time", "seen", -50))
    assert Fault.WITHDRAWN in faults(witness(), ON_TIME, *gone, back, (sight(58, GONE), withdrawn))
    restored = (sight(70, LISTED), said("on_time", "seen", -50, restored=1))
    assert not faults(witness(), ON_TIME, *gone, (sight(58, GONE), withdrawn), restored)


def test_each_new_text_is_one_revision() -> None:
    changed = sight(10, LISTED, content=1)
    once = (changed, said("on_time", "seen", -50, revised=1))
    back = (sight(20, LISTED, content=0), said("on_time", "seen", -50, revised=1))
    assert not faults(witness(), ON_TIME, once, back)
    for answer in (said("on_time", "seen", -50), said("on_time", "seen", -50, revised=2)):
        assert faults(witness(), ON_TIME, (changed, answer)) == [Fault.EVENT]
    same = (sight(10, LISTED), said("on_time", "seen", -50, revised=1))
    assert faults(witness(), ON_TIME, same) == [Fault.EVENT]


def test_the_first_sight_never_changes() -> None:
    later = (sight(10, LISTED), said("on_time", "seen", -40))
    assert faults(witness(), ON_TIME, later) == [Fault.STANDING]


@pytest.mark.parametrize(("system", "gone"), [("static", SURE), ("feed", MAY)])
def test_a_feed_proves_no_withdrawal_for_it_tells_of_no_other_address(
    system: str, gone: Strength
) -> None:
    days = [DUE + timedelta(days=number) for number in range(3)]
    life = Life((Act(days[0], Deed.PUBLISH), Act(days[1], Deed.WITHDRAW)), date(2026, 1, 20))
    office = Office("s0-0", "青禾县财政局", "department", "财政局", life)
    site = SiteScript("s0", "青禾县", system, "utf-8", "etag", (office,))
    assert sight_of(site, office, days[2]).gone is gone
