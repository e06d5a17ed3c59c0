"""Findings live: dismissed with a reason, held while nothing changes, returned with what changed, scored."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from db.session import reading, writing
from db.tables import Dismissal, FindingRow, ReportVersion
from monitor.ingest import ingest
from monitor.past import as_of
from monitor.unit_scores import unit_scores
from tests.deployment import Agency, Deployment, china
from tests.season_site import SeasonSite

pytestmark = pytest.mark.service

NAME, OTHER = "甲县财政局", "甲县教育局"
CELL = "requests.handled_total.natural_person"
WRONG, WORSE, NOTED = {CELL: 4}, {CELL: 5}, "另有说明。"
TIMES = [f"2026-01-{day}T09:00" for day in range(24, 30)]


@pytest.fixture
def site() -> Iterator[SeasonSite]:
    with SeasonSite() as made:
        yield made


@pytest.fixture
def url(site: SeasonSite) -> str:
    return site.publish(NAME, 2025, date(2026, 1, 20), figures=WRONG)


@pytest.fixture
def house(site: SeasonSite, url: str, tmp_path: Path) -> Deployment:
    made = Deployment(
        tmp_path, {"site": site.column_url}, (Agency("one", NAME), Agency("two", OTHER))
    )
    made.once(TIMES[0])
    return made


def listed(house: Deployment, *options: str) -> list[dict[str, Any]]:
    ended = house.command("findings", "list", "--json", *options)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def errors(house: Deployment, *options: str) -> list[dict[str, Any]]:
    return [found for found in listed(house, *options) if found["severity"] == "error"]


def dismiss_errors(house: Deployment, at: str = TIMES[1]) -> list[str]:
    names = [str(found["id"]) for found in errors(house, "--open")]
    for name in names:
        words = ("--reason", "原件核对无误", "--by", "张三", "--at", at)
        ended = house.command("findings", "dismiss", name, *words)
        assert ended.returncode == 0, ended.stderr
    return names


def verdict(house: Deployment) -> str:
    with reading(house.house.engine) as session:
        newest = select(ReportVersion).order_by(ReportVersion.id.desc())  # type: ignore[union-attr]
        return session.exec(newest).first().verdict  # type: ignore[union-attr]


def error_events(house: Deployment, kind: str) -> list[dict[str, Any]]:
    return [
        finding
        for event in house.events()
        if event["kind"] == kind
        for finding in event["data"]["findings"]
        if finding["severity"] == "error"
    ]


def test_a_finding_is_listed_by_a_name_that_stays(house: Deployment) -> None:
    found = errors(house)
    assert found
    assert all(one["id"].startswith("one/2025/") and one["dismissed"] is None for one in found)
    assert errors(house, "--agency", "two") == []
    assert house.command("findings", "list").stdout.count("/2025/") == len(listed(house))


def test_a_dismissed_finding_counts_no_more_but_is_not_forgotten(house: Deployment) -> None:
    before = house.obligations()["one"]["findings"]["error"]
    assert before > 0
    assert verdict(house) == "inconsistent"
    names = dismiss_errors(house)
    assert house.obligations()["one"]["findings"]["error"] == 0
    assert verdict(house) != "inconsistent"
    assert errors(house, "--open") == []
    held = errors(house, "--dismissed")
    assert [one["id"] for one in held] == names
    assert held[0]["dismissed"]["by"] == "张三"
    assert held[0]["dismissed"]["reason"] == "原件核对无误"
    last = house.events()[-1]
    assert last["kind"] == "findings.cleared"
    assert "已由 张三 于 2026-01-25 核实不成立：原件核对无误" in last["data"]["because"]["zh"]


def test_the_word_holds_in_a_later_version_with_the_same_figures(
    house: Deployment, site: SeasonSite, url: str
) -> None:
    names, told = dismiss_errors(house), len(error_events(house, "findings.raised"))
    site.revise(url, note=NOTED)
    house.once(TIMES[2])
    assert [one["id"] for one in errors(house, "--dismissed")] == names
    assert errors(house, "--open") == []
    assert verdict(house) != "inconsistent"
    assert len(error_events(house, "findings.raised")) == told


def test_a_finding_with_other_figures_returns_and_says_what_changed(
    house: Deployment, site: SeasonSite, url: str
) -> None:
    dismiss_errors(house)
    site.revise(url, figures=WORSE)
    house.once(TIMES[2])
    back = errors(house, "--open")
    assert back
    assert verdict(house) == "inconsistent"
    said = [one["returned"] for one in back if one["returned"]]
    assert said
    assert said[0]["by"] == "张三"
    assert "→" in said[0]["since"]
    event = [e for e in house.events() if e["kind"] == "findings.raised"][-1]
    assert "原件核对无误" in event["data"]["because"]["zh"]
    assert any("returned" in finding for finding in event["data"]["findings"])


def test_figures_that_are_mended_after_a_dismissal_tell_no_second_clearing(
    house: Deployment, site: SeasonSite, url: str
) -> None:
    dismiss_errors(house)
    cleared = len(error_events(house, "findings.cleared"))
    site.revise(url, figures={})
    house.once(TIMES[2])
    assert errors(house) == []
    assert len(error_events(house, "findings.cleared")) == cleared


def test_a_new_version_of_the_rule_brings_the_finding_back(house: Deployment) -> None:
    dismiss_errors(house)
    with writing(house.house.engine) as session:
        for word in session.exec(select(Dismissal)):
            word.fingerprint, word.rule_version = f"{word.fingerprint}-0", 0
    back = [one for one in errors(house, "--open") if one["returned"]]
    assert back
    assert "由第 0 版改为第 1 版" in back[0]["returned"]["since"]


def test_reopening_puts_it_on_the_list_again_with_an_event(house: Deployment) -> None:
    names = dismiss_errors(house)
    ended = house.command("findings", "reopen", names[0], "--by", "李四", "--at", TIMES[2])
    assert ended.returncode == 0, ended.stderr
    assert [one["id"] for one in errors(house, "--open")] == names[:1]
    assert verdict(house) == "inconsistent"
    last = house.events()[-1]
    assert last["kind"] == "findings.raised"
    assert "李四 于 2026-01-26 重新列为需核对" in last["data"]["because"]["zh"]
    with reading(house.house.engine) as session:
        words = session.exec(select(Dismissal)).all()
    assert sorted(word.reopened_by or "" for word in words) == [""] * (len(words) - 1) + ["李四"]


def test_a_finding_may_be_dismissed_again_after_reopening(house: Deployment) -> None:
    (name, *_) = dismiss_errors(house)
    house.command("findings", "reopen", name, "--by", "李四")
    assert dismiss_errors(house, TIMES[3]) == [name]
    assert errors(house, "--open") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dismiss", "nonsense", "--reason", "r", "--by", "b"), "nonsense"),
        (("dismiss", "one/2025/ffffffff", "--reason", "r", "--by", "b"), "one/2025/ffffffff"),
        (("dismiss", "one/2025/f", "--reason", "r", "--by", "b"), "one/2025/f"),
        (("dismiss", "one/2025/ffff", "--reason", "  ", "--by", "b"), "--reason"),
        (("dismiss", "one/2025/ffff", "--reason", "r", "--by", "b" * 61), "--by"),
        (("reopen", "one/2025/ffff", "--by", "b"), "--dismissed"),
        (("list", "--open", "--dismissed"), "--open"),
    ],
)
def test_what_cannot_be_done_is_refused(house: Deployment, words, said) -> None:
    ended = house.command("findings", *words)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_finding_on_an_absent_report_can_be_dismissed_too(house: Deployment) -> None:
    (found, *_) = [one for one in listed(house, "--agency", "two") if one["report_id"] is None]
    ended = house.command("findings", "dismiss", found["id"], "--reason", "并入", "--by", "张三")
    assert ended.returncode == 0, ended.stderr
    assert found["id"] not in {one["id"] for one in listed(house, "--open")}
    assert house.events()[-1]["data"]["report_id"] is None


def test_dismissing_twice_is_refused_and_changes_nothing(house: Deployment) -> None:
    (name, *_) = dismiss_errors(house)
    events = house.events()
    ended = house.command("findings", "dismiss", name, "--reason", "又", "--by", "王五")
    assert ended.returncode == 2
    assert "张三" in ended.stderr
    assert house.events() == events


def test_the_past_does_not_know_what_was_said_later(house: Deployment) -> None:
    dismiss_errors(house, TIMES[3])
    with as_of(house.house, china(TIMES[2])) as session:
        assert session.exec(select(Dismissal)).all() == []


def under(house: Deployment, profile: str, at: str) -> Deployment:
    """Judge anew under a profile; an empty one changes nothing."""
    (house.folder / "rules.toml").write_text(profile, encoding="utf-8")
    config = house.config.read_text(encoding="utf-8").partition("[rules]")[0]
    house.config.write_text(f'{config}\n[rules]\nprofile = "rules.toml"\n', encoding="utf-8")
    changed = Deployment.opened(house.config)
    ingest(changed.house.reader, changed.house.season, china(at))
    return changed


def test_a_changed_profile_judges_anew_and_says_so_each_time(house: Deployment) -> None:
    codes = {one["code"] for one in errors(house)}
    off = "".join(f"[rules.{code}]\nactive = false\n" for code in codes)
    for without, again in (TIMES[1:3], TIMES[3:5]):
        quiet = under(house, off, without)
        assert errors(quiet) == []
        last = quiet.events()[-1]
        assert last["kind"] == "findings.cleared"
        assert "规则配置已调整" in last["data"]["because"]["zh"]
        back = under(house, "", again)
        assert {one["code"] for one in errors(back)} == codes
        assert back.events()[-1]["kind"] == "findings.raised"


def test_a_graver_severity_is_told_to_whom_it_concerns(house: Deployment) -> None:
    codes = {one["code"] for one in errors(house)}
    mild = "".join(f'[rules.{code}]\nseverity = "notice"\n' for code in codes)
    events = len(house.events())
    milder = under(house, mild, TIMES[1])
    assert errors(milder) == []
    assert len(milder.events()) == events
    last = under(house, "", TIMES[2]).events()[-1]
    assert last["kind"] == "findings.raised"
    assert last["data"]["severity"] == "error"
    assert {finding["code"] for finding in last["data"]["findings"]} == codes


def test_every_unit_has_its_line_and_no_score_without_a_report(house: Deployment) -> None:
    ended = house.command("findings", "score", "--year", "2025", "--json")
    units = {unit["agency"]: unit for unit in map(json.loads, ended.stdout.splitlines())}
    one, two = units["one"], units["two"]
    assert one["left"] == one["full"] - one["deducted"] < 100
    assert sum(item["points"] for item in one["items"]) == one["deducted"]
    assert two["left"] is None
    assert "不评分" in two["remark"]


def test_the_sheet_lists_each_point_with_standard_basis_and_mending(house: Deployment) -> None:
    ended = house.command("findings", "score", "--year", "2025", "--csv")
    rows = list(csv.DictReader(io.StringIO(ended.stdout.removeprefix("\ufeff"))))
    mine = [row for row in rows if row["单位"] == NAME]
    assert all(row["评价标准"] and row["依据"] and row["整改要求"] and row["扣分"] for row in mine)
    assert float(mine[0]["得分"]) == 100 - sum(float(row["扣分"]) for row in mine)
    (other,) = [row for row in rows if row["单位"] == OTHER]
    assert (other["得分"], other["扣分"]) == ("", "")


def test_no_cell_of_the_sheet_is_a_formula(house: Deployment) -> None:
    with writing(house.house.engine) as session:
        for row in session.exec(select(FindingRow)):
            row.message_zh = "=HYPERLINK(1)"
    ended = house.command("findings", "score", "--year", "2025", "--csv")
    cells = [cell for row in csv.reader(io.StringIO(ended.stdout)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_what_was_dismissed_costs_no_points(house: Deployment) -> None:
    def left() -> object:
        with reading(house.house.engine) as session:
            units = unit_scores(session, 2025, house.house.season.profile)
            return {unit.unit.agency.key: unit.sheet.left for unit in units}["one"]

    before = left()
    dismiss_errors(house)
    assert left() > before  # type: ignore[operator]
