"""The standing of an obligation follows from what was seen, and nothing is said without proof."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.agencies import AgencyKind
from reports.deadlines import CHINA, Deadlines, due_at, last_day_of, season_opens_at
from reports.duties import Waiver
from reports.looks import Looks
from reports.status import Facts, Proof, Status, derive
from reports.words import Words

DUE = due_at(AgencyKind.DEPARTMENT, 2025, Deadlines())
HOUR = timedelta(hours=1)


def looks(count: int, *, first: datetime, hours: float) -> Looks:
    return Looks(count, first, first + timedelta(hours=hours))


def facts(**known: object) -> Facts:
    return Facts(due_at=DUE, **known)  # type: ignore[arg-type]


def test_the_last_day_ends_at_midnight_in_china() -> None:
    assert datetime(2026, 1, 31, 16, 0, tzinfo=UTC) == DUE
    assert DUE.astimezone(CHINA).isoformat() == "2026-02-01T00:00:00+08:00"


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (AgencyKind.DEPARTMENT, date(2026, 1, 31)),
        (AgencyKind.STREET, date(2026, 1, 31)),
        (AgencyKind.GOVERNMENT_OFFICE, date(2026, 1, 31)),
        (AgencyKind.GOVERNMENT, date(2026, 3, 31)),
    ],
)
def test_a_government_has_until_march_and_its_office_until_january(
    kind: AgencyKind, day: date
) -> None:
    assert last_day_of(kind, 2025, Deadlines()) == day


AFTER = DUE + HOUR
CASES = {
    "one second before the due instant": (facts(), DUE - timedelta(seconds=1), Status.AWAITED),
    "at the due instant nothing is proven": (facts(), DUE, Status.UNVERIFIED),
    "one good look is no proof": (
        facts(absent=looks(1, first=AFTER, hours=0)),
        DUE + 30 * HOUR,
        Status.UNVERIFIED,
    ),
    "two looks eleven hours apart are no proof": (
        facts(absent=looks(2, first=AFTER, hours=11)),
        DUE + 30 * HOUR,
        Status.UNVERIFIED,
    ),
    "two looks twelve hours apart prove absence": (
        facts(absent=looks(2, first=AFTER, hours=12)),
        DUE + 30 * HOUR,
        Status.MISSING,
    ),
    "seen before the due instant": (
        facts(first_seen_at=DUE - HOUR, shown_on=date(2026, 2, 9)),
        DUE + 30 * HOUR,
        Status.ON_TIME,
    ),
    "own date on the last day": (
        facts(first_seen_at=DUE + HOUR, shown_on=date(2026, 1, 31)),
        DUE + 30 * HOUR,
        Status.ON_TIME,
    ),
    "own date one day late": (
        facts(first_seen_at=DUE + 30 * HOUR, shown_on=date(2026, 2, 1)),
        DUE + 30 * HOUR,
        Status.LATE,
    ),
    "no date and no look in between": (
        facts(first_seen_at=DUE + HOUR),
        DUE + 30 * HOUR,
        Status.ON_TIME,
    ),
    "dated back, absence proven": (
        facts(
            first_seen_at=DUE + 40 * HOUR,
            shown_on=date(2026, 1, 30),
            absent=looks(2, first=AFTER, hours=12),
        ),
        DUE + 40 * HOUR,
        Status.LATE,
    ),
    "dated back, one look only": (
        facts(
            first_seen_at=DUE + 40 * HOUR,
            shown_on=date(2026, 1, 30),
            absent=looks(1, first=AFTER, hours=0),
        ),
        DUE + 40 * HOUR,
        Status.UNVERIFIED,
    ),
    "no date, absence proven": (
        facts(first_seen_at=DUE + 40 * HOUR, absent=looks(3, first=AFTER, hours=13)),
        DUE + 40 * HOUR,
        Status.LATE,
    ),
    "gone three times": (
        facts(first_seen_at=DUE - HOUR, gone=looks(3, first=AFTER, hours=60)),
        DUE + 99 * HOUR,
        Status.ON_TIME,
    ),
    "gone four times in 47 hours": (
        facts(first_seen_at=DUE - HOUR, gone=looks(4, first=AFTER, hours=47)),
        DUE + 99 * HOUR,
        Status.ON_TIME,
    ),
    "gone four times in 48 hours": (
        facts(first_seen_at=DUE - HOUR, gone=looks(4, first=AFTER, hours=48)),
        DUE + 99 * HOUR,
        Status.WITHDRAWN,
    ),
    "exempt whatever was seen": (
        facts(waiver=Waiver(Words("已撤并", "merged")), absent=looks(9, first=AFTER, hours=90)),
        DUE + 99 * HOUR,
        Status.EXEMPT,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_status_follows_from_the_facts(name: str) -> None:
    known, now, status = CASES[name]
    assert derive(known, now).status is status


@pytest.mark.parametrize(
    ("known", "proof"),
    [
        (facts(first_seen_at=DUE - HOUR), Proof.SEEN),
        (facts(first_seen_at=DUE + HOUR, shown_on=date(2026, 1, 20)), Proof.CLAIMED),
        (facts(first_seen_at=DUE + HOUR, shown_on=date(2026, 2, 20)), Proof.CLAIMED),
        (
            facts(
                first_seen_at=DUE + 20 * HOUR,
                shown_on=date(2026, 1, 20),
                absent=looks(1, first=AFTER, hours=0),
            ),
            Proof.CONTRADICTED,
        ),
        (facts(first_seen_at=DUE + HOUR), Proof.NONE),
        (facts(), Proof.NONE),
    ],
)
def test_the_proof_says_what_the_time_rests_on(known: Facts, proof: Proof) -> None:
    assert derive(known, DUE + 99 * HOUR).proof is proof


def test_the_reason_of_a_failed_look_stands_in_the_sentence() -> None:
    failure = Words("网站无法连接", "the site cannot be reached")
    because = derive(facts(last_failure=failure), DUE + HOUR).because
    assert "网站无法连接" in because.zh
    assert "the site cannot be reached" in because.en


def test_a_first_look_asks_for_a_second_one_twelve_hours_later() -> None:
    standing = derive(facts(absent=looks(1, first=AFTER, hours=0)), AFTER)
    assert standing.next_check_at == AFTER + 12 * HOUR


def test_an_awaited_report_is_asked_for_again_at_its_due_instant() -> None:
    assert derive(facts(), DUE - 9 * HOUR).next_check_at == DUE


INSTANTS = st.integers(-2000, 4000).map(lambda hours: DUE + hours * HOUR)


@given(
    now=INSTANTS,
    first_seen=st.none() | INSTANTS,
    shown=st.none() | st.dates(date(2025, 12, 1), date(2026, 6, 1)),
    count=st.integers(0, 5),
    first=INSTANTS,
    hours=st.integers(0, 100),
)
def test_nobody_is_accused_without_proof(
    now: datetime,
    first_seen: datetime | None,
    shown: date | None,
    count: int,
    first: datetime,
    hours: int,
) -> None:
    absent = Looks() if not count else looks(count, first=first, hours=hours)
    known = facts(first_seen_at=first_seen, shown_on=shown, absent=absent)
    status = derive(known, now).status
    proven = count >= 2 and hours >= 12
    if status is Status.MISSING:
        assert first_seen is None
        assert proven
        assert now >= DUE
    if status is Status.LATE:
        assert first_seen is not None
        assert first_seen >= DUE
        assert proven or (shown is not None and shown > date(2026, 1, 31))
    if first_seen is not None and first_seen < DUE:
        assert status is Status.ON_TIME


def test_the_season_opens_on_new_years_day_in_china() -> None:
    assert season_opens_at(2025).astimezone(CHINA).isoformat() == "2026-01-01T00:00:00+08:00"
