"""``sites list``, ``test`` and ``sample``: what stands, what a visit would see, saved pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from crawler.families.model import ListPage
from crawler.listed import Listed
from db.session import reading
from db.tables import Link, Resource, Snapshot, Visit
from monitor.check_formats.columns import width
from monitor.site_sample import expectation
from monitor.site_trial import Difference, difference_of
from tests.deployment import Agency, Deployment
from tests.season_site import Fault, SeasonSite

pytestmark = pytest.mark.service

AGENCIES = (Agency("one", "甲县财政局"), Agency("two", "甲县教育局"))


@pytest.fixture
def site() -> Iterator[SeasonSite]:
    with SeasonSite(page_size=3) as made:
        made.publish("甲县财政局", 2025, date(2026, 1, 20))
        made.publish("甲县教育局", 2025, date(2026, 1, 21))
        yield made


@pytest.fixture
def house(site: SeasonSite, tmp_path: Path) -> Deployment:
    return Deployment(tmp_path, {"site": site.column_url}, AGENCIES)


def listed(name: str, title: str) -> Listed:
    return Listed(f"http://jia.example/{name}.html", title)


def rows_of(house: Deployment) -> list[dict[str, Any]]:
    with reading(house.house.engine) as session:
        return [
            row.model_dump()
            for table in (Visit, Link, Snapshot, Resource)
            for row in session.exec(select(table))
        ]


def tried(house: Deployment, *more: str) -> dict[str, Any]:
    ended = house.command("sites", "test", "site", "--json", *more)
    found: dict[str, Any] = json.loads(ended.stdout)
    return {**found, "code": ended.returncode}


def test_a_trial_shows_what_was_asked_and_changes_no_row(
    house: Deployment, site: SeasonSite
) -> None:
    house.once("2026-01-24T09:00")
    moved = site.publish("甲县水利局", 2025, date(2026, 1, 23))
    before, asked = rows_of(house), len(site.hits)
    seen = tried(house, "--at", "2026-01-24T10:00")
    assert (seen["code"], seen["outcome"]) == (0, "ok")
    assert rows_of(house) == before
    assert [one["outcome"] for one in seen["asked"]] == ["robots.txt", "ok", "ok"]
    assert all(one["status"] == 200 and one["bytes"] for one in seen["asked"])
    assert len(site.hits) == asked + 3
    refused = {entry["title"]: entry["refusal"] for entry in seen["entries"]}
    assert refused["甲县财政局2025年政府信息公开工作年度报告"] is None
    assert "甲县水利局" in (refused["甲县水利局2025年政府信息公开工作年度报告"] or "")
    assert len(seen["would_fetch"]) == 2
    assert seen["difference"]["new"] == [moved]


def test_a_trial_at_the_instant_of_the_last_pass_sees_what_is_gone(
    house: Deployment, site: SeasonSite
) -> None:
    house.once("2026-01-24T09:00")
    (link,) = [url for url in tried(house)["would_fetch"] if "20260120" in url]
    site.withdraw(link)
    seen = tried(house, "--at", "2026-01-24T09:00")
    assert seen["difference"]["gone"] == [link]
    assert link not in seen["would_fetch"]


def test_a_trial_is_held_against_the_history_of_the_column(
    house: Deployment, site: SeasonSite
) -> None:
    urls = [site.publish("甲县财政局", year, date(year + 1, 1, 9)) for year in (2021, 2022, 2023)]
    house.once("2026-01-24T09:00")
    for url in (*urls, *tried(house)["would_fetch"]):
        site.unlist(url)
    seen = tried(house)
    assert seen["code"] == 1
    assert seen["outcome"] not in ("ok", "not_modified")


def test_a_failed_look_is_named_with_the_answers(house: Deployment, site: SeasonSite) -> None:
    site.fail(Fault.DOWN, site.column_url)
    ended = house.command("sites", "test", "site/reports")
    assert ended.returncode == 1
    assert "unreachable" in ended.stdout
    assert "还没有正常查看过" in ended.stdout


@pytest.mark.parametrize(
    ("key", "said"), [("sit", "是否指 site"), ("site/report", "是否指 site/reports"), ("x", "没有")]
)
def test_an_unknown_key_names_the_nearest(house: Deployment, key: str, said: str) -> None:
    ended = house.command("sites", "test", key)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr


def test_the_list_is_read_at_eighty_columns_and_as_json(
    house: Deployment, site: SeasonSite
) -> None:
    assert "还没有查看过" in house.command("sites", "list").stdout
    house.once("2026-01-24T09:00")
    text = house.command("sites", "list", "--at", "2026-01-24T10:00").stdout
    assert "site/reports" in text
    assert all(width(line) <= 80 for line in text.splitlines())
    (row,) = map(json.loads, house.command("sites", "list", "--json").stdout.splitlines())
    assert (row["state"], row["agencies"], row["newest"]["outcome"]) == ("found", 2, "ok")
    assert row["last_good_at"] == "2026-01-24T09:00:00+08:00"
    assert row["next_visit_at"] > row["last_good_at"]


def test_saved_pages_read_as_their_expectation_says(house: Deployment, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    ended = house.command("sites", "sample", "site", "--output", str(folder))
    assert ended.returncode == 0
    assert "第三方材料" in ended.stderr
    saved = folder / "trs-site-reports.html"
    expected = json.loads(saved.with_suffix(".expected.json").read_text(encoding="utf-8"))
    body = saved.read_bytes()
    assert expectation(ListPage(expected["url"], body, body.decode()), "trs") == expected
    assert len(expected["links"]) == 3
    assert expected["next_pages"]
    again = house.command("sites", "sample", "site", "--output", str(folder))
    assert again.returncode == 2
    assert "不会覆盖" in again.stderr


def test_a_list_differs_by_what_is_new_gone_renamed_and_moved() -> None:
    before = (listed("a", "甲"), listed("b", "乙"), listed("c", "丙"), listed("d", "丁"))
    now = (listed("a", "甲"), listed("b", "乙（修订）"), listed("c2", "丙"), listed("e", "戊"))
    found = difference_of(before, now)
    assert found == Difference(
        new=(now[3],),
        gone=(before[3],),
        renamed=((before[1], now[1]),),
        moved=((before[2], now[2]),),
    )
    assert difference_of(now, now) == Difference()
