"""The whole loop on PostgreSQL: what is kept in SQLite is kept there as well, and judged the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.deployment import Agency, Deployment
from tests.listed_site import COLUMN, ListedSite
from tests.postgresql import PostgreSQL

pytestmark = pytest.mark.service

DAY = date(2026, 1, 20)
NAMES = {"seen": "甲县财政局", "absent": "甲县民政局", "gone": "甲县审计局"}


@pytest.fixture
def site() -> Iterator[ListedSite]:
    with ListedSite() as made:
        yield made


@pytest.fixture
def house(site: ListedSite, postgresql: PostgreSQL, tmp_path: Path) -> Iterator[Deployment]:
    agencies = tuple(Agency(key, name) for key, name in NAMES.items())
    made = Deployment(tmp_path, {"site": site.column_url}, agencies)
    text = made.config.read_text(encoding="utf-8")
    address = f'[database]\nurl = "{postgresql.new_database()}"\n'
    made.config.write_text(address + text, encoding="utf-8")
    yield made
    made.house.engine.dispose()


def _publish(site: ListedSite, key: str) -> str:
    path = f"{COLUMN}{key}.html"
    site.add(f"{NAMES[key]}2025年政府信息公开工作年度报告", path, DAY)
    site.pages[path] = site.report(NAMES[key], 2025, DAY)
    return path


def test_a_season_is_told_once_and_proven_on_postgresql(
    site: ListedSite, house: Deployment
) -> None:
    _publish(site, "seen")
    gone = _publish(site, "gone")
    house.once("2026-01-24T09:00")
    assert house.once("2026-01-24T09:00").events == 0
    unchanged = house.once("2026-01-25T09:00")
    assert (unchanged.new_versions, unchanged.not_modified) == (0, unchanged.requests - 1)

    site.pages[gone] = 404
    site.list[:] = [entry for entry in site.list if entry[1] != gone]
    for at in ("02-02T09:00", "02-03T09:00", "02-03T21:00", "02-04T10:00", "02-05T11:00"):
        house.once(f"2026-{at}")
    assert house.statuses() == {"seen": "on_time", "absent": "missing", "gone": "withdrawn"}
    assert house.kinds("absent").count("report.missing") == 1
    assert house.kinds("gone") == ["report.published", "report.withdrawn"]


def test_commands_read_verify_and_prove_on_postgresql(site: ListedSite, house: Deployment) -> None:
    _publish(site, "seen")
    house.once("2026-01-24T09:00")
    assert house.command("db", "verify").returncode == 0
    assert '"status": "on_time"' in house.command("obligations", "--json").stdout
    evidence = house.folder / "evidence.zip"
    assert house.command("evidence", "seen/2025", "--output", str(evidence)).returncode == 0
    assert evidence.stat().st_size > 1_000
