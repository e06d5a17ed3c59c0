"""Reports with exactly one fault each, and what the rules must say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.wordings import Figures, narrative, told
from reports.case import Case
from reports.cells import REQUEST_COLUMNS, SECTION_HEADINGS, request_key
from reports.forms.catalogue import FORM_2021
from reports.model import AnnualReport, Quality, Section, TableName
from reports.reading.statements import fee_statement, period_of
from reports.titles import read_title
from tests.builders import (
    AGENCY,
    IDENTITY,
    a_report,
    a_table,
    with_cell,
    with_quality,
    without_section,
)

YEAR = 2025
CASE = Case(IDENTITY, YEAR)
_STEPS = (-1, 1, 10, 97)


@dataclass(frozen=True, slots=True)
class Faulty:
    """A report with one fault: the rule that must find it, and the cell that it must name."""

    fault: str
    code: str
    report: AnnualReport
    case: Case = CASE
    cell: str | None = None


def faultless(random: Random, figures: Figures, title: str | None = None) -> AnnualReport:
    """Return a report whose tables balance and whose text agrees with them, in words of its own."""
    texts = narrative(random, figures, YEAR)
    return _read_anew(
        a_report(
            YEAR,
            title=title or f"{AGENCY}{YEAR}年政府信息公开工作年度报告",
            tables={
                name: a_table(name, {key: figures[key] for key in keys})
                for name, keys in (
                    (TableName.PROACTIVE, [label.key for label in FORM_2021.proactive]),
                    (TableName.REQUESTS, FORM_2021.request_keys),
                    (TableName.DISPUTES, FORM_2021.dispute_keys),
                )
            },
            sections=tuple(
                Section(number, heading, texts.get(number, ""))
                for number, heading in enumerate(SECTION_HEADINGS, 1)
            ),
        )
    )


def _read_anew(report: AnnualReport) -> AnnualReport:
    """Return the report with what its texts and title are read to say."""
    title = read_title(report.title or "")
    return replace(
        report,
        agency=title.unit,
        year=title.year,
        years_in_title=title.years,
        fee_statement=fee_statement(report.sections, ()),
        period=period_of(section.text for section in report.sections),
    )


def cell_faults(random: Random, figures: Figures) -> Iterator[Faulty]:
    """Yield one report for every figure of tables 3 and 4, changed by a little or by much."""
    sums = {"review.": "C01", "litigation_direct.": "C02", "litigation_after_review.": "C03"}
    for key in (*FORM_2021.request_keys, *FORM_2021.dispute_keys):
        step = random.choice(_STEPS)
        changed = figures[key] + (step if figures[key] + step >= 0 else 1)
        report = with_cell(faultless(random, figures), key, changed)
        code = next((c for start, c in sums.items() if key.startswith(start)), "B")
        yield Faulty("figure", code, report, cell=key)
    for key in (*FORM_2021.request_keys, *FORM_2021.dispute_keys):
        wrong = with_cell(faultless(random, figures), key, -figures[key] - 1)
        yield Faulty(
            "negative", "C04" if "." in key and "requests" not in key else "B05", wrong, cell=key
        )
    for label in FORM_2021.proactive[:-1]:
        yield Faulty(
            "negative", "A01", with_cell(faultless(random, figures), label.key, -3), cell=label.key
        )


def structural_faults(random: Random, figures: Figures) -> Iterator[Faulty]:
    """Yield reports that lack a section or a table."""
    for number in range(1, 7):
        yield Faulty("no section", "S01", without_section(faultless(random, figures), number))
    for name, code in (
        (TableName.PROACTIVE, "S04"),
        (TableName.REQUESTS, "S05"),
        (TableName.DISPUTES, "S07"),
    ):
        report = with_quality(faultless(random, figures), name, Quality.ABSENT)
        yield Faulty("no table", code, report)


def identity_faults(random: Random, figures: Figures) -> Iterator[Faulty]:
    """Yield reports of another year or another agency."""
    for year in (YEAR - 1, YEAR + 1, YEAR - 2):
        title = f"{AGENCY}{year}年政府信息公开工作年度报告"
        yield Faulty("another year", "I01", faultless(random, figures, title))
    for agency in ("赤水区农业农村局", "青禾区财政局", "水磨镇人民政府"):
        title = f"{agency}{YEAR}年政府信息公开工作年度报告"
        yield Faulty("another agency", "I04", faultless(random, figures, title))


def narrative_faults(random: Random, figures: Figures) -> Iterator[Faulty]:
    """Yield reports whose text contradicts its tables or itself."""
    t = told(figures, YEAR)
    if t.new:
        for said in (
            "本年度未收到政府信息公开申请。",
            "全年没有收到公民、法人或其他组织的政府信息公开申请。",
            "收到政府信息公开申请0件。",
            "全年未接到依申请公开政府信息的申请。",
        ):
            yield _said("denied requests", "N01", figures, random, said)
    for word, number in (("上年结转", t.carried_in), ("结转下年度", t.carried_out)):
        said = f"{word}{number + 3}件。"
        yield _said("carry-over", "N04", figures, random, said)
    if t.review:
        yield _said("denied reviews", "N06", figures, random, "本年度未发生行政复议。")
    if t.litigation:
        yield _said("denied suits", "N06", figures, random, "全年没有发生行政诉讼。")
    yield _said(
        "fee", "N12", figures, random, "", "本年度未收取信息处理费。共收取信息处理费350元。"
    )
    said = "全年公开信息20条，其中动态类15条、公告类9条。"
    yield _said("enumeration", "N08", figures, random, said)
    for residue in ("本年度公开信息XX条。", "【此处填写公开情况】", "本机关公开信息××条。"):
        yield _said("residue", "N15", figures, random, residue)


def _said(
    fault: str, code: str, figures: Figures, random: Random, first: str, sixth: str | None = None
) -> Faulty:
    report = faultless(random, figures)
    texts = {1: f"本机关依法做好公开工作。{first}", 6: sixth}
    sections = tuple(
        replace(section, text=texts.get(section.number) or section.text)
        for section in report.sections
    )
    return Faulty(fault, code, _read_anew(replace(report, sections=sections)))


def chain_faults(random: Random, figures: Figures) -> Iterator[Faulty]:
    """Yield reports that carry in what last year did not carry over."""
    key = request_key("carried_in", REQUEST_COLUMNS[-1].key)
    before = replace(faultless(random, figures), year=YEAR - 1)
    out = request_key("carried_out", REQUEST_COLUMNS[-1].key)
    previous = with_cell(before, out, figures[key] + 2)
    case = replace(CASE, previous=previous)
    yield Faulty("carry-over chain", "Y01", faultless(random, figures), case, key)
