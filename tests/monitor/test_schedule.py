"""Columns are visited often when it matters, soon again after a failure, and when a proof is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.schedule import ColumnState, Pace, is_due, next_visit_at, pause
from reports.agencies import AgencyKind
from reports.deadlines import Deadlines, due_at
from tests.deployment import china

HOUR, USUAL, DAYS = timedelta(hours=1), Pace(), Deadlines()
DEPARTMENT = due_at(AgencyKind.DEPARTMENT, 2025, DAYS)
GOVERNMENT = due_at(AgencyKind.GOVERNMENT, 2025, DAYS)
NOW = china("2026-06-01T09:00")


@pytest.mark.parametrize(
    ("at", "due", "hours"),
    [
        ("2025-12-31T23:59", DEPARTMENT, 168),
        ("2026-01-01T00:00", DEPARTMENT, 24),
        ("2026-01-24T23:59", DEPARTMENT, 24),
        ("2026-01-25T00:00", DEPARTMENT, 1),
        ("2026-01-31T23:59", DEPARTMENT, 1),
        ("2026-02-01T00:00", DEPARTMENT, 24),
        ("2026-03-28T09:00", DEPARTMENT, 24),
        ("2026-01-28T09:00", GOVERNMENT, 24),
        ("2026-03-25T00:00", GOVERNMENT, 1),
        ("2026-03-31T23:59", GOVERNMENT, 1),
        ("2026-04-28T23:59", GOVERNMENT, 24),
        ("2026-04-29T00:00", GOVERNMENT, 168),
        ("2026-11-21T09:00", GOVERNMENT, 168),
    ],
)
def test_the_pause_follows_the_season_and_the_deadlines_of_the_column(
    at: str, due: datetime, hours: int
) -> None:
    assert pause(china(at), [due], USUAL, DAYS) == hours * HOUR


def test_a_site_may_ask_for_a_pause_of_its_own() -> None:
    own = replace(USUAL, always=6 * HOUR)
    for at in ("2026-01-28T09:00", "2026-11-21T09:00"):
        assert pause(china(at), [DEPARTMENT], own, DAYS) == 6 * HOUR


def state(
    last: datetime | None, *, failures: int = 0, check: datetime | None = None
) -> ColumnState:
    return ColumnState("site/reports", last, failures, () if check is None else (check,))


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (state(None), True),
        (state(NOW - 150 * HOUR), False),
        (state(NOW - 168 * HOUR), True),
        (state(NOW - HOUR / 3, failures=1), False),
        (state(NOW - HOUR / 2, failures=1), True),
        (state(NOW - HOUR / 2, failures=2), False),
        (state(NOW - HOUR, failures=2), True),
        (state(NOW - 10 * HOUR, failures=99), False),
        (state(NOW - 12 * HOUR, failures=99), True),
        (state(NOW - 12 * HOUR, check=NOW), True),
        (state(NOW - 12 * HOUR, check=NOW + HOUR), False),
        (state(NOW - HOUR, check=NOW - 2 * HOUR), False),
    ],
)
def test_a_column_is_due_by_pause_failure_or_open_check(known: ColumnState, due: bool) -> None:
    assert is_due(known, NOW, USUAL, DAYS) is due


@pytest.mark.parametrize(
    ("hours", "at", "due"),
    [
        ((time(7), time(23)), "2026-06-01T06:59", False),
        ((time(7), time(23)), "2026-06-01T07:00", True),
        ((time(7), time(23)), "2026-06-01T23:00", False),
        ((time(22), time(6)), "2026-06-01T23:00", True),
        ((time(22), time(6)), "2026-06-01T05:59", True),
        ((time(22), time(6)), "2026-06-01T12:00", False),
    ],
)
def test_nothing_is_due_outside_of_the_visiting_hours(
    hours: tuple[time, time], at: str, due: bool
) -> None:
    pace = replace(USUAL, hours=hours)
    assert is_due(state(None), china(at), pace, DAYS) is due
    waiting = state(china(at) - 99 * HOUR, check=china(at) - HOUR)
    assert is_due(waiting, china(at), pace, DAYS) is due


def test_ten_thousand_columns_do_not_fall_due_together() -> None:
    states = [ColumnState(f"site{n}/reports", NOW) for n in range(10_000)]
    waits = [next_visit_at(known, NOW, USUAL, DAYS) - NOW for known in states]
    assert timedelta(days=6.3) < min(waits)
    assert max(waits) <= timedelta(days=7)
    in_one_hour = max(sum(at <= wait < at + HOUR for wait in waits) for at in waits[:50])
    assert in_one_hour < 1_000


@given(
    now=st.integers(-9_000, 9_000).map(lambda hours: DEPARTMENT + hours * HOUR),
    ago=st.integers(0, 2000),
    failures=st.integers(0, 5000),
)
def test_no_column_is_forgotten(now: datetime, ago: int, failures: int) -> None:
    known = ColumnState("a/b", now - ago * HOUR, failures, (), (DEPARTMENT,))
    at = next_visit_at(known, now, USUAL, DAYS)
    assert known.last_visit_at is not None
    assert HOUR / 3 < at - known.last_visit_at <= timedelta(days=7)
    if failures:
        assert at - known.last_visit_at <= 12 * HOUR
