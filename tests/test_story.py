"""A small season from January to March, on a real local site, with the clock in the test's hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.deployment import Agency, Deployment
from tests.season_site import SeasonSite

pytestmark = pytest.mark.service

AGENCIES = (
    Agency("prompt", "甲县财政局"),
    Agency("tardy", "甲县教育局"),
    Agency("absent", "甲县民政局"),
    Agency("mender", "甲县审计局"),
    Agency("gone", "甲县交通运输局"),
    Agency("backdater", "甲县水利局"),
    Agency("merged", "甲县乡村振兴局", extra="expected = false"),
    Agency("government", "甲县人民政府", kind="government"),
    Agency("unlucky", "乙县统计局", columns=("other/reports",)),
)


@pytest.fixture
def site() -> Iterator[SeasonSite]:
    with SeasonSite() as made:
        yield made


@pytest.fixture
def other() -> Iterator[SeasonSite]:
    with SeasonSite("乙县人民政府") as made:
        yield made


def test_a_season_from_first_look_to_withdrawal(
    site: SeasonSite, other: SeasonSite, tmp_path: Path, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    hook = httpserver.url_for("/hook").replace("http://", "json://")
    house = Deployment(
        tmp_path,
        {"site": site.column_url, "other": other.column_url},
        AGENCIES,
        channels=f'[[channels]]\nname = "office"\nurl = "{hook}"\nkinds = ["report.*", "site.*"]\n',
    )

    _january(house, site)
    _after_the_deadline(house, site, other)
    _february(house, site, other)
    _withdrawal(house, site)
    _what_was_told(house, httpserver)


def _january(house: Deployment, site: SeasonSite) -> None:
    house.once("2026-01-10T09:00")
    assert set(house.statuses().values()) == {"awaited", "exempt"}

    site.publish("甲县财政局", 2025, date(2026, 1, 20))
    site.publish("甲县审计局", 2025, date(2026, 1, 21))
    site.publish("甲县交通运输局", 2025, date(2026, 1, 22))
    house.once("2026-01-24T09:00")
    ledger = house.obligations()
    assert {key: ledger[key]["status"] for key in ("prompt", "mender", "gone", "tardy")} == {
        "prompt": "on_time",
        "mender": "on_time",
        "gone": "on_time",
        "tardy": "awaited",
    }
    assert ledger["prompt"]["proof"] == "seen"
    assert "deadline.near" in house.kinds(None)


def _after_the_deadline(house: Deployment, site: SeasonSite, other: SeasonSite) -> None:
    other.stop_listening()
    house.once("2026-02-01T08:00")
    ledger = house.obligations()
    assert ledger["tardy"]["status"] == "unverified"
    assert ledger["unlucky"]["status"] == "unverified"
    assert "无法连接" in ledger["unlucky"]["because"]
    assert ledger["government"]["status"] == "awaited"

    house.once("2026-02-01T20:00")
    statuses = house.statuses()
    assert statuses["tardy"] == statuses["absent"] == statuses["backdater"] == "missing"
    assert statuses["unlucky"] == "unverified"


def _february(house: Deployment, site: SeasonSite, other: SeasonSite) -> None:
    other.listen_again()
    other.publish("乙县统计局", 2025, date(2026, 1, 30))
    site.publish("甲县教育局", 2025, date(2026, 2, 9))
    site.publish("甲县水利局", 2025, date(2026, 1, 30))
    mended = site.publish("甲县人民政府", 2025, date(2026, 2, 3))
    assert mended
    house.once("2026-02-10T09:00")
    ledger = house.obligations()
    assert (ledger["tardy"]["status"], ledger["tardy"]["proof"]) == ("late", "claimed")
    assert (ledger["backdater"]["status"], ledger["backdater"]["proof"]) == (
        "late",
        "contradicted",
    )
    assert (ledger["unlucky"]["status"], ledger["unlucky"]["proof"]) == ("on_time", "claimed")
    assert ledger["government"]["status"] == "on_time"
    assert ledger["absent"]["status"] == "missing"

    url = ledger["mender"]["url"]
    site.cosmetic_change(url)
    assert house.once("2026-02-11T09:00").events == 0
    site.revise(url, figures={"penalties.decisions": 7})
    house.once("2026-02-12T09:00")
    assert house.obligations()["mender"]["versions"] == 2
    revised = [event for event in house.events() if event["kind"] == "report.revised"]
    assert [event["agency"] for event in revised] == ["mender"]
    assert "penalties.decisions" in {change["cell"] for change in revised[0]["data"]["changes"]}


def _withdrawal(house: Deployment, site: SeasonSite) -> None:
    url = house.obligations()["gone"]["url"]
    site.unlist(house.obligations()["prompt"]["url"])
    site.withdraw(url)
    for at in ("2026-03-01T09:00", "2026-03-02T09:00", "2026-03-02T21:00"):
        house.once(at)
        assert house.statuses()["gone"] == "on_time"
    house.once("2026-03-03T09:00")
    assert house.statuses()["gone"] == "withdrawn"
    assert house.statuses()["prompt"] == "on_time"
    site.restore(url)
    house.once("2026-03-04T09:00")
    assert house.statuses()["gone"] == "on_time"
    quiet = house.once("2026-03-05T09:00")
    assert (quiet.events, quiet.new_versions, quiet.delivered) == (0, 0, 0)


def _what_was_told(house: Deployment, httpserver: HTTPServer) -> None:
    assert house.kinds("prompt") == ["report.published"]
    assert house.kinds("tardy") == ["report.unverified", "report.missing", "report.published_late"]
    assert house.kinds("absent") == ["report.unverified", "report.missing"]
    assert house.kinds("gone") == ["report.published", "report.withdrawn", "report.restored"]
    assert house.kinds("merged") == []
    sites = [event["kind"] for event in house.events() if event["site"] == "other"]
    assert sites == ["site.down", "site.up"]

    sent = [row for row in house.deliveries() if row.state == "sent"]
    skipped = [row for row in house.deliveries() if row.state == "skipped"]
    assert len(house.deliveries()) == len(house.events())
    assert len(httpserver.log) == len(sent) > 10
    assert all(row.reason_zh and row.reason_en for row in skipped)
