"""What ``check`` shows a person: the part of the table, the cell in question, one verdict at the end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.check import Checked
from monitor.check_formats.columns import broken, cut, left, printable, right, width
from monitor.check_formats.telling import findings_of
from monitor.check_formats.terminal import Terminal
from monitor.check_formats.text import text_lines
from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.cells import CELL_LABELS
from reports.findings import Severity
from reports.model import AnnualReport, Cell, Quality, TableName
from reports.rules.registry import assess
from reports.words import Language
from tests.builders import (
    AGENCY,
    a_report,
    with_cell,
    with_cells,
    with_quality,
    with_raw,
    without_cells,
)

LINES_OF_A_FINDING = 14


def _lines(
    report: AnnualReport,
    columns: int | None = None,
    *,
    case: Case | None = None,
    language: Language = "zh",
    coloured: bool = False,
) -> list[str]:
    checked = Checked("年报.docx", "text/html", report, assess(report, case or Case()), None)
    return list(text_lines(checked, language, Terminal(columns, coloured)))


def _shown(report: AnnualReport, code: str, columns: int | None = None) -> list[str]:
    """Return the lines of the first finding of a rule."""
    lines = _lines(report, columns)
    first = next(n for n, line in enumerate(lines) if f". {code} " in line)
    last = next(n for n, line in enumerate(lines[first:], first) if "依据：" in line)
    return lines[first : last + 1]


def test_a_wrong_total_stands_in_its_row_with_what_it_should_be() -> None:
    shown = _shown(with_cell(a_report(), "requests.new.total", 61), "B04")
    (row,) = [line for line in shown if "> 一、本年新收" in line]
    assert row.split()[2:] == ["40*", "9*", "1*", "2*", "5*", "3*", "[61≠60]"]
    assert any("法律服务机构" in line and "总计" in line for line in shown)
    assert any("应为 60，实为 61" in line for line in shown)
    assert any("怎样改正：" in line for line in shown)


def test_the_neighbours_of_a_row_stand_beside_it_unmarked() -> None:
    shown = _shown(with_cell(a_report(), "requests.granted.total", 27), "B04")
    before = next(line for line in shown if "上年结转" in line)
    after = next(line for line in shown if "部分公开" in line)
    assert not {"*", "[", ">"} & set(before + after)


def test_cells_of_which_none_is_the_wrong_one_are_all_in_question() -> None:
    shown = _shown(with_cell(a_report(), "requests.new.natural_person", 41), "B01")
    rows = [line for line in shown if line.lstrip().startswith(">")]
    assert len(rows) == 4
    assert all("[" in row for row in rows)
    assert not any("≠" in row for row in rows)


def test_a_figure_that_only_equals_the_sum_is_not_called_wrong() -> None:
    # New = 44 equals what the other side adds up to: 44 is nothing that somebody should change to 48.
    figures = {"new": 44, "carried_in": 4, "handled_total": 40, "carried_out": 4}
    report = a_report()
    for row, figure in figures.items():
        report = with_cell(report, f"requests.{row}.natural_person", figure)
    shown = _shown(report, "B01")
    assert not any("≠" in line for line in shown)


def test_a_total_of_0_among_zeros_is_still_the_one_in_question() -> None:
    shown = _shown(with_cell(a_report(), "requests.refused.state_secret.natural_person", 7), "B04")
    (row,) = [line for line in shown if line.lstrip().startswith(">")]
    assert row.rstrip().endswith("[0≠7]")
    assert row.count("[") == 1


def test_a_long_column_shows_figures_and_counts_the_rest() -> None:
    shown = _shown(with_cell(a_report(), "requests.handled_total.total", 60), "B03", 80)
    assert any("[60≠" in line for line in shown)
    assert any("行为 0，未列出" in line or "行均为 0" in line for line in shown)


def test_amounts_are_shown_as_printed() -> None:
    report = with_cell(a_report(), "normative_documents.made", 500)
    shown = "\n".join(_shown(report, "A06"))
    assert "行政规范性文件" in shown
    assert "000000" not in shown


def test_what_is_no_figure_is_not_shown_as_0() -> None:
    report = with_cell(a_report(), "requests.new.total", 61)
    report = with_raw(report, "/", "requests.carried_in.total")
    shown = "\n".join(_lines(report))
    row = next(line for line in shown.splitlines() if "二、上年结转" in line and "…" not in line)
    assert row.rstrip().endswith("/")


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize("faults", [1, 5, 30])
def test_every_line_fits_the_terminal_and_no_finding_is_long(columns: int, faults: int) -> None:
    keys = [key for key in CELL_LABELS if key.startswith("requests.") and "other.other" not in key]
    report = a_report()
    for key in [key for key in keys if key in report.tables[TableName.REQUESTS].cells][:faults]:
        report = with_cell(report, key, 777)
    lines = _lines(report, columns)
    assert [line for line in lines if width(line) > columns] == []
    starts = [n for n, line in enumerate(lines) if line.lstrip().partition(".")[0].isdecimal()]
    starts = [n for n in starts if lines[n].startswith("  ") and not lines[n].startswith("     ")]
    lengths = [after - before for before, after in zip(starts, starts[1:], strict=False)]
    assert all(length <= LINES_OF_A_FINDING + (columns < 60) * 6 for length in lengths), lengths


def test_columns_stand_under_their_heads() -> None:
    shown = _shown(with_cell(a_report(), "review.total", 8), "C01", 80)
    head, row = (line for line in shown if "第四表  " in line or "> 行政复议" in line)
    assert width(head.rstrip()) - width(row.rstrip()) in {0, -1, 1}


def test_findings_stand_by_severity_and_one_verdict_ends_them() -> None:
    report = with_cell(with_cell(a_report(), "review.total", 8), "normative_documents.made", 500)
    lines = _lines(report)
    groups = [line for line in lines if " 处：" in line and not line.startswith("结论")]
    order = [group.split()[0] for group in groups]
    assert order == sorted(order, key=["错误", "提醒", "提示"].index)
    assert [line for line in lines if line.startswith("结论：")] == lines[-1:]
    assert "错误 1 处" in lines[-1]
    assert "重新运行" in lines[-1]


def test_a_faultless_report_says_so_in_one_line() -> None:
    lines = _lines(a_report())
    assert lines[0].startswith("年报.docx：一致，未发现问题")
    assert len(lines) == 2  # the second: which options would let more rules judge


def test_what_nobody_told_is_summed_up_in_one_line_that_names_the_options() -> None:
    (line,) = [line for line in _lines(a_report()) if "没有核对" in line]
    assert all(option in line for option in ("--agency", "--previous", "--year"))


@pytest.mark.parametrize(
    ("case", "option"),
    [
        (Case(identity=Identity("a", AGENCY, AgencyKind.DEPARTMENT)), "--agency"),
        (Case(year=2025), "--year"),
        (Case(previous=a_report(2024)), "--previous"),
    ],
)
def test_an_option_that_was_given_is_not_asked_for_again(case: Case, option: str) -> None:
    (line,) = [line for line in _lines(a_report(), case=case) if "没有核对" in line]
    assert option not in line


def test_what_our_copy_lacks_is_told_and_makes_the_verdict_incomplete() -> None:
    lines = _lines(without_cells(a_report(), "requests.new.total"))
    assert any("没有数值" in line for line in lines)
    assert lines[-1].startswith("结论：不完整")


def test_a_table_that_was_not_read_shows_no_part_of_it() -> None:
    report = with_quality(a_report(), TableName.REQUESTS, Quality.ABSENT)
    assert not any(line.lstrip().startswith("> ") for line in _lines(report))


def test_colour_only_where_it_is_wanted() -> None:
    report = with_cell(a_report(), "review.total", 8)
    plain = _lines(report, 80)
    painted = _lines(report, 80, coloured=True)
    assert not any("\x1b" in line for line in plain)
    assert any("\x1b[31;1;7m[8≠9]\x1b[0m" in line for line in painted)
    bare = [line.replace("\x1b[0m", "") for line in painted]
    for paint in ("31;1;7", "31;1", "33;1", "36;1", "1"):
        bare = [line.replace(f"\x1b[{paint}m", "") for line in bare]
    assert bare == plain


def test_a_document_cannot_colour_or_turn_our_lines() -> None:
    evil = "\x1b[2J\x07红\u202e头\r\n结论：一致"
    report = a_report(title=evil, agency=evil)
    report = with_cells(report, [Cell("review.total", raw=evil)])
    for line in _lines(report, 80):
        assert not {"\x1b", "\x07", "\r", "\n", "\u202e"} & set(line)
        assert not line.startswith("结论：一致")


def test_english_says_the_same() -> None:
    lines = _lines(with_cell(a_report(), "review.total", 8), language="en")
    assert lines[-1].startswith("Verdict: inconsistent")
    assert any("How to correct:" in line for line in lines)
    assert any("[8≠9]" in line for line in lines)


def test_every_finding_says_how_to_correct_it_and_why() -> None:
    report = with_cell(with_cell(a_report(), "review.total", 8), "fees.amount", Decimal(0))
    lines = _lines(report)
    checked = Checked("x", None, report, assess(report, Case()), None)
    assert len([line for line in lines if "怎样改正：" in line]) == len(findings_of(checked))
    assert {f.severity for f in findings_of(checked)} >= {Severity.ERROR}


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("年度", 4), ("a年", 3), ("e\u0301", 1), ("\u200b", 0), ("（）", 4)],
)
def test_width_counts_columns_of_the_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


def test_texts_are_cut_and_filled_by_columns() -> None:
    assert cut("政府信息公开", 7) == "政府…"
    assert cut("政府", 4) == "政府"
    assert left("政府", 6) == "政府  "
    assert right("政府", 6) == "  政府"


def test_long_text_is_broken_without_starting_a_line_with_punctuation() -> None:
    lines = list(broken("第三表 自然人列：新收，上年结转。" * 6, 21, "1. ", "   "))
    assert all(width(line) <= 23 for line in lines)
    assert not any(line.strip()[0] in "，。：" for line in lines)
    assert "".join(line.strip() for line in lines).replace(" ", "").startswith("1.第三表自然人列")


def test_text_for_a_pipe_is_not_broken() -> None:
    assert list(broken("年" * 500, None, "- ")) == ["- " + "年" * 500]


def test_hostile_text_is_printed_in_linear_time() -> None:
    text = "\x1b[31m年a，" * 10_000
    assert "\x1b" not in "".join(broken(printable(text), 40))
