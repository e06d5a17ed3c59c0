"""States that need care: what went together, what came back, what was there before anybody looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from db.session import reading, writing
from db.tables import Look, Obligation, ReportVersion
from monitor.planning import doubted_columns
from monitor.sweep import sweep
from tests.deployment import Agency, Deployment, china
from tests.listed_site import COLUMN, ListedSite

pytestmark = pytest.mark.service

DAY = date(2026, 1, 20)
NAMES = {f"a{n}": f"甲县{name}" for n, name in enumerate(("财政局", "民政局", "审计局", "统计局"))}
KEYS = {name: key for key, name in NAMES.items()}
AGENCIES = tuple(Agency(key, name) for key, name in NAMES.items())
FOUR_LOOKS = ("2026-03-01T09:00", "2026-03-02T09:00", "2026-03-02T21:00", "2026-03-03T09:00")


@pytest.fixture
def site() -> Iterator[ListedSite]:
    with ListedSite() as made:
        yield made


def publish(site: ListedSite, name: str, year: int = 2025, day: date | None = DAY) -> str:
    path = f"{COLUMN}{KEYS[name]}-{year}.html"
    site.add(f"{name}{year}年政府信息公开工作年度报告", path, day)
    site.pages[path] = site.report(name, year, day)
    return path


def house_of(site: ListedSite, folder: Path, **given: object) -> Deployment:
    return Deployment(folder, {"site": site.column_url}, AGENCIES, **given)  # type: ignore[arg-type]


def test_reports_that_go_together_are_a_matter_of_the_column(
    site: ListedSite, tmp_path: Path
) -> None:
    paths = [publish(site, name) for name in NAMES.values()]
    house = house_of(site, tmp_path)
    house.once("2026-01-24T09:00")
    kept = dict(site.pages)
    site.pages |= dict.fromkeys(paths[:3], 404)
    for at in FOUR_LOOKS:
        house.once(at)
    assert set(house.statuses().values()) == {"on_time"}
    assert "3 份同时打不开" in house.obligations()["a0"]["because"]
    assert house.kinds().count("column.lost") == 1

    site.pages = kept | {paths[0]: 404}
    house.once("2026-03-04T09:00")
    assert house.kinds().count("column.found") == 1
    assert "同时" not in house.obligations()["a1"]["because"]
    for at in ("2026-03-05T09:00", "2026-03-06T09:00", "2026-03-07T09:00"):
        house.once(at)
    assert house.statuses() == {
        "a0": "withdrawn",
        "a1": "on_time",
        "a2": "on_time",
        "a3": "on_time",
    }


def test_a_stricter_proof_is_asked_where_the_configuration_says_so(
    site: ListedSite, tmp_path: Path
) -> None:
    publish(site, "甲县财政局", 2024)
    proof = "[proof]\nabsence_looks = 3\nabsence_hours = 24\n"
    house = house_of(site, tmp_path, channels=proof)
    for at, status in (
        ("2026-02-01T09:00", "unverified"),
        ("2026-02-01T22:00", "unverified"),
        ("2026-02-02T08:00", "unverified"),
        ("2026-02-02T10:00", "missing"),
    ):
        house.once(at)
        assert house.statuses()["a0"] == status
    laxer = house.config.read_text(encoding="utf-8").replace("hours = 24", "hours = 11")
    house.config.write_text(laxer, encoding="utf-8")
    ended = house.command("config", "check")
    assert ended.returncode == 2
    assert "proof.absence_hours" in ended.stderr


def test_a_report_that_returns_to_its_first_content_is_told_once_with_its_version(
    site: ListedSite, tmp_path: Path
) -> None:
    path = publish(site, "甲县财政局")
    first, other = (
        site.pages[path],
        site.report("甲县财政局", 2025, DAY, {"penalties.decisions": 7}),
    )
    house = house_of(site, tmp_path)
    for at, body, revised in (
        ("2026-01-24T09:00", first, 0),
        ("2026-01-26T09:00", other, 1),
        ("2026-01-30T09:00", first, 2),
        ("2026-01-30T10:00", first, 2),
        ("2026-02-05T09:00", other, 3),
    ):
        site.pages[path] = body
        house.once(at)
        assert house.kinds("a0").count("report.revised") == revised
    said = [e["data"]["because"]["zh"] for e in house.events() if e["kind"] == "report.revised"]
    assert ["已恢复为第 1 版" in words for words in said] == [False, True, False]
    assert "已恢复为第 2 版" in said[2]


def test_two_copies_that_take_turns_make_no_flood(site: ListedSite, tmp_path: Path) -> None:
    path = publish(site, "甲县财政局")
    copies = [site.pages[path], site.report("甲县财政局", 2025, DAY, {"penalties.decisions": 7})]
    house = house_of(site, tmp_path)
    for hour in range(9, 19):
        site.pages[path] = copies[hour % 2]
        house.once(f"2026-01-24T{hour:02}:00")
    assert house.obligations()["a0"]["versions"] == 4
    site.pages[path] = copies[1]
    house.once("2026-01-28T09:00")
    with reading(house.house.engine) as session:
        newest = session.exec(select(ReportVersion).order_by(ReportVersion.number.desc())).first()  # type: ignore[attr-defined]
        assert newest is not None
        assert newest.report["tables"]


def test_other_quotation_marks_make_no_version(site: ListedSite, tmp_path: Path) -> None:
    path = publish(site, "甲县财政局")
    house = house_of(site, tmp_path)
    house.once("2026-01-24T09:00")
    body = site.pages[path]
    assert isinstance(body, bytes)
    site.pages[path] = body.decode().replace("，", ", ").replace("；", ";").encode()
    assert site.pages[path] != body
    summary = house.once("2026-01-24T19:00")
    assert (summary.new_versions, summary.events) == (0, 0)


def test_the_first_evening_has_one_message_for_what_was_there_before(
    site: ListedSite, tmp_path: Path
) -> None:
    for name in list(NAMES.values())[:3]:
        publish(site, name)
    house = house_of(site, tmp_path, channels='[[channels]]\nname = "a"\nurl = "console://"\n')
    summary = house.once("2026-01-30T09:00")
    assert house.kinds("a0") == ["report.published"]
    assert all(e["data"]["baseline"] for e in house.events() if e["kind"] == "report.published")
    old = [row for row in house.deliveries() if "首轮建档" in row.reason_zh]
    assert len(old) == 2
    publish(site, NAMES["a3"], day=date(2026, 1, 21))
    later = house.once("2026-01-31T09:00")
    assert later.delivered == 1
    assert "baseline" not in house.events()[-1]["data"]
    assert summary.delivered >= 1


def test_a_first_look_on_the_day_of_publication_tells(site: ListedSite, tmp_path: Path) -> None:
    for name in NAMES.values():
        publish(site, name)
    house = house_of(site, tmp_path, channels='[[channels]]\nname = "a"\nurl = "console://"\n')
    house.once("2026-01-27T09:00")
    assert {row.state for row in house.deliveries()} == {"sent"}


def test_history_is_read_a_few_at_a_time_and_seldom_again(site: ListedSite, tmp_path: Path) -> None:
    years = range(2018, 2026)
    paths = {year: publish(site, "甲县财政局", year, date(year + 1, 1, 20)) for year in years}
    house = house_of(site, tmp_path, backfill_per_visit=2)
    read: list[int] = []
    for day in range(24, 29):
        site._server.hits.clear()
        house.once(f"2026-01-{day}T09:00")
        asked = {hit.path for hit in site._server.hits}
        read.append(sum(path in asked for path in paths.values()))
        assert paths[2025] in asked
    assert read == [4, 3, 3, 1, 1]


def test_columns_are_read_afresh_only_where_an_accusation_may_rest_on_it(
    site: ListedSite, tmp_path: Path
) -> None:
    paths = [publish(site, name) for name in NAMES.values()]
    house = house_of(site, tmp_path)
    engine, deadlines = house.house.engine, house.house.season.deadlines

    def doubted(at: str) -> set[str]:
        with reading(engine) as session:
            return set(doubted_columns(session, deadlines, china(at)))

    assert doubted("2026-01-31T23:59") == set()
    assert doubted("2026-02-01T00:00") == {"site/reports"}
    house.once("2026-01-24T09:00")
    assert doubted("2026-02-01T00:00") == set()
    site.pages[paths[0]] = 404
    house.once("2026-02-03T09:00")
    assert doubted("2026-02-03T10:00") == {"site/reports"}


def test_a_suspected_withdrawal_asks_for_its_next_look(site: ListedSite, tmp_path: Path) -> None:
    paths = [publish(site, name) for name in NAMES.values()]
    house = house_of(site, tmp_path)
    house.once("2026-01-24T09:00")
    site.pages[paths[0]] = 404
    house.once("2026-03-01T09:00")
    with reading(house.house.engine) as session:
        suspected = session.exec(select(Obligation).where(Obligation.agency_key == "a0")).one()
        assert suspected.next_check_at == china("2026-03-02T01:00")


def test_a_second_sweep_touches_no_row(site: ListedSite, tmp_path: Path) -> None:
    publish(site, NAMES["a0"])
    house = house_of(site, tmp_path)
    house.once("2026-02-03T09:00")
    with writing(house.house.engine) as session:
        session.exec(select(Obligation)).first().because_zh = "记号"  # type: ignore[union-attr]
    sweep(house.house.engine, house.house.season, china("2026-02-03T09:01"))
    with reading(house.house.engine) as session:
        assert "记号" in {row.because_zh for row in session.exec(select(Obligation))}
        assert len(session.exec(select(Look)).all()) == 3
