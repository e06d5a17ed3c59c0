"""A column that moves, is cut short, or is another site's: told once, and nobody is accused meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.deployment import Agency, Deployment
from tests.listed_site import COLUMN, ListedSite

pytestmark = pytest.mark.service

NAMES = {"civil": "甲县民政局", "audit": "甲县审计局"}
YEARS = (2021, 2022, 2023, 2024)
FRONT = '<html><body><a href="/new/">政府信息公开年报</a></body></html>'.encode()
TWO_LOOKS = ("2026-02-02T09:00", "2026-02-03T09:00")


@pytest.fixture
def site() -> Iterator[ListedSite]:
    with ListedSite() as made:
        for year in YEARS:
            name = NAMES["civil"]
            path, day = f"/civil{year}.html", date(year + 1, 1, 20)
            made.add(f"{name}{year}年政府信息公开工作年度报告", path, day)
            made.pages[path] = made.report(name, year, day)
        made.pages["/"] = FRONT
        yield made


@pytest.fixture
def house(site: ListedSite, tmp_path: Path) -> Deployment:
    agencies = tuple(Agency(key, name) for key, name in NAMES.items())
    made = Deployment(tmp_path, {"site": site.column_url}, agencies)
    made.once("2026-01-20T09:00")
    return made


def told(house: Deployment) -> list[dict[str, Any]]:
    return [event for event in house.events() if event["kind"].startswith("column.")]


def test_column_that_moved_is_told_with_both_addresses_and_still_proves(
    site: ListedSite, house: Deployment
) -> None:
    site.lists["/new/"] = site.lists.pop(COLUMN)
    for at in ("2026-01-25T09:00", "2026-01-25T09:00", *TWO_LOOKS):
        house.once(at)
    (found,) = told(house)
    assert found["kind"] == "column.found"
    assert (found["data"]["was"], found["data"]["url"]) == (
        site.column_url,
        f"{site.base_url}/new/",
    )
    assert site.column_url in found["data"]["because"]["zh"]
    assert house.statuses()["audit"] == "missing"

    site.lists[COLUMN] = site.lists.pop("/new/")
    house.once("2026-02-04T09:00")
    assert [event["data"]["url"] for event in told(house)] == [
        f"{site.base_url}/new/",
        site.column_url,
    ]
    assert house.statuses() == {"audit": "missing", "civil": "missing"}


def test_page_that_may_be_the_lost_column_is_proposed_and_proves_nothing(
    site: ListedSite, house: Deployment
) -> None:
    del site.lists[COLUMN]
    site.lists["/new/"] = [("丁市戊局2024年政府信息公开工作年度报告", "/e.html", None)]
    for at in TWO_LOOKS:
        house.once(at)
    (lost,) = told(house)
    assert (lost["kind"], lost["data"]["proposed"]) == ("column.lost", f"{site.base_url}/new/")
    assert set(house.statuses().values()) == {"unverified"}


def test_list_cut_short_is_told_and_accuses_nobody_until_it_is_usual(
    site: ListedSite, house: Deployment
) -> None:
    del site.list[:3]
    for day in (2, 3, 4, 5):
        house.once(f"2026-02-0{day}T09:00")
        assert set(house.statuses().values()) == {"unverified"}
    (lost,) = told(house)
    assert (lost["kind"], lost["data"]["outcome"]) == ("column.lost", "shrunken")
    assert "4 份" in lost["data"]["because"]["zh"]
    house.once("2026-02-09T09:00")
    assert [event["kind"] for event in told(house)] == ["column.lost", "column.found"]
    house.once("2026-02-10T09:00")
    assert house.statuses()["audit"] == "missing"


def test_pages_of_another_site_under_the_address_prove_nothing(
    site: ListedSite, house: Deployment
) -> None:
    house.config.write_text(
        house.config.read_text(encoding="utf-8").replace(
            "allow_private = true\n", 'allow_private = true\nid_code = "4103110001"\n'
        ),
        encoding="utf-8",
    )
    strict = Deployment.opened(house.config)
    for at in TWO_LOOKS:
        strict.once(at)
    (lost,) = told(strict)
    assert lost["data"]["outcome"] == "wrong_site"
    assert set(strict.statuses().values()) == {"unverified"}
