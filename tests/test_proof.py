"""Nobody is accused without proof, and no revision is lost: what lists and registers really do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crawler.listed import Listed
from crawler.process import run_crawl
from crawler.store import Store
from db.session import reading, writing
from db.tables import Link, SiteColumn, Visit
from monitor.looking import newest_visits
from monitor.planning import all_columns, crawl_plan
from monitor.sweep import sweep
from tests.deployment import Agency, Deployment, china
from tests.listed_site import COLUMN, ListedSite

pytestmark = pytest.mark.service

DAY, LAST_YEAR = date(2026, 1, 20), date(2025, 1, 10)
TWO_LOOKS = ("2026-02-02T09:00", "2026-02-03T09:00")
FOUR_LOOKS = ("2026-03-01T09:00", "2026-03-02T09:00", "2026-03-02T21:00", "2026-03-03T09:00")


@pytest.fixture
def site() -> Iterator[ListedSite]:
    with ListedSite() as made:
        yield made


def _title(name: str, year: int = 2025) -> str:
    return f"{name}{year}年政府信息公开工作年度报告"


def _publish(site: ListedSite, key: str, name: str, year: int = 2025) -> None:
    path, day = f"{COLUMN}{key}{year}.html", DAY.replace(year=year + 1)
    site.add(_title(name, year), path, day)
    site.pages[path] = site.report(name, year, day)


def _passes(house: Deployment, *instants: str) -> None:
    for at in instants:
        house.once(at)


def _edit(house: Deployment, *changes: tuple[str, str]) -> None:
    text = house.config.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    house.config.write_text(text, encoding="utf-8")
    house._house = None


def test_what_a_list_may_hide_is_no_proof_of_absence(site: ListedSite, tmp_path: Path) -> None:
    names = {
        "absent": "甲县财政局",
        "cut": "甲县民政局",
        "notice": "甲县审计局",
        "pdf": "甲县统计局",
        "past": "甲县水利局",
        "future": "甲县商务局",
    }
    agencies = tuple(Agency(key, name) for key, name in names.items())
    house = Deployment(tmp_path, {"site": site.column_url}, agencies)
    for key in ("absent", "past"):
        _publish(site, key, names[key], 2024)
    site.add("关于做好2025年政府信息公开工作年度报告编制工作的通知", "/notice.html", LAST_YEAR)
    site.add("甲县民政局2025年政府信息公开工作年度...", "/cut.html", DAY)
    site.add("甲县审计局关于印发2025年政府信息公开工作年度报告的通知", "/own.html", DAY)
    site.add("甲县统计局政府信息公开工作年度报告", "/1.pdf", DAY)
    site.pages["/1.pdf"] = b"%PDF-1.4\n" + b"x" * 900
    for key, year in (("past", 2024), ("future", 2026)):
        site.add(_title(names[key], year), f"/{key}-slip.html", DAY)
        site.pages[f"/{key}-slip.html"] = site.report(names[key], 2025, DAY)

    _passes(house, *TWO_LOOKS)
    expected = {
        "absent": "missing",
        **dict.fromkeys(("cut", "notice", "pdf"), "unverified"),
        **dict.fromkeys(("past", "future"), "on_time"),
    }
    assert house.statuses() == expected
    assert {row["year"] for row in house.obligations().values()} == {2025}

    site.add(_title(names["absent"]), "/late.html", date(2026, 2, 4))
    site.pages["/late.html"] = 503
    house.once("2026-02-04T09:00")
    assert house.statuses()["absent"] == "unverified"


def test_a_list_too_doubtful_to_prove_an_absence_may_still_take_an_accusation_back(
    site: ListedSite, tmp_path: Path
) -> None:
    name = "甲县财政局"
    others = [f"甲县{sign}局" for sign in ("民政", "审计", "统计", "水利", "商务", "司法")]
    agencies = tuple(Agency(f"a{n}", each) for n, each in enumerate((name, *others)))
    house = Deployment(tmp_path, {"site": site.column_url}, agencies)
    for number, other in enumerate(others, start=1):
        _publish(site, f"a{number}", other)
    _passes(house, *TWO_LOOKS)
    assert house.statuses()["a0"] == "missing"

    for number, other in enumerate(others, start=1):
        site.replace(_title(other), f"/nowhere/{number}.html")
    site.add(_title(name), "/nowhere/0.html", date(2026, 2, 4))
    house.once("2026-02-04T09:00")
    with reading(house.house.engine) as session:
        assert newest_visits(session)["site/reports"].outcome == "shrunken"
    assert house.statuses()["a0"] == "unverified"
    assert _title(name) in house.obligations()["a0"]["because"]


def test_looks_made_with_another_register_prove_nothing(site: ListedSite, tmp_path: Path) -> None:
    agencies = (
        Agency("renamed", "甲县民政局"),
        Agency("aliased", "甲县统计局"),
        Agency("elsewhere", "甲县审计局"),
    )
    house = Deployment(tmp_path, {"site": site.column_url}, agencies)
    _publish(site, "renamed", "甲县民政局", 2024)
    _publish(site, "renamed", "甲县民政局")
    _publish(site, "aliased", "数字发展中心")
    _publish(site, "elsewhere", "甲县审计局")
    site.lists["/own/"] = [site.list.pop()]
    _passes(house, "2026-01-24T09:00", *TWO_LOOKS)
    assert house.statuses()["aliased"] == house.statuses()["elsewhere"] == "missing"

    column, elsewhere = f'url = "{site.column_url}"\n', agencies[2].as_toml()
    _edit(
        house,
        ("[crawler]", "[season]\nfirst_year = 2024\n[crawler]"),
        ('key = "renamed"', 'key = "new-key"'),
        ('name = "甲县统计局"', 'name = "甲县统计局"\naliases = ["数字发展中心"]'),
        (column, f'{column}[[sites.columns]]\nkey = "own"\nurl = "/own/"\n'),
        (elsewhere, elsewhere.replace("site/reports", "site/own")),
    )
    _passes(house, "2026-02-05T09:00", "2026-02-06T09:00")
    shown = house.command("obligations", "--json", "--year", "2025").stdout
    assert shown.count('"status": "on_time"') == 3
    older = house.command("obligations", "--json", "--year", "2024").stdout
    assert older.count('"status": "on_time"') == 1


def test_another_address_is_a_move_or_a_revision_and_no_withdrawal(
    site: ListedSite, tmp_path: Path
) -> None:
    names = {
        "article": "甲县财政局",
        "file": "甲县民政局",
        "failing": "甲县审计局",
        "copies": "甲县统计局",
        "scan": "甲县水利局",
        "moved": "甲县商务局",
        "columnless": "甲县司法局",
    }
    agencies = tuple(
        Agency(key, name, columns=("site/own" if key == "columnless" else "site/reports",))
        for key, name in names.items()
    )
    house = Deployment(tmp_path, {"site": site.column_url}, agencies)
    column = f'url = "{site.column_url}"\n'
    _edit(house, (column, f'{column}[[sites.columns]]\nkey = "own"\nurl = "/own/"\n'))
    _first_day(site, names)
    house.once("2026-01-24T09:00")
    assert all(house.kinds(key)[0] == "report.published" for key in names)
    assert house.kinds("copies") == ["report.published"]
    _second_day(site, names)
    house.once("2026-01-25T09:00")
    site.pages["/failing.docx"] = site.docx(names["failing"], 2025, {"penalties.decisions": 7})
    house.once("2026-01-26T09:00")
    for key in ("article", "file", "failing"):
        assert house.kinds(key) == ["report.published", "report.revised"]
    assert house.obligations()["article"]["url"] == f"{site.base_url}/article-new.html"
    assert house.kinds("scan") == ["report.published", "report.unreadable"]
    assert house.once("2026-01-26T10:00").events == 0

    site.pages |= {f"{COLUMN}moved2025.html": 404, "/moved-new.html": 503, "/columnless.html": 404}
    site.replace(_title(names["moved"]), "/moved-new.html")
    del site.lists["/own/"]
    _passes(house, *FOUR_LOOKS)
    assert house.statuses()["moved"] == house.statuses()["columnless"] == "on_time"


def _first_day(site: ListedSite, names: dict[str, str]) -> None:
    _publish(site, "article", names["article"])
    _publish(site, "moved", names["moved"])
    for key in ("file", "failing", "copies"):
        site.add(_title(names[key]), f"/{key}.html", DAY)
        site.pages[f"/{key}.docx"] = site.docx(names[key], 2025)
    site.offer("/file.html", _title(names["file"]), DAY, "/file.docx")
    site.offer("/failing.html", _title(names["failing"]), DAY, "/failing.docx")
    site.offer("/copies.html", _title(names["copies"]), DAY, "/a.pdf", "/copies.docx")
    site.pages["/a.pdf"] = b"%PDF-1.4\n" + b"x" * 900
    site.add(_title(names["scan"]), "/scan.html", DAY)
    site.pages["/scan.html"] = site.scan(_title(names["scan"]), DAY, views=1)
    site.lists["/own/"] = [(_title(names["columnless"]), "/columnless.html", DAY)]
    site.pages["/columnless.html"] = site.report(names["columnless"], 2025, DAY)


def _second_day(site: ListedSite, names: dict[str, str]) -> None:
    changed = {"penalties.decisions": 7}
    site.replace(_title(names["article"]), "/article-new.html")
    site.pages["/article-new.html"] = site.report(names["article"], 2025, DAY, changed)
    site.offer("/file.html", _title(names["file"]), DAY, "/file-new.docx")
    site.pages["/file-new.docx"] = site.docx(names["file"], 2025, changed)
    site.pages["/failing.docx"] = 404
    site.pages["/scan.html"] = site.scan(_title(names["scan"]), DAY, views=2)


def test_first_sight_is_when_the_body_came_not_when_it_was_read(
    site: ListedSite, tmp_path: Path
) -> None:
    house = Deployment(tmp_path, {"site": site.column_url}, (Agency("civil", "甲县民政局"),))
    site.add(_title("甲县民政局"), "/1.html", None)
    site.pages["/1.html"] = site.report("甲县民政局", 2025, None)
    settings = house.house.settings
    run_crawl(crawl_plan(settings, all_columns(settings), china("2026-01-31T23:50")))
    house.once("2026-02-01T00:20")
    assert house.obligations()["civil"]["proof"] == "seen"


def test_a_look_counts_once_for_each_of_two_columns(site: ListedSite, tmp_path: Path) -> None:
    agency = Agency("civil", "甲县民政局", columns=("site/reports", "other/reports"))
    house = Deployment(tmp_path, {"site": site.column_url, "other": site.column_url}, (agency,))
    for column, at, status in (
        ("site/reports", "2026-02-01T09:00", "unverified"),
        ("other/reports", "2026-02-01T21:00", "unverified"),
        ("site/reports", "2026-02-01T22:00", "unverified"),
        ("other/reports", "2026-02-02T10:00", "unverified"),
        ("site/reports", "2026-02-02T10:00", "missing"),
    ):
        with writing(house.house.engine) as session:
            session.add(Visit(column_key=column, at=china(at), outcome="ok"))
            session.get_one(SiteColumn, column).last_visit_at = china(at)
        sweep(house.house.engine, house.house.season, china(at))
        assert house.statuses()["civil"] == status


def test_a_pass_with_an_older_clock_takes_no_link_off_the_list(
    site: ListedSite, tmp_path: Path
) -> None:
    house = Deployment(tmp_path, {"site": site.column_url}, (Agency("civil", "甲县民政局"),)).house
    entry = Listed(f"{site.base_url}/1.html", _title("甲县民政局"), DAY, 2025, "civil")
    for at in ("2026-02-01T09:05", "2026-02-01T09:00"):
        Store(house.engine, house.archive, china(at)).record_listing("site/reports", [entry])
    with reading(house.engine) as session:
        assert session.get_one(Link, 1).last_listed_at == china("2026-02-01T09:05")
