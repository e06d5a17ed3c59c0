"""Columns are visited often when it matters, soon again after a failure, and when a proof is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from monitor.schedule import ColumnState, cadence, is_due, next_visit_at
from reports.deadlines import Deadlines
from tests.deployment import china

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        ("2026-01-05T09:00", 6),
        ("2026-01-26T09:00", 1),
        ("2026-02-07T23:00", 1),
        ("2026-02-20T09:00", 6),
        ("2026-03-28T09:00", 1),
        ("2026-04-20T09:00", 6),
        ("2026-06-01T09:00", 24),
        ("2026-11-21T09:00", 24),
    ],
)
def test_the_pause_follows_the_season(at: str, hours: int) -> None:
    assert cadence(china(at), Deadlines()) == hours * HOUR


NOW = china("2026-06-01T09:00")


def state(
    last: datetime | None, *, good: bool = True, check: datetime | None = None
) -> ColumnState:
    return ColumnState(last, last if good else None, () if check is None else (check,))


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (state(None), True),
        (state(NOW - 23 * HOUR), False),
        (state(NOW - 24 * HOUR), True),
        (state(NOW - HOUR / 3, good=False), False),
        (state(NOW - HOUR / 2, good=False), True),
        (state(NOW - 12 * HOUR, check=NOW), True),
        (state(NOW - 12 * HOUR, check=NOW + HOUR), False),
        (state(NOW - HOUR, check=NOW - 2 * HOUR), False),
    ],
)
def test_a_column_is_due_by_pause_failure_or_open_check(known: ColumnState, due: bool) -> None:
    assert is_due(known, NOW, Deadlines()) is due


def test_the_next_visit_of_a_healthy_column_is_one_pause_away() -> None:
    assert next_visit_at(state(NOW), NOW, Deadlines()) == NOW + 24 * HOUR
