"""A folder's year is a hint only where the day shown agrees."""

from __future__ import annotations

from datetime import date

import pytest

from reports.held import Held, held_from_store
from reports.year_hints import hinted_year

DAY = date(2026, 1, 20)


@pytest.mark.parametrize(
    ("path", "shown_on", "expected"),
    [
        ("/gknb/2025n/bmnb2025/1.html", DAY, 2025),
        ("/gknb2025/202601/t20260120_1.html", DAY, 2025),
        ("/nb/2025/art/2026/1/20/art_1_2.html", DAY, 2025),
        # Folders lie: of another year, of two years, or of the day of publication.
        ("/xxgknb/2024n/202601/t20260120_1.html", DAY, None),
        ("/xxgknb/2019/zbxx/1.html", DAY, None),
        ("/2022n/2021qzfbm/1.html", date(2023, 1, 18), None),
        ("/2026/01-20/1.html", DAY, None),
        ("/nb/1.html", DAY, None),
        ("/gknb/2025n/1.html", None, None),
        ("//[", DAY, None),
    ],
)
def test_year_of_a_folder(path: str, shown_on: date | None, expected: int | None) -> None:
    assert hinted_year(f"http://a.example{path}", shown_on) == expected


@pytest.mark.parametrize(
    "held", [Held(2024), Held(None), Held(2025, "甲县:丙局"), Held(None, "丙局")]
)
def test_what_a_link_holds_survives_its_row(held: Held) -> None:
    assert held_from_store(held.to_store()) == held


@pytest.mark.parametrize("text", [None, "", "text/html", "image", "report:", "report:24:丙"])
def test_other_marks_of_a_link_are_no_report(text: str | None) -> None:
    assert held_from_store(text) is None
