"""Every form that a report takes, through the command and through the service, to the exact cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from db.session import reading
from db.tables import ReportVersion
from monitor.cli import app
from reports.codec import from_store
from reports.documents.formats import FORMATS
from tests.deployment import Agency, Deployment
from tests.drawing.everything import locked_pdf, readable, two_reports, unreadable
from tests.drawing.ofd import as_ofd
from tests.drawing.office_files import as_full_docx, as_xlsx, converted
from tests.drawing.pdf import as_pdf
from tests.figures import assert_reads_back, balanced
from tests.listed_site import ListedSite
from tests.rendering import TITLE, zipped

ROOT = Path(__file__).parents[1]
FIGURES = balanced([12, 0, 345, 6, 89, 0, 1024, 3, 17, 0, 0, 1, 1, 10, 8, 66])
SHOWN = date(2026, 1, 20)
_PLACES = ("财政", "教育", "民政", "卫生", "统计")
ALL_READ = "主动公开 10/10，依申请公开 175/175，复议诉讼 15/15"


def _folder(files: Mapping[str, bytes], folder: Path) -> list[str]:
    for name, body in files.items():
        (folder / name).write_bytes(body)
    return [str(folder / name) for name in files]


def _check(*words: str) -> tuple[int, str]:
    ended = CliRunner().invoke(app, ["check", *words])
    return ended.exit_code, ended.stdout


def _rows(names: list[str]) -> tuple[int, list[dict[str, Any]]]:
    code, printed = _check(*names, "--format", "json")
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [row["source"] for row in rows] == names
    return code, rows


def _cells(report: Mapping[str, Any]) -> dict[str, Any]:
    tables = report["tables"]
    requests = {
        f"requests.{row}.{column}": value
        for row, cells in tables["requests"].items()
        for column, value in cells.items()
    }
    return {**tables["proactive"], **requests, **tables["disputes"]}


def _read_exactly(names: list[str]) -> None:
    code, rows = _rows(names)
    assert code == 0
    drawn = {key: int(raw) for key, raw in FIGURES.items()}
    assert {row["source"]: _cells(row["report"]) for row in rows} == dict.fromkeys(names, drawn)
    assert {row["verdict"] for row in rows} == {"consistent"}
    assert [row["report"]["nulls"] for row in rows] == [{}] * len(rows)
    assert {(row["report"]["title"], row["report"]["year"]) for row in rows} == {(TITLE, 2025)}


def test_one_command_reads_every_form_to_the_exact_cell(tmp_path: Path) -> None:
    names = _folder(readable(FIGURES), tmp_path)
    _read_exactly(names)
    code, printed = _check(*names)
    assert (code, printed.count(ALL_READ)) == (0, len(names))


@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice makes these files")
def test_old_office_files_are_read_to_the_exact_cell(tmp_path: Path) -> None:
    kinds = {"doc": as_full_docx(FIGURES), "xls": as_xlsx(FIGURES)}
    files: dict[str, bytes] = {}
    for to, source in kinds.items():
        (tmp_path / to).mkdir()
        files[f"report.{to}"] = converted([source], f"{to}x", to, tmp_path / to)[0]
    files["report.wps"] = files["report.doc"]
    _read_exactly(_folder(files, tmp_path))


def test_of_two_reports_on_a_page_the_one_that_was_not_read_is_named(tmp_path: Path) -> None:
    (name,) = _folder({"two.html": two_reports(FIGURES)}, tmp_path)
    _read_exactly([name])
    _, printed = _check(name)
    assert f"未读取“{TITLE.replace('2025', '2024')}”" in printed


def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path) -> None:
    files = unreadable(FIGURES)
    code, rows = _rows(_folder({name: body for name, (body, _) in files.items()}, tmp_path))
    assert code == 2
    assert not any(row["readable"] for row in rows)
    reasons = {Path(row["source"]).name: row["reason"] for row in rows}
    missing = {
        name: reasons[name] for name, (_, word) in files.items() if word not in reasons[name]
    }
    assert missing == {}
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    assert {row["code"] for row in rows if f"`{row['code']}`" not in page} == set()


def test_the_page_on_reading_tells_of_every_format_and_of_no_other() -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    table = page.partition("## 格式 Formats")[2].partition("\n## ")[0]
    lines = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    told = {cells[1].strip(" `"): cells[2] for cells in lines}
    assert list(told) == ["HTML", "text", *(known.name for known in FORMATS)]
    refused = {known.name for known in FORMATS if known.module is None}
    silent = {name for name in refused if "不读 not read" not in told[name]}
    boasted = {name for name, how in told.items() if "不读 not read" in how} - refused
    # These have a module that only says which of their kind they are before it refuses them.
    assert (silent, boasted) == (set(), {"OLE file", "ICO image"})


@pytest.mark.service
def test_the_service_reads_a_column_that_lists_files(tmp_path: Path) -> None:
    files = {
        "pdf": as_pdf(FIGURES),
        "docx": as_full_docx(FIGURES),
        "xlsx": as_xlsx(FIGURES),
        "ofd": as_ofd(FIGURES),
        "zip": zipped({"年报/报告.docx": as_full_docx(FIGURES)}),
    }
    # All files are copies of one report: its body is each agency's other name.
    drawn = 'aliases = ["青禾县水磨镇人民政府"]'
    agencies = tuple(
        Agency(kind, f"甲县{place}局", extra=drawn)
        for kind, place in zip(files, _PLACES, strict=True)
    )
    attached = Agency("attached", "甲县水利局", extra=drawn)
    locked, double = Agency("locked", "甲县林业局"), Agency("double", "甲县体育局", extra=drawn)
    everyone = (*agencies, attached, double, locked)
    with ListedSite() as site:
        for agency, (kind, body) in zip(agencies, files.items(), strict=True):
            _publish(site, agency, f"/files/P0{len(site.list)}.{kind}", body)
        _publish(site, locked, "/files/P09.pdf", locked_pdf())
        _publish(site, double, "/nb/t11.html", two_reports(FIGURES))
        site.add(_title(attached), "/nb/t10.html", SHOWN)
        site.offer("/nb/t10.html", _title(attached), SHOWN, "/files/P10.pdf")
        site.pages["/files/P10.pdf"] = files["pdf"]
        house = Deployment(tmp_path, {"site": site.column_url}, everyone)
        house.once("2026-02-04T09:00")
    read = _versions(house)
    for agency in everyone[:-1]:
        assert read[agency.key].report is not None, read[agency.key].unreadable_zh
        assert_reads_back(FIGURES, from_store(read[agency.key].report))
    assert set(house.statuses().values()) == {"on_time"}
    assert "加密" in (read["locked"].unreadable_zh or "")
    assert "report.unreadable" in house.kinds("locked")
    assert all("report.published" in house.kinds(agency.key) for agency in everyone)
    told = {event["agency"]: event["data"]["remarks"] for event in house.events()}
    assert {agency for agency, remarks in told.items() if remarks} == {"double"}
    assert "2 份报告" in told["double"][0]["zh"]


@pytest.mark.service
def test_a_page_that_only_offers_a_file_is_read_through_it(tmp_path: Path) -> None:
    with ListedSite() as site:
        site.pages |= {"/r.pdf": as_pdf(FIGURES), "/l.pdf": locked_pdf()}
        site.offer("/attached.html", TITLE, SHOWN, "/r.pdf")
        site.offer("/locked.html", TITLE, SHOWN, "/l.pdf")
        house = Deployment(tmp_path, {"site": site.column_url}, ())
        names = [f"{site.base_url}/{n}" for n in ("attached.html", "locked.html", "no.pdf")]
        ended = house.command("check", *names, "--format", "json")
    attached, locked, gone = (json.loads(line) for line in ended.stdout.splitlines())
    assert (ended.returncode, ended.stderr) == (2, "")
    assert _cells(attached["report"]) == {key: int(raw) for key, raw in FIGURES.items()}
    assert "附件" in attached["report"]["remarks"][0]
    assert "加密" in locked["reason"]
    assert (gone["code"], "HTTP 404" in gone["reason"]) == ("not_opened", True)


def _title(agency: Agency) -> str:
    return f"{agency.name}2025年政府信息公开工作年度报告"


def _publish(site: ListedSite, agency: Agency, path: str, body: bytes) -> None:
    site.add(_title(agency), path, SHOWN)
    site.pages[path] = body


def _versions(house: Deployment) -> dict[str, ReportVersion]:
    with reading(house.house.engine) as session:
        return {version.agency_key: version for version in session.exec(select(ReportVersion))}
