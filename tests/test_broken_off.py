"""A report of which only a part was sent accuses nobody: neither of its absence nor of what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.deployment import Agency, Deployment
from tests.listed_site import COLUMN, ListedSite

pytestmark = pytest.mark.service

NAME, DAY = "甲县财政局", date(2026, 1, 20)
PATH = f"{COLUMN}finance.html"


@pytest.fixture
def site() -> Iterator[ListedSite]:
    with ListedSite() as made:
        made.add(f"{NAME}2025年政府信息公开工作年度报告", PATH, DAY)
        made.pages[PATH] = made.report(NAME, 2025, DAY)
        yield made


@pytest.fixture
def house(site: ListedSite, tmp_path: Path) -> Deployment:
    return Deployment(tmp_path, {"site": site.column_url}, (Agency("finance", NAME),))


def _cut(site: ListedSite) -> None:
    whole = site.report(NAME, 2025, DAY)
    site.pages[PATH] = whole[: len(whole) * 2 // 3]


def test_half_a_page_is_no_revision_of_the_report(site: ListedSite, house: Deployment) -> None:
    house.once("2026-01-21T09:00")
    before = house.obligations()["finance"]
    _cut(site)
    for at in ("2026-01-22T09:00", "2026-01-25T09:00", "2026-01-28T09:00"):
        house.once(at)
    site.pages[PATH] = site.report(NAME, 2025, DAY)
    house.once("2026-01-29T09:00")
    assert house.obligations()["finance"] == before
    assert house.kinds("finance") == ["report.published"]


def test_half_a_new_report_is_neither_missing_nor_judged(
    site: ListedSite, house: Deployment
) -> None:
    _cut(site)
    for at in ("2026-01-30T09:00", "2026-02-01T09:00", "2026-02-02T09:00", "2026-02-03T09:00"):
        house.once(at)
    assert house.statuses()["finance"] == "unverified"
    told = str(next(event for event in house.events() if event["kind"] == "report.unverified"))
    assert "没有结尾" in told
    assert "it has no end" in told
    site.pages[PATH] = site.report(NAME, 2025, DAY)
    house.once("2026-02-04T09:00")
    assert house.statuses()["finance"] in ("on_time", "unverified")
    assert "report.revised" not in house.kinds("finance")
