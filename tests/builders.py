"""Builders of reports: a complete, balanced, non-trivial report, and small changes to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reports.agencies import AgencyKind, Identity
from reports.cells import (
    DISPUTE_BLOCKS,
    DISPUTE_RESULTS,
    PROACTIVE_2019,
    PROACTIVE_2021,
    REQUEST_COLUMNS,
    REQUEST_ROWS_2019,
    REQUEST_ROWS_2021,
    SECTION_HEADINGS,
    dispute_key,
    request_key,
)
from reports.forms.catalogue import FORM_2019, FORM_2021
from reports.forms.form import Form
from reports.model import (
    AnnualReport,
    Cell,
    FeeKind,
    FeeStatement,
    Quality,
    Section,
    Table,
    TableName,
    Value,
)

AGENCY = "青禾区水务局"
IDENTITY = Identity("shuiwu", AGENCY, AgencyKind.DEPARTMENT, ("区水务局",))
TOPICS = "主动公开、依申请公开、政府信息管理、公开平台建设和监督保障工作依法开展。"
PROBLEMS = (
    "存在问题：政策解读的形式较为单一，公开内容更新不够及时。"
    "改进情况：加强业务培训，完善公开目录，逐件复盘被纠正的案件，提高答复的质量。"
)
FEE_SENTENCE = "本机关本年度未收取政府信息公开信息处理费。"

_APPLICANTS = tuple(label.key for label in REQUEST_COLUMNS[:-1])

# Row -> the six applicant columns; rows that are not named are 0, the rest is computed.
_RECEIVED = {"new": (40, 9, 1, 2, 5, 3), "carried_in": (4, 1, 0, 0, 2, 1)}
_RESULTS = {
    "granted": (17, 4, 1, 1, 2, 1),
    "partly_granted": (6, 2, 0, 0, 1, 0),
    "refused.third_party_rights": (2, 1, 0, 0, 0, 0),
    "refused.internal_affairs": (1, 0, 0, 1, 0, 0),
    "refused.enforcement_files": (3, 0, 0, 0, 1, 0),
    "unavailable.not_held": (5, 1, 0, 0, 1, 1),
    "unprocessed.petition": (2, 0, 0, 0, 0, 0),
    "unprocessed.repeated": (1, 0, 0, 0, 0, 1),
    "other.no_correction": (2, 0, 0, 0, 0, 0),
    "other.other": (1, 1, 0, 0, 1, 0),
}
_DISPUTES = {
    "review": (5, 2, 1, 1),
    "litigation_direct": (1, 0, 1, 0),
    "litigation_after_review": (2, 1, 0, 1),
}


def request_figures(form: Form = FORM_2021) -> dict[str, Value]:
    """Return a balanced table 3 by full key."""
    rows = dict(_RECEIVED) | dict(_RESULTS)
    if form is FORM_2019:
        single = [rows.pop(name) for name in ("other.no_correction", "other.other")]
        rows["other"] = tuple(map(sum, zip(*single, strict=True)))  # type: ignore[assignment]
    results = [figures for name, figures in rows.items() if name not in _RECEIVED]
    handled = tuple(map(sum, zip(*results, strict=True)))
    received = tuple(map(sum, zip(*_RECEIVED.values(), strict=True)))
    full: dict[str, tuple[int, ...]] = dict(rows)
    full["handled_total"] = handled
    full["carried_out"] = tuple(r - h for r, h in zip(received, handled, strict=True))
    labels = REQUEST_ROWS_2019 if form is FORM_2019 else REQUEST_ROWS_2021
    found: dict[str, Value] = {}
    for label in labels:
        figures = full.get(label.key, (0,) * len(_APPLICANTS))
        for column, figure in zip(_APPLICANTS, figures, strict=True):
            found[request_key(label.key, column)] = figure
        found[request_key(label.key, "total")] = sum(figures)
    return found


def dispute_figures() -> dict[str, Value]:
    """Return a balanced table 4 by full key."""
    found: dict[str, Value] = {}
    for block in DISPUTE_BLOCKS:
        figures = (*_DISPUTES[block.key], sum(_DISPUTES[block.key]))
        for result, figure in zip(DISPUTE_RESULTS, figures, strict=True):
            found[dispute_key(block.key, result.key)] = figure
    return found


def proactive_figures(form: Form = FORM_2021) -> dict[str, Value]:
    """Return a table 2 in which every figure is another one."""
    labels = PROACTIVE_2019 if form is FORM_2019 else PROACTIVE_2021
    found: dict[str, Value] = {label.key: 3 * n for n, label in enumerate(labels)}
    if "fees.amount" in found:
        found["fees.amount"] = Decimal("12.34")
    return found


def a_table(name: TableName, figures: Mapping[str, Value]) -> Table:
    """Return a complete table with these figures, printed as they are."""
    cells = {key: Cell(key, raw=str(value), value=value) for key, value in figures.items()}
    return Table(name, Quality.COMPLETE, cells)


def a_report(year: int = 2025, form: Form | None = None, **changes: Any) -> AnnualReport:
    """Return a complete report whose figures balance and whose text contradicts nothing."""
    form = form or (FORM_2021 if year >= 2021 else FORM_2019)
    texts = (
        f"统计期限为{year}年1月1日至12月31日。{TOPICS}",
        "",
        "",
        "",
        PROBLEMS,
        FEE_SENTENCE,
    )
    numbered = enumerate(zip(SECTION_HEADINGS, texts, strict=True), 1)
    report = AnnualReport(
        title=f"{AGENCY}{year}年政府信息公开工作年度报告",
        agency=AGENCY,
        year=year,
        form=form,
        sections=tuple(Section(number, heading, text) for number, (heading, text) in numbered),
        tables={
            TableName.PROACTIVE: a_table(TableName.PROACTIVE, proactive_figures(form)),
            TableName.REQUESTS: a_table(TableName.REQUESTS, request_figures(form)),
            TableName.DISPUTES: a_table(TableName.DISPUTES, dispute_figures()),
        },
        fee_statement=FeeStatement(FeeKind.NONE_COLLECTED, quote=FEE_SENTENCE),
        years_in_title=(year,),
    )
    return replace(report, **changes)


def with_cells(report: AnnualReport, cells: Iterable[Cell]) -> AnnualReport:
    """Replace whole cells, in the tables that hold them."""
    changed = {cell.key: cell for cell in cells}
    tables = {
        name: replace(
            table, cells={key: changed.get(key, cell) for key, cell in table.cells.items()}
        )
        for name, table in report.tables.items()
    }
    return replace(report, tables=tables)


def with_cell(report: AnnualReport, key: str, value: Value) -> AnnualReport:
    """Replace one figure."""
    return with_cells(report, (Cell(key, raw=str(value), value=value),))


def with_raw(report: AnnualReport, raw: str, *keys: str) -> AnnualReport:
    """Print something that is no number into cells: blank, a slash, a word."""
    return with_cells(report, (Cell(key, raw=raw) for key in keys))


def without_cells(report: AnnualReport, *keys: str) -> AnnualReport:
    """Lose cells, as a conversion does: no text, no value, table truncated."""
    lost = with_cells(report, (Cell(key) for key in keys))
    hit = {name for name, table in lost.tables.items() if set(keys) & set(table.cells)}
    for name in hit:
        lost = with_quality(lost, name, Quality.TRUNCATED)
    return lost


def with_quality(report: AnnualReport, name: TableName, quality: Quality) -> AnnualReport:
    """Change what our copy holds of a table; an absent one or a picture has no cells."""
    table = replace(report.tables[name], quality=quality)
    if quality in {Quality.ABSENT, Quality.IMAGE}:
        table = replace(table, cells={key: Cell(key) for key in table.cells})
    return replace(report, tables={**report.tables, name: table})


def with_text(report: AnnualReport, number: int, text: str) -> AnnualReport:
    """Replace the narrative of one section."""
    sections = tuple(
        replace(section, text=text) if section.number == number else section
        for section in report.sections
    )
    return replace(report, sections=sections)


def without_section(report: AnnualReport, *numbers: int) -> AnnualReport:
    """Leave sections out."""
    kept = tuple(section for section in report.sections if section.number not in numbers)
    return replace(report, sections=kept)


def scaled(report: AnnualReport, factor: int) -> AnnualReport:
    """Multiply every figure."""
    cells = (cell for table in report.tables.values() for cell in table.cells.values())
    return with_cells(
        report,
        [
            Cell(cell.key, raw=str(cell.value * factor), value=cell.value * factor)
            for cell in cells
            if cell.value is not None
        ],
    )
