"""Reports with exactly one fault each, and what the rules must say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from benchmarks.wordings import Figures, Narrative, Told, narrative, told
from reports.agencies import AgencyKind
from reports.case import Case, Timeliness
from reports.cells import REQUEST_COLUMNS, SECTION_HEADINGS, request_key
from reports.forms.catalogue import FORM_2019, FORM_2021
from reports.model import AnnualReport, Quality, Section, TableName
from reports.reading.statements import fee_statement, period_of
from reports.status import Proof, Status
from reports.titles import read_title
from reports.words import Words
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
    return written(random, figures, narrative(random, figures, YEAR), title)


def written(
    random: Random, figures: Figures, text: Narrative, title: str | None = None
) -> AnnualReport:
    """Return a report with these figures and this text."""
    texts = text.sections(random)
    parts = (
        (TableName.PROACTIVE, [label.key for label in FORM_2021.proactive]),
        (TableName.REQUESTS, FORM_2021.request_keys),
        (TableName.DISPUTES, FORM_2021.dispute_keys),
    )
    report = a_report(
        YEAR,
        title=title or f"{AGENCY}{YEAR}年政府信息公开工作年度报告",
        tables={name: a_table(name, {key: figures[key] for key in keys}) for name, keys in parts},
        sections=tuple(
            Section(number, heading, texts.get(number, ""))
            for number, heading in enumerate(SECTION_HEADINGS, 1)
        ),
    )
    return _read_anew(report)


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


_DENIED = (
    "本年度未收到政府信息公开申请。",
    "全年没有收到公民、法人或其他组织的政府信息公开申请。",
    "收到政府信息公开申请0件。",
    "全年未接到依申请公开政府信息的申请。",
    f"{YEAR}年，我单位未收到任何政府信息公开申请。",
    "没有收到依申请公开的申请。",
    "依申请公开情况：本年度未收到申请。",
    "本年度新收政府信息公开申请为零。",
    "截至12月底，我局不存在依申请公开的情况。",
)
_NO_REVIEW = (
    "本年度未发生行政复议。",
    "全年没有因政府信息公开被申请行政复议。",
    "政府信息公开行政复议0件。",
    "政府信息公开行政复议：无。",
    "不存在因政府信息公开引起的行政复议。",
)
_NO_SUIT = (
    "全年没有发生行政诉讼。",
    "未因政府信息公开被提起行政诉讼。",
    "政府信息公开行政诉讼0件。",
)
_TOO_MANY = (
    "全年公开信息20条，其中动态类15条、公告类9条。",
    "主动公开政府信息一百二十条，其中概况类六十条、政策类七十条。",
    "全年制发各类文件1,200件，其中通知类900件、决定类400件。",
    "全年公开信息120条（其中政策类80条，动态类60条）。",
)
_RESIDUE = (
    "本年度公开信息XX条。",
    "【此处填写公开情况】",
    "本机关公开信息××条。",
    "公开信息***条。",
    "公开信息__条。",
    "202X年，本机关公开信息12条。",
)
_TWO_FEES = (
    "本年度未收取信息处理费。共收取信息处理费350元。",
    f"{YEAR}年未收取政府信息公开信息处理费。全年收取信息处理费1200元。",
)


def narrative_faults(random: Random, figures: Figures) -> Iterator[Faulty]:
    """Yield reports whose text, faultless but for one paragraph, contradicts the tables or itself."""
    t = told(figures, YEAR)
    for said in _DENIED if t.new else ():
        yield _said("denied requests", "N01", random, figures, requests=said)
    for word, number in (("上年结转", t.carried_in), ("结转下年度", t.carried_out)):
        said = f"{word}{number + random.randrange(1, 9)}件。"
        yield _said("carry-over", "N04", random, figures, requests=said)
    yield from _dispute_faults(random, figures, t)
    for said in _TWO_FEES:
        yield _said("fee", "N12", random, figures, sixth=said)
    for said in _TOO_MANY:
        yield _said("enumeration", "N08", random, figures, proactive=said)
    for said in _RESIDUE:
        yield _said("residue", "N15", random, figures, proactive=said)


def _dispute_faults(random: Random, figures: Figures, t: Told) -> Iterator[Faulty]:
    for said in _NO_REVIEW if t.review else ():
        yield _said("denied reviews", "N06", random, figures, disputes=said)
    for said in _NO_SUIT if t.litigation else ():
        yield _said("denied suits", "N06", random, figures, disputes=said)


def _said(fault: str, code: str, random: Random, figures: Figures, **paragraphs: str) -> Faulty:
    text = replace(narrative(random, figures, YEAR), **paragraphs)
    return Faulty(fault, code, written(random, figures, text))


def standing_faults(random: Random, figures: Figures) -> Iterator[Faulty]:
    """Yield reports that came late or not at all, follow the wrong form, or tell of what no table shows."""
    because = Words("页面日期晚于期限。", "Its own date is after the deadline.")
    due = datetime(2026, 1, 31, 16, tzinfo=UTC)
    for kind, late, missing in (
        (AgencyKind.DEPARTMENT, "T01", "T02"),
        (AgencyKind.GOVERNMENT, "T03", "T03"),
    ):
        for status, code in ((Status.LATE, late), (Status.MISSING, missing)):
            identity = replace(IDENTITY, kind=kind)
            timely = Timeliness(status, Proof.CLAIMED, because, due)
            case = replace(CASE, identity=identity, timeliness=timely)
            yield Faulty(status.value, code, faultless(random, figures), case)
    yield Faulty("the form of 2019", "S08", replace(faultless(random, figures), form=FORM_2019))
    nothing = {key: 0 for key in figures}
    text = replace(
        narrative(random, nothing, YEAR),
        requests=f"收到政府信息公开申请{random.randrange(1, 99)}件。",
    )
    yield Faulty("requests told, none in the table", "B07", written(random, nothing, text))


def chain_faults(random: Random, figures: Figures) -> Iterator[Faulty]:
    """Yield reports that carry in what last year did not carry over."""
    key = request_key("carried_in", REQUEST_COLUMNS[-1].key)
    before = replace(faultless(random, figures), year=YEAR - 1)
    out = request_key("carried_out", REQUEST_COLUMNS[-1].key)
    previous = with_cell(before, out, figures[key] + 2)
    case = replace(CASE, previous=previous)
    yield Faulty("carry-over chain", "Y01", faultless(random, figures), case, key)
