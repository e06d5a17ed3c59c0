"""``nianshao sites import|export``: taken over whole or not at all, with what changes and the way back."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from monitor.config import load
from tests.deployment import Deployment, Ended
from tests.register_files import csv_of, workbook_of

HEADER = ("site", "site_name", "base_url", "column", "url")
COUNTY = ("county", "甲县政府", "https://www.a.gov.cn/")
TOWN = ("town", "乙镇政府", "https://www.b.gov.cn/")
OLD = csv_of(HEADER, (*COUNTY, "reports", "/nb/"), (*COUNTY, "older", "/old/"))
EVERY = (
    *("site", "site_name", "base_url", "allow_private", "hosts", "id_code", "article"),
    *("cadence_hours", "hours", "column", "url", "family", "render", "column_name"),
    "expected_min_links",
)
FULL = (
    *(*COUNTY, "是", "zfxxgk.a.gov.cn；b.a.gov.cn:8080", "4103110001", "#zoom"),
    *("12", "22:00-06:00", "reports", "/nb/", "list", "否", "政府信息公开年报", "3"),
)


def configured(folder: Path, sites: bytes | None = None, more: str = "") -> Path:
    if sites is not None:
        (folder / "sites.csv").write_bytes(sites)
    config = folder / "config.toml"
    config.write_text(f'sites_file = "sites.csv"\n{more}', encoding="utf-8")
    return config


def command(config: Path, *words: str) -> Ended:
    return Deployment.opened(config).command("sites", *words)


def imported(config: Path, content: bytes, *options: str) -> Ended:
    path = config.parent / "new.csv"
    path.write_bytes(content)
    return command(config, "import", str(path), *options)


def columns(config: Path) -> list[str]:
    sites = load(config).sites
    return [f"{site.key}/{column.key}" for site in sites for column in site.columns]


def test_first_import_makes_the_file(tmp_path: Path) -> None:
    config = configured(tmp_path)
    ended = imported(config, workbook_of(HEADER, (*COUNTY, "reports", "/nb/")))
    assert (ended.returncode, columns(config)) == (0, ["county/reports"])
    assert ended.stdout.splitlines()[:2] == ["+ county", "+ county/reports"]
    assert not (tmp_path / "sites.csv.bak").exists()


def test_import_shows_what_changes_and_keeps_the_way_back(tmp_path: Path) -> None:
    config = configured(tmp_path, OLD)
    new = csv_of(HEADER, (*COUNTY, "reports", "/zfxxgk/nb/"), (*TOWN, "reports", "/nb/"))
    ended = imported(config, new)
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[:4] == [
        "+ town",
        "+ town/reports",
        "~ county/reports (url)",
        "- county/older",
    ]
    assert columns(config) == ["county/reports", "town/reports"]
    assert (tmp_path / "sites.csv.bak").read_bytes() == OLD
    assert "没有变化" in imported(config, new).stdout


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    config = configured(tmp_path, OLD)
    ended = imported(config, csv_of(HEADER, (*TOWN, "reports", "/nb/")), "--dry-run")
    assert ended.returncode == 0
    assert "- county/older" in ended.stdout
    assert (tmp_path / "sites.csv").read_bytes() == OLD


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("town", "", "https://www.b.gov.cn/", "reports", "/nb/"), "new.csv 第 2 行"),
        ((*TOWN[:2], "www.b.gov.cn", "reports", "/nb/"), "new.csv 第 2 行"),
        ((*TOWN, "reports", ""), "new.csv 第 2 行"),
    ],
)
def test_one_fault_and_nothing_is_taken(tmp_path: Path, row: tuple[str, ...], said: str) -> None:
    config = configured(tmp_path, OLD)
    ended = imported(config, csv_of(HEADER, row))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert (tmp_path / "sites.csv").read_bytes() == OLD


def test_column_that_an_agency_publishes_in_cannot_be_left_out(tmp_path: Path) -> None:
    own = (
        '[[agencies]]\nkey = "cz"\nname = "甲县财政局"\nkind = "department"\n'
        'columns = ["county/older"]\n'
    )
    config = configured(tmp_path, OLD, own)
    ended = imported(config, csv_of(HEADER, (*COUNTY, "reports", "/nb/")))
    assert ended.returncode == 2
    assert "county/older" in ended.stderr
    assert (tmp_path / "sites.csv").read_bytes() == OLD


def test_file_that_lacks_most_columns_is_asked_about(tmp_path: Path) -> None:
    rows = [(*COUNTY, f"c{number}", f"/{number}/") for number in range(12)]
    config = configured(tmp_path, csv_of(HEADER, *rows))
    ended = imported(config, csv_of(HEADER, *rows[:4]))
    assert ended.returncode == 2
    assert "现有 12 个栏目中有 8 个不再列出" in ended.stderr
    assert imported(config, csv_of(HEADER, *rows[:4]), "--force").returncode == 0
    assert len(columns(config)) == 4


def test_configuration_without_a_file_says_what_to_add(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")
    ended = imported(config, OLD)
    assert ended.returncode == 2
    assert 'sites_file = "sites.csv"' in ended.stderr


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_export_reads_back_as_the_same_sites(tmp_path: Path, name: str) -> None:
    config = configured(tmp_path, csv_of(EVERY, FULL))
    before = load(config).sites
    (site,) = before
    assert (site.hours, site.cadence_hours, site.hosts) == (
        (time(22), time(6)),
        12,
        ("zfxxgk.a.gov.cn", "b.a.gov.cn:8080"),
    )
    assert command(config, "export", "--output", str(tmp_path / name)).returncode == 0
    ended = command(config, "import", str(tmp_path / name))
    assert "没有变化" in ended.stdout
    assert load(config).sites == before


def test_export_to_the_terminal_names_its_columns_in_the_language(tmp_path: Path) -> None:
    ended = command(configured(tmp_path, OLD), "export")
    assert ended.stdout.splitlines()[0].lstrip("\ufeff").startswith("网站简称,网站名称,首页")


@pytest.mark.parametrize(("left", "is_doubtful"), [(76, False), (74, True), (60, True)])
def test_doubt_is_of_columns_and_not_of_the_sites_that_have_one_each(
    tmp_path: Path, left: int, is_doubtful: bool
) -> None:
    rows = [(f"s{n}", f"{n}县", f"https://s{n}.gov.cn/", "reports", "/nb/") for n in range(100)]
    config = configured(tmp_path, csv_of(HEADER, *rows))
    ended = imported(config, csv_of(HEADER, *rows[:left]))
    assert ("不再列出，将不再查看" in ended.stderr) is is_doubtful


def test_file_with_a_header_alone_clears_nothing(tmp_path: Path) -> None:
    ended = imported(configured(tmp_path, OLD), csv_of(HEADER), "--force")
    assert ended.returncode == 2
    assert "只有表头" in ended.stderr
    assert (tmp_path / "sites.csv").read_bytes() == OLD


def test_export_leaves_out_what_the_configuration_lists_itself(tmp_path: Path) -> None:
    own = (
        '[[sites]]\nkey = "own"\nname = "丙"\nbase_url = "https://c.gov.cn/"\n'
        '[[sites.columns]]\nkey = "nb"\nurl = "/nb/"\n'
    )
    config = configured(tmp_path, OLD, own)
    ended = command(config, "export", "--output", str(tmp_path / "out.csv"))
    assert "1 项不在其中" in ended.stderr
    again = command(config, "import", str(tmp_path / "out.csv"))
    assert again.returncode == 0
    assert columns(config) == ["own/nb", "county/reports", "county/older"]
