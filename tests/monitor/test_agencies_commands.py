"""``nianshao agencies``: taken over whole or not at all, with what changes and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from monitor.config import load
from tests.deployment import Deployment, Ended
from tests.register_files import HEADER, configured, csv_of, workbook_of

OLD = csv_of(
    HEADER, ("cz", "甲县财政局", "部门"), ("jy", "甲县教育局", "部门"), ("sj", "甲县审计局", "部门")
)
CODE = "91350100M000100Y43"


def command(config: Path, *words: str) -> Ended:
    return Deployment.opened(config).command("agencies", *words)


def imported(config: Path, content: bytes, *options: str) -> Ended:
    path = config.parent / "new.csv"
    path.write_bytes(content)
    return command(config, "import", str(path), *options)


def keys(config: Path) -> list[str]:
    return [agency.key for agency in load(config).agencies]


def test_a_first_import_makes_the_register(tmp_path: Path) -> None:
    config = configured(tmp_path)
    ended = imported(config, workbook_of(HEADER, ("cz", "甲县财政局", "部门")))
    assert (ended.returncode, keys(config)) == (0, ["cz"])
    assert not (tmp_path / "agencies.csv.bak").exists()


def test_an_import_shows_what_changes_and_keeps_the_way_back(tmp_path: Path) -> None:
    config = configured(tmp_path, OLD)
    new = csv_of(
        (*HEADER, "region"),
        ("cz", "甲县财政局", "部门", "410311"),
        ("jy", "甲县教育体育局", "部门", ""),
        ("kj", "甲县科技局", "部门", ""),
    )
    ended = imported(config, new)
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[:4] == [
        "+ kj 甲县科技局",
        "→ jy 甲县教育局 → 甲县教育体育局",
        "~ cz 甲县财政局 (region)",
        "- sj 甲县审计局",
    ]
    assert "former_names" in ended.stderr
    assert keys(config) == ["cz", "jy", "kj"]
    assert (tmp_path / "agencies.csv.bak").read_bytes() == OLD
    again = imported(config, new)
    assert "没有变化" in again.stdout
    assert (tmp_path / "agencies.csv.bak").read_bytes() == OLD


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    config = configured(tmp_path, OLD)
    ended = imported(config, csv_of(HEADER, ("cz", "甲县财政局", "部门")), "--dry-run")
    assert ended.returncode == 0
    assert "- jy 甲县教育局" in ended.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"agencies.csv", "config.toml", "new.csv"}
    assert (tmp_path / "agencies.csv").read_bytes() == OLD


def test_one_fault_and_nothing_is_taken(tmp_path: Path) -> None:
    config = configured(tmp_path, OLD)
    ended = imported(config, csv_of(HEADER, ("cz", "甲县财政局", "部门"), ("jy", "", "部门")))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "new.csv 第 3 行" in ended.stderr
    assert (tmp_path / "agencies.csv").read_bytes() == OLD


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        (("a", "甲局", "部门", ""), ("b", "甲局", "部门", ""), "a（甲局）与新增的 b"),
        (("a", "甲局", "部门", CODE), ("b", "乙局", "部门", CODE), "a（甲局）与新增的 b"),
        (("a", "甲局", "部门", CODE), ("b", "甲局", "部门", ""), "a（甲局）与新增的 b"),
        (("a", "甲局", "部门", CODE), ("b", "甲局", "部门", "11410311005424617N"), None),
        (("a", "甲局", "部门", ""), ("b", "乙局", "部门", ""), None),
    ],
)
def test_another_key_for_the_same_body_is_asked_about(
    tmp_path: Path, before: tuple[str, ...], after: tuple[str, ...], named: str | None
) -> None:
    header = (*HEADER, "credit_code")
    config = configured(tmp_path, csv_of(header, before))
    ended = imported(config, csv_of(header, after))
    if named is None:
        assert (ended.returncode, keys(config)) == (0, ["b"])
        return
    assert named in ended.stderr
    assert (ended.returncode, keys(config)) == (2, ["a"])
    assert imported(config, csv_of(header, after), "--force").returncode == 0
    assert keys(config) == ["b"]


def test_a_file_that_lacks_most_of_the_register_is_asked_about(tmp_path: Path) -> None:
    rows = [(f"a{n}", f"甲县{n}局", "部门") for n in range(12)]
    config = configured(tmp_path, csv_of(HEADER, *rows))
    ended = imported(config, csv_of(HEADER, *rows[:4]))
    assert ended.returncode == 2
    assert "12 家单位有 8 家不再列出" in ended.stderr


def test_a_register_that_is_broken_can_be_replaced(tmp_path: Path) -> None:
    config = configured(tmp_path, b"\xd0\xcf\x11\xe0")
    ended = imported(config, OLD)
    assert ended.returncode == 0
    assert "无法读取，不能比较" in ended.stdout
    assert keys(config) == ["cz", "jy", "sj"]


def test_a_configuration_without_a_file_says_what_to_add(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")
    ended = imported(config, OLD)
    assert ended.returncode == 2
    assert 'agencies_file = "agencies.csv"' in ended.stderr


def test_what_the_configuration_lists_itself_is_not_listed_twice(tmp_path: Path) -> None:
    own = '[[agencies]]\nkey = "cz"\nname = "甲县财政局"\nkind = "department"\n'
    ended = imported(configured(tmp_path, more=own), OLD)
    assert ended.returncode == 2
    assert "new.csv 第 2 行 单位 cz 与[[agencies]] 单位 cz 简称重复" in ended.stderr


def test_an_export_is_a_file_to_edit(tmp_path: Path) -> None:
    config = configured(tmp_path, OLD)
    ended = command(config, "export", "--output", str(tmp_path / "out.xlsx"))
    assert ended.returncode == 0
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx").active.values)
    assert rows[0][:3] == ("简称", "单位名称", "类型")
    assert rows[1][:3] == ("cz", "甲县财政局", "部门")
    assert command(config, "export", "--output", str(tmp_path / "no" / "x.csv")).returncode == 2


def test_the_list_says_what_is_owed_when_and_why_not(tmp_path: Path) -> None:
    regions = '[[deadlines.regions]]\nregion = "41*"\ndepartment = "02-20"\nbasis = "文号"\n'
    header = (*HEADER, "region", "duty", "since", "successor")
    rows = (
        ("cz", "甲县财政局", "部门", "410311", "", "", ""),
        ("fp", "甲县扶贫办", "部门", "410311", "并入", "2025-06-30", "cz"),
        ("nn", "南宁市财政局", "部门", "450100", "", "", ""),
    )
    config = configured(tmp_path, csv_of(header, *rows), regions)
    ended = command(config, "list", "--year", "2025", "--json")
    listed = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [
        (row["key"], row["owed"], row["due_at"][:10], row["extended_by"]) for row in listed
    ] == [
        ("cz", True, "2026-02-21", "文号"),
        ("fp", False, "2026-02-21", "文号"),
        ("nn", True, "2026-02-01", None),
    ]
    assert "并入甲县财政局" in listed[1]["because"]
    only = command(config, "list", "--region", "45*", "--at", "2026-01-01").stdout
    assert only.splitlines() == ["nn                   南宁市财政局  部门 450100  ≤ 2026-01-31"]
    earlier = command(config, "list", "--year", "2024", "--region", "410311").stdout
    assert "≤ 2025-02-20" in earlier.splitlines()[1]


def test_the_configuration_check_sums_the_register_up(tmp_path: Path) -> None:
    regions = '[[deadlines.regions]]\nregion = "41*"\nlocal = "01-20"\nbasis = "文号"\n'
    config = configured(tmp_path, OLD, regions)
    told = Deployment.opened(config).command("config", "check").stdout
    assert "应公布 3" in told
    assert "部门 3" in told
    assert "没有配置栏目的单位 3 家" in told
    assert "41*：内部期限 01-20（文号）" in told


def test_an_export_that_is_printed_is_the_file_itself(tmp_path: Path) -> None:
    config = configured(tmp_path, OLD)
    printed = command(config, "export").stdout
    assert printed.startswith("\ufeff简称,单位名称")
    assert "没有变化" in imported(config, printed.encode()).stdout
    assert command(config, "export", "--format", "xlsx").returncode == 2


def test_a_full_disk_or_a_closed_folder_leaves_the_register(tmp_path: Path) -> None:
    config = configured(tmp_path, OLD)
    (tmp_path / "agencies.csv.bak").mkdir()
    ended = imported(config, csv_of(HEADER, ("cz", "甲县财政局", "部门"), ("jy", "新名", "部门")))
    assert ended.returncode == 2
    assert "名录没有改变" in ended.stderr
    assert (tmp_path / "agencies.csv").read_bytes() == OLD
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("tmp")]


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ('region = "4103x"\nlocal = "01-20"\nbasis = "b"', "deadlines.regions[0].region"),
        ('region = "4103*"\nlocal = "01-20"', "deadlines.regions[0].basis"),
        ('region = "4103*"\nlocal = "1-20"\nbasis = "b"', "deadlines.regions[0].local"),
        ('region = "4103*"\nbasis = "b"', "deadlines.regions[0]"),
        (
            'region = "41*"\nlocal = "01-20"\nbasis = "b"\n[[deadlines.regions]]\nregion = "41*"\n'
            'local = "01-21"\nbasis = "c"',
            "deadlines.regions[1].region",
        ),
    ],
)
def test_a_regional_day_at_fault_is_named_by_its_key(
    tmp_path: Path, table: str, named: str
) -> None:
    config = configured(tmp_path, OLD, f"[[deadlines.regions]]\n{table}\n")
    ended = Deployment.opened(config).command("config", "check")
    assert ended.returncode == 2
    assert named in ended.stderr
