"""Numbers in addresses may hold the time at which a page was made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.hidden_times import Hiding, hidden_time

SEEN = datetime(2026, 2, 3, 4, tzinfo=UTC)
MADE = datetime(2026, 1, 28, 2, 30, tzinfo=UTC)
MS = int(MADE.timestamp() * 1000)
SNOWFLAKE = (MS - 1_288_834_974_657) << 22 | 4_097


@pytest.mark.parametrize(
    ("path", "hiding"),
    [
        (f"/zwgk/{SNOWFLAKE}.html", Hiding.SNOWFLAKE),
        (f"/a/detail?id={SNOWFLAKE}&page=2", Hiding.SNOWFLAKE),
        (f"/news/{MS}.shtml", Hiding.EPOCH),
        (f"/xxgk/0{MS}42/index.shtml", Hiding.PADDED_EPOCH),
        (f"/2024/{MS}/1.html", Hiding.EPOCH),
    ],
)
def test_a_number_that_programs_make_from_the_clock_gives_its_time(
    path: str, hiding: Hiding
) -> None:
    found = hidden_time(f"http://a.test{path}", SEEN)
    assert found is not None
    assert found.hiding is hiding
    assert abs(found.at - MADE) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "path",
    [
        "/t19700101_123456.shtml",
        "/202601/t20260128_4711.html",
        "/0000000000000.html",
        "/9999999999999.html",
        "/9999999999999999999.html",
        f"/{MS + 9 * 86_400_000}.html",
        f"/1{MS}42.html",
        f"/{MS}4.html",
        "/c9876543210/art.html",
        "/show/12345.html",
    ],
)
def test_other_numbers_and_impossible_times_give_none(path: str) -> None:
    assert hidden_time(f"http://a.test{path}", SEEN) is None


def test_the_host_is_no_number_of_the_page() -> None:
    assert hidden_time(f"http://{MS}.test/a.html", SEEN) is None


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    found = hidden_time(text, SEEN)
    assert found is None or found.at <= SEEN + timedelta(days=2)
