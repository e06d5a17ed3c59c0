"""The season is read at every visit; history on a slow clock, a few at a time, and never in its way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawler.rereading import History, Reread, worth_asking
from tests.deployment import china

AT = china("2026-02-01T09:00")
DAY = timedelta(days=1)
PAST = History(first_year=2025, at_once=2)


def link(year: int | None, days: float | None = None, **known: bool) -> Reread:
    asked = None if days is None else AT - days * DAY
    return Reread(f"http://a/{year}", year, asked, **{"has_body": days is not None, **known})


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (link(2025, 0.1), True),
        (link(2025), True),
        (link(None, 0.1), True),
        (link(2024), True),
        (link(2024, 1), False),
        (link(2024, 19), False),
        (link(2024, 30), True),
        (link(2020, 30), True),
        (link(2020, 1, is_gone=True), True),
        (link(2020, 0.5, has_body=False), False),
        (link(2020, 1, has_body=False), True),
    ],
)
def test_a_link_is_asked_for_by_its_year_and_by_what_became_of_it(
    known: Reread, asked: bool
) -> None:
    assert bool(sum(map(len, worth_asking([known], PAST, AT)))) is asked


def test_unread_history_comes_a_few_at_a_time_the_newest_first_and_last_of_all() -> None:
    links = [link(2019), link(2023), link(2025), link(2021), link(2024), link(2022)]
    assert worth_asking(links, PAST, AT) == ((2, 4), (1, 5))
    assert worth_asking(links, History(2025, 0), AT) == ((2, 4), ())


def test_years_that_are_judged_become_history_after_two_seasons() -> None:
    judged = History(first_year=2020)
    held = [year for year in range(2018, 2026) if judged.holds(year, AT)]
    assert held == [2018, 2019, 2020, 2021, 2022, 2023]


def test_without_a_first_year_everything_is_season() -> None:
    assert worth_asking([link(1999, 0.1)], History(), AT) == ((0,), ())
