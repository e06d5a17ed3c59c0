"""Last year's report is that of the predecessor for a new body, and of nobody where bodies joined."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.known_versions import last_year_of
from monitor.versions import record
from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.rules.registry import assess
from tests.builders import IDENTITY, a_report, with_cell
from tests.desk import NOON, SEASON, YEAR, Desk

CARRIED = "requests.carried_in.total"


IN_YEAR, BEFORE = date(2025, 6, 30), date(2024, 6, 30)


@pytest.mark.parametrize(
    ("founded", "joined", "own", "held_against", "parted_by"),
    [
        (None, (), True, "heir", 0),
        (None, (), False, None, 0),
        (None, (IN_YEAR,), True, "heir", 1),
        (None, (BEFORE,), True, "heir", 0),
        (None, (IN_YEAR,), False, None, 1),
        (IN_YEAR, (IN_YEAR,), False, "old0", 0),
        (IN_YEAR, (IN_YEAR, IN_YEAR), False, None, 2),
        (BEFORE, (IN_YEAR,), False, None, 1),
    ],
)
def test_a_new_body_is_held_against_the_one_it_took_over(
    desk: Desk,
    founded: date | None,
    joined: tuple[date, ...],
    own: bool,
    held_against: str | None,
    parted_by: int,
) -> None:
    unit = desk.unit("heir")
    unit.since = founded
    bodies = [desk.unit(f"old{number}") for number in range(len(joined))]
    for body, since in zip(bodies, joined, strict=True):
        body.duty, body.successor, body.since = "merged", "heir", since
    for body in (*bodies, *([unit] if own else [])):
        record(desk.session, desk.arrive(a_report(YEAR - 1)), body, YEAR - 1, SEASON, NOON)
    found = last_year_of(desk.session, unit, YEAR)
    assert (found.version.agency_key if found.version else None) == held_against
    assert len(found.joined) == parted_by


def test_figures_of_two_years_with_a_merger_between_are_not_compared() -> None:
    now = with_cell(a_report(YEAR), CARRIED, 99)
    held = assess(now, Case(IDENTITY, YEAR, a_report(YEAR - 1)))
    apart = assess(now, Case(IDENTITY, YEAR, a_report(YEAR - 1), joined=("青禾区河道局",)))
    assert "Y01" in {finding.code for finding in held.findings}
    assert "Y01" not in {finding.code for finding in apart.findings}
    assert any("青禾区河道局" in gap.reason.zh for gap in apart.not_assessable)


@pytest.mark.parametrize(
    ("identity", "compared"),
    [
        (Identity("a", "甲县农业农村局", AgencyKind.DEPARTMENT), False),
        (
            Identity(
                "a", "甲县农业农村局", AgencyKind.DEPARTMENT, former_names=("甲县乡村振兴局",)
            ),
            True,
        ),
        (Identity("a", "甲县农业农村局", AgencyKind.DEPARTMENT, heir_of=("甲县乡村振兴局",)), True),
    ],
)
def test_a_report_under_a_former_name_is_last_years(identity: Identity, compared: bool) -> None:
    before = a_report(YEAR - 1, agency="甲县乡村振兴局")
    now = with_cell(a_report(YEAR, agency="甲县农业农村局"), CARRIED, 99)
    found = assess(now, Case(identity, YEAR, before))
    assert ("Y01" in {finding.code for finding in found.findings}) is compared
