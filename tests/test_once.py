"""``nianshao once``: the second pass costs nothing and says nothing; bad input ends in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.deployment import Agency, Deployment
from tests.season_site import SeasonSite

pytestmark = pytest.mark.service

AGENCIES = (Agency("one", "甲县财政局"), Agency("two", "甲县教育局"))


@pytest.fixture
def site() -> Iterator[SeasonSite]:
    with SeasonSite() as made:
        made.publish("甲县财政局", 2025, date(2026, 1, 20))
        made.publish("甲县教育局", 2025, date(2026, 1, 21), as_docx=True)
        yield made


def test_the_second_pass_downloads_no_report_again_and_tells_nothing(
    site: SeasonSite, tmp_path: Path
) -> None:
    console = '[[channels]]\nname = "screen"\nurl = "console://"\n'
    house = Deployment(tmp_path, {"site": site.column_url}, AGENCIES, channels=console)
    first = house.command("once", "--json", "--at", "2026-01-24T09:00")
    summary = json.loads(first.stdout)
    assert summary["new_versions"] == summary["events"] == summary["delivered"] == 2
    assert "甲县财政局" in first.stderr

    site.forget_hits()
    second = json.loads(house.command("once", "--json", "--at", "2026-01-24T10:00").stdout)
    assert second["new_versions"] == second["events"] == second["delivered"] == 0
    reports = [hit for hit in site.hits if hit.target not in ("/robots.txt",)]
    assert reports
    assert all(hit.conditional and hit.status == 304 and not hit.body_bytes for hit in reports)
    assert second["not_modified"] == len(reports)


def test_a_site_without_validators_is_told_apart_by_its_bytes(
    site: SeasonSite, tmp_path: Path
) -> None:
    site.validators = False
    house = Deployment(tmp_path, {"site": site.column_url}, AGENCIES)
    house.once("2026-01-24T09:00")
    second = house.once("2026-01-24T10:00")
    assert (second.new_versions, second.events) == (0, 0)


def test_the_other_commands_answer_as_documented(site: SeasonSite, tmp_path: Path) -> None:
    house = Deployment(tmp_path, {"site": site.column_url}, AGENCIES)
    house.once("2026-02-10T09:00")
    rows = [json.loads(line) for line in house.command("obligations", "--json").stdout.splitlines()]
    assert {row["agency"]: row["status"] for row in rows} == {"one": "on_time", "two": "on_time"}
    assert set(rows[0]) == {
        *("agency", "agency_name", "year", "due_at", "status", "proof", "because", "since"),
        *("url", "shown_on", "first_seen_at", "versions", "findings"),
    }
    events = [json.loads(line) for line in house.command("events", "--json").stdout.splitlines()]
    assert set(events[0]) == {
        *("id", "kind", "agency", "site", "year", "happened_at", "noticed_at", "data"),
    }
    later = house.command("events", "--json", "--after", str(events[0]["id"])).stdout
    assert len(later.splitlines()) == len(events) - 1
    earlier = house.command("obligations", "--json", "--year", "1999")
    assert (earlier.returncode, earlier.stdout) == (0, "")


def test_asking_what_would_be_changes_nothing(site: SeasonSite, tmp_path: Path) -> None:
    agencies = (*AGENCIES, Agency("three", "甲县民政局"))
    house = Deployment(tmp_path, {"site": site.column_url}, agencies)
    house.once("2026-01-24T09:00")
    asked = house.command("obligations", "--json", "--at", "2026-02-02T09:00").stdout
    would = {row["agency"]: row["status"] for row in map(json.loads, asked.splitlines())}
    assert would["three"] == "unverified"
    assert house.statuses()["three"] == "awaited"
    asked = house.command("obligations", "--json", "--at", "2026-01-23T09:00").stdout
    was = [json.loads(line) for line in asked.splitlines()]
    assert {(row["status"], row["versions"]) for row in was} == {("awaited", 0)}
    assert len(house.events()) == 3


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("once", "--site", "nowhere"), "nowhere"),
        (("once", "--at", "yesterday"), "yesterday"),
        (("rules", "Z99"), "Z99"),
    ],
)
def test_wrong_usage_ends_in_one_sentence_and_code_2(
    site: SeasonSite, tmp_path: Path, words: tuple[str, ...], named: str
) -> None:
    house = Deployment(tmp_path, {"site": site.column_url}, AGENCIES)
    ended = house.command(*words)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "Traceback" not in ended.stderr


def test_a_list_that_names_no_agency_is_settled_by_the_documents(tmp_path: Path) -> None:
    nameless = "2025年政府信息公开工作年度报告"
    with SeasonSite() as bare:
        bare.publish("甲县财政局", 2025, date(2026, 1, 20), listed_as=nameless)
        bare.publish("甲县教育局", 2025, date(2026, 1, 21), listed_as=nameless, as_docx=True)
        house = Deployment(tmp_path, {"site": bare.column_url}, AGENCIES)
        house.once("2026-02-04T09:00")
        assert house.statuses() == {"one": "on_time", "two": "on_time"}
