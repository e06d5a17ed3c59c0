"""One report at several addresses, several at one, and the wrong one behind a title: through ``once``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.deployment import Agency, Deployment
from tests.listed_site import COLUMN, ListedSite

pytestmark = pytest.mark.service

DAY = date(2026, 1, 20)
NAME = "甲县财政局"
AFTER = ("2026-02-01T08:00", "2026-02-01T21:00")


@pytest.fixture
def site() -> Iterator[ListedSite]:
    with ListedSite() as made:
        yield made


def _title(name: str, year: int = 2025) -> str:
    return f"{name}{year}年政府信息公开工作年度报告"


def _house(site: ListedSite, folder: Path, **names: str) -> Deployment:
    agencies = tuple(Agency(key, name) for key, name in names.items())
    house = Deployment(folder, {"site": site.column_url}, agencies)
    text = house.config.read_text(encoding="utf-8")
    house.config.write_text(f"[season]\nfirst_year = 2024\n{text}", encoding="utf-8")
    return house


def _ledger(house: Deployment, year: int) -> dict[str, dict[str, Any]]:
    """Return the obligations of one year by agency."""
    lines = house.command("obligations", "--json", "--year", str(year)).stdout.splitlines()
    return {row["agency"]: row for row in map(json.loads, lines)}


def _kinds(house: Deployment, year: int) -> list[str]:
    return [event["kind"] for event in house.events() if event["year"] == year and event["agency"]]


@pytest.mark.parametrize(
    "twin",
    ["/zfxxgk/1_wap.html", "/zfxxgk//1.html", "/zfxxgk/1.html?jump=true", "/zfxxgk/./1.html#top"],
)
def test_two_spellings_of_an_address_are_one_report_and_either_may_disappear(
    site: ListedSite, tmp_path: Path, twin: str
) -> None:
    house = _house(site, tmp_path, one=NAME)
    for path in (twin, f"{COLUMN}1.html"):
        site.add(_title(NAME), path, DAY)
        site.pages[path.partition("?")[0].partition("#")[0]] = site.report(NAME, 2025, DAY)
    site.pages[f"{COLUMN}1.html"] = site.report(NAME, 2025, DAY)
    house.once("2026-01-24T09:00")
    first, second = site.list
    for listed in ([second], [first], [second, first], [first]):
        site.list[:] = listed
        day = 25 + site.list.index(first) if first in site.list else 28
        house.once(f"2026-01-{day}T09:00")
    assert _kinds(house, 2025) == ["report.published"]
    row = _ledger(house, 2025)["one"]
    assert (row["status"], row["versions"]) == ("on_time", 1)


def test_one_page_in_two_columns_is_revised_once_and_contradicts_itself_never(
    site: ListedSite, tmp_path: Path
) -> None:
    site.lists["/own/"] = site.list
    agency = Agency("one", NAME, columns=("site/reports", "other/reports"))
    sites = {"site": site.column_url, "other": f"{site.base_url}/own/"}
    house = Deployment(tmp_path, sites, (agency,))
    site.add(_title(NAME), "/1.html", DAY)
    for number, at in enumerate(("2026-01-24T09:00", "2026-01-25T09:00", "2026-01-26T09:00")):
        site.pages["/1.html"] = site.report(NAME, 2025, DAY, {"penalties.decisions": number})
        house.once(at)
    assert house.kinds("one") == ["report.published", "report.revised", "report.revised"]


@pytest.mark.parametrize("stale_title", [True, False])
def test_new_years_report_under_the_old_address_is_a_new_report(
    site: ListedSite, tmp_path: Path, stale_title: bool
) -> None:
    house = _house(site, tmp_path, one=NAME)
    site.add(_title(NAME, 2024), "/nb.html", date(2025, 1, 20))
    site.pages["/nb.html"] = site.report(NAME, 2024, date(2025, 1, 20))
    house.once("2025-01-24T09:00")
    if not stale_title:
        site.list[:] = [(_title(NAME, 2025), "/nb.html", DAY)]
    site.pages["/nb.html"] = site.report(NAME, 2025, DAY)
    house.once("2026-01-24T09:00")
    old, new = _ledger(house, 2024)["one"], _ledger(house, 2025)["one"]
    assert (old["status"], old["proof"], old["versions"]) == ("on_time", "seen", 1)
    assert "2025 年度报告" in old["because"]
    assert (new["status"], new["proof"], new["versions"]) == ("on_time", "seen", 1)
    assert _kinds(house, 2024) == _kinds(house, 2025) == ["report.published"]

    site.pages["/nb.html"] = site.report(NAME, 2025, DAY, {"penalties.decisions": 7})
    house.once("2026-01-26T09:00")
    assert _kinds(house, 2025) == ["report.published", "report.revised"]
    site.pages["/nb.html"] = 404
    for at in ("2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00", "2026-03-04T09:00"):
        house.once(at)
    assert _ledger(house, 2025)["one"]["status"] == "withdrawn"
    assert _ledger(house, 2024)["one"]["status"] == "on_time"
    assert _kinds(house, 2024) == ["report.published"]


def test_last_years_report_behind_this_years_title_is_named_and_no_report_of_this_year(
    site: ListedSite, tmp_path: Path
) -> None:
    house = _house(site, tmp_path, one=NAME, two="甲县民政局")
    site.add(_title(NAME, 2024), "/2024.html", date(2025, 1, 20))
    site.add(_title("甲县民政局", 2024), "/mz2024.html", date(2025, 1, 20))
    site.pages["/2024.html"] = site.report(NAME, 2024, date(2025, 1, 20))
    site.pages["/mz2024.html"] = site.report("甲县民政局", 2024, date(2025, 1, 20))
    house.once("2025-01-24T09:00")
    site.add(_title(NAME, 2025), "/2025.html", DAY)
    site.pages["/2025.html"] = site.pages["/2024.html"]
    for at in ("2026-01-24T09:00", *AFTER):
        house.once(at)
    row = _ledger(house, 2025)["one"]
    assert row["status"] == "unverified"
    assert "2024 年度报告" in row["because"]
    assert _ledger(house, 2025)["two"]["status"] == "missing"
    assert _ledger(house, 2024)["one"]["versions"] == 1

    site.pages["/2025.html"] = site.report(NAME, 2025, DAY)
    house.once("2026-02-03T09:00")
    assert "report.published" in _kinds(house, 2025)


def test_report_of_another_agency_behind_a_title_is_named_and_accuses_neither(
    site: ListedSite, tmp_path: Path
) -> None:
    names = {"wrong": NAME, "swapped": "甲县民政局", "absent": "甲县审计局"}
    house = _house(site, tmp_path, **names)
    site.add(_title("甲县审计局", 2024), "/2024.html", date(2025, 1, 20))
    site.pages["/2024.html"] = site.report("甲县审计局", 2024, date(2025, 1, 20))
    site.add(_title(NAME), "/1.html", DAY)
    site.pages["/1.html"] = site.report("甲县民政局", 2025, DAY)
    for at in AFTER:
        house.once(at)
    ledger = _ledger(house, 2025)
    assert {key: row["status"] for key, row in ledger.items()} == {
        "wrong": "unverified",
        "swapped": "unverified",
        "absent": "missing",
    }
    assert "“甲县民政局”的 2025 年度报告" in ledger["wrong"]["because"]
    assert "甲县民政局" in ledger["swapped"]["because"]

    site.pages["/1.html"] = site.report(NAME, 2025, DAY)
    house.once("2026-02-03T09:00")
    assert _ledger(house, 2025)["wrong"]["status"] in {"on_time", "late"}
    site.pages["/1.html"] = site.report("甲县民政局", 2025, DAY)
    house.once("2026-02-04T09:00")
    row = _ledger(house, 2025)["wrong"]
    assert (row["versions"], "甲县民政局" in row["because"]) == (1, True)


def test_title_that_a_list_cuts_short_is_completed_by_the_page(
    site: ListedSite, tmp_path: Path
) -> None:
    house = _house(site, tmp_path, one=NAME)
    site.add(f"{NAME}2025年政府信息公开工…", "/1.html", DAY)
    site.pages["/1.html"] = site.report(NAME, 2025, DAY)
    house.once("2026-01-24T09:00")
    assert _ledger(house, 2025)["one"]["status"] == "on_time"


def test_title_that_fits_two_is_settled_by_the_document(site: ListedSite, tmp_path: Path) -> None:
    house = _house(site, tmp_path, one="甲区科技局", two="乙区科技局")
    site.add(_title("科技局"), "/1.html", DAY)
    site.pages["/1.html"] = site.report("乙区科技局", 2025, DAY)
    house.once("2026-01-24T09:00")
    statuses = {key: row["status"] for key, row in _ledger(house, 2025).items()}
    assert statuses == {"one": "awaited", "two": "on_time"}
