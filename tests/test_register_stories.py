"""A register that changes with the season, on a real local site: nobody is accused for what it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.deployment import Agency, Deployment
from tests.season_site import SeasonSite

pytestmark = pytest.mark.service

PAST = ("2026-02-02T09:00", "2026-02-03T09:00")
MUCH_LATER = ("2026-03-01T09:00", "2026-03-02T09:00", "2026-03-02T21:00", "2026-03-03T09:00")


@pytest.fixture
def site() -> Iterator[SeasonSite]:
    with SeasonSite() as made:
        yield made


def _house(folder: Path, site: SeasonSite, *agencies: Agency, deadlines: str = "") -> Deployment:
    house = Deployment(folder, {"site": site.column_url}, agencies)
    written = house.config.read_text(encoding="utf-8")
    house.config.write_text(f"{deadlines}\n{written}", encoding="utf-8")
    return house


def _edit(house: Deployment, old: str, new: str) -> Deployment:
    text = house.config.read_text(encoding="utf-8")
    assert text.count(old) == 1
    house.config.write_text(text.replace(old, new), encoding="utf-8")
    return Deployment.opened(house.config)


def _passes(house: Deployment, *instants: str) -> None:
    for at in instants:
        house.once(at)


def test_bodies_that_are_no_more_are_exempt_and_their_heir_is_not(
    site: SeasonSite, tmp_path: Path
) -> None:
    house = _house(
        tmp_path,
        site,
        Agency("heir", "甲县农业农村局"),
        Agency(
            "merged",
            "甲县乡村振兴局",
            extra='duty = "merged"\nsince = "2025-06-30"\nsuccessor = "heir"',
        ),
        Agency("closed", "甲县粮食局", extra='duty = "abolished"\nsince = 2025-03-01'),
        Agency(
            "between",
            "甲县科技局",
            extra='duty = "merged"\nsince = "2026-01-15"\nsuccessor = "heir"',
        ),
        Agency(
            "after", "甲县商务局", extra='duty = "merged"\nsince = "2026-02-02"\nsuccessor = "heir"'
        ),
        Agency("founded", "甲县数据局", extra='since = "2026-01-10"'),
    )
    _passes(house, *PAST, *MUCH_LATER)
    ledger = house.obligations()
    assert {key: row["status"] for key, row in ledger.items()} == {
        "heir": "missing",
        "merged": "exempt",
        "closed": "exempt",
        "between": "exempt",
        "after": "unverified",
        "founded": "exempt",
    }
    assert "2025-06-30 并入甲县农业农村局" in ledger["merged"]["because"]
    assert "待确认" in ledger["between"]["because"]
    assert [event["agency"] for event in house.events() if event["kind"] == "report.missing"] == [
        "heir"
    ]


def test_a_report_that_goes_with_its_body_is_not_withdrawn(
    site: SeasonSite, tmp_path: Path
) -> None:
    url = site.publish("甲县商务局", 2025, date(2026, 1, 20))
    house = _house(tmp_path, site, Agency("heir", "甲县发改委"), Agency("one", "甲县商务局"))
    house.once("2026-01-24T09:00")
    merged = 'name = "甲县商务局"\nduty = "merged"\nsince = "2026-02-10"\nsuccessor = "heir"'
    house = _edit(house, 'name = "甲县商务局"', merged)
    site.withdraw(url)
    _passes(house, *MUCH_LATER)
    assert house.statuses()["one"] == "on_time"
    assert house.kinds("one") == ["report.published"]


def test_a_voluntary_report_is_never_missed_and_shown_when_it_comes(
    site: SeasonSite, tmp_path: Path
) -> None:
    house = _house(
        tmp_path, site, Agency("one", "甲县残联", kind="other", extra='duty = "voluntary"')
    )
    _passes(house, *PAST)
    row = house.obligations()["one"]
    assert (row["status"], "自愿公开" in row["because"]) == ("exempt", True)
    url = site.publish("甲县残联", 2025, date(2026, 2, 20))
    _passes(house, "2026-02-22T09:00")
    assert house.statuses() == {"one": "on_time"}
    site.withdraw(url)
    _passes(house, *MUCH_LATER)
    assert house.statuses() == {"one": "on_time"}
    assert house.kinds("one") == ["report.published"]


REGIONS = """[[deadlines.regions]]
region = "4103*"
basis = "洛政办〔2025〕3号"
department = "{}"
"""


def test_a_later_regional_day_extends_the_term(site: SeasonSite, tmp_path: Path) -> None:
    notice = REGIONS.format("02-20")
    house = _house(tmp_path, site, Agency("one", "甲县财政局"), deadlines=notice)
    _passes(house, *PAST)
    row = house.obligations()["one"]
    assert (row["status"], row["due_at"]) == ("awaited", "2026-02-21T00:00:00+08:00")
    assert "洛政办〔2025〕3号" in row["because"]
    site.publish("甲县财政局", 2025, date(2026, 2, 18))
    _passes(house, "2026-03-01T09:00")
    assert house.statuses() == {"one": "on_time"}


def test_an_earlier_regional_day_is_a_notice_and_no_lateness(
    site: SeasonSite, tmp_path: Path
) -> None:
    site.publish("甲县财政局", 2025, date(2026, 1, 22))
    notice = REGIONS.format("01-15")
    house = _house(tmp_path, site, Agency("one", "甲县财政局"), deadlines=notice)
    _passes(house, "2026-01-24T09:00")
    assert house.statuses() == {"one": "on_time"}
    listed = house.command("findings", "list", "--json").stdout
    assert '"T05"' in listed
    assert "2026-01-15" in listed
    assert '"T01"' not in listed


def test_a_deadline_that_changes_is_judged_anew(site: SeasonSite, tmp_path: Path) -> None:
    house = _house(tmp_path, site, Agency("one", "甲县财政局"), deadlines=REGIONS.format("01-31"))
    _passes(house, *PAST)
    assert house.statuses() == {"one": "missing"}
    house = _edit(house, '"01-31"', '"02-28"')
    _passes(house, "2026-02-04T09:00")
    assert house.statuses() == {"one": "awaited"}
    house = _edit(house, '"02-28"', '"01-31"')
    _passes(house, "2026-02-05T09:00")
    assert house.statuses() == {"one": "missing"}
    assert house.kinds("one").count("report.missing") == 1


def test_an_agency_that_is_dropped_is_quiet_and_comes_back_with_its_history(
    site: SeasonSite, tmp_path: Path
) -> None:
    hook = '[[channels]]\nname = "log"\nurl = "console://"\nkinds = ["report.*"]\nrepeat_days = 1\n'
    one, two = Agency("one", "甲县财政局"), Agency("two", "甲县民政局")
    house = Deployment(tmp_path, {"site": site.column_url}, (one, two), channels=hook)
    _passes(house, *PAST)
    assert house.statuses() == {"one": "missing", "two": "missing"}

    house = _edit(house, two.as_toml(), "")
    told = len(house.deliveries())
    _passes(house, "2026-02-10T09:00")
    assert house.command("obligations", "--json").stdout.count('"missing"') == 1
    assert len(house.deliveries()) == told + 1

    house = _edit(house, one.as_toml(), one.as_toml() + two.as_toml())
    _passes(house, "2026-02-11T09:00")
    assert house.statuses() == {"one": "missing", "two": "missing"}
    assert house.kinds("two").count("report.missing") == 1


def test_a_duty_that_changes_is_judged_anew(site: SeasonSite, tmp_path: Path) -> None:
    house = _house(tmp_path, site, Agency("one", "甲县残联", kind="other"))
    _passes(house, *PAST)
    assert house.statuses() == {"one": "missing"}
    house = _edit(house, 'kind = "other"', 'kind = "other"\nduty = "voluntary"')
    _passes(house, "2026-02-04T09:00")
    assert house.statuses() == {"one": "exempt"}
    house = _edit(house, 'duty = "voluntary"', "")
    _passes(house, "2026-02-05T09:00")
    assert house.statuses() == {"one": "missing"}
    assert house.kinds("one").count("report.missing") == 1
