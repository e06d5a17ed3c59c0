"""X03, X04, X05: a government's report against its parts, and the copies of one report. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.agencies import AgencyKind, Identity
from reports.cells import CELL_LABELS, Label, request_key
from reports.compare import Change, compare
from reports.findings import Severity
from reports.model import AnnualReport, Quality, TableName
from reports.names import names_same_agency
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.figures import TOTAL, show, show_gap
from reports.rules.subject import NotTold, Subject, table_of
from reports.rules.texts import solid
from reports.surroundings import Copy, Part, Parts, Source
from reports.words import Words

_NEW = request_key("new", TOTAL)
_REACH = Reach(table=TableName.REQUESTS, first_year=2019)
_SCOPE = Words(
    "年度报告格式第三表；《政府信息公开条例》第四十九条", "Form, table 3; Regulation, art. 49"
)
NO_PARTS = Words(
    "没有给出所属单位的报告，无法汇总对照。", "The reports of the bodies below were not given."
)
PARTS_MISSING = Words(
    "所属单位的报告尚未到齐，不作汇总对照。",
    "Not all reports of the bodies below are there; not added up.",
)
_ALONE = re.compile(
    r"(?:政府|[省市县区州旗])本级|仅(?:统计|包括|包含)|"
    r"(?:不含|不包括|不包含|未包括|未包含)[^。;；]{0,20}(?:部门|乡|镇|街道|单位|县|区)"
)
_MOST_CELLS = 5


@rule(
    code="X03",
    severity=Severity.WARNING,
    basis=_SCOPE,
    statement=Words(
        "政府报告的申请数不少于任何一家所属单位的申请数。",
        "A government's report has no fewer requests than any one of the bodies that it covers.",
    ),
    clears=Words(
        "政府报告按全区域汇总，或写明只统计政府本级。",
        "The report covers the whole region, or says that it covers the government alone.",
    ),
    innocent=Words(
        "只统计政府本级并写明的不算；限值 region_wide 设为 0 时一律不比较。",
        "A report that says it covers the government alone does not count; with the limit region_wide at 0 "
        "nothing is compared.",
    ),
    reach=_REACH,
    limits={"region_wide": "1"},
    default=Default.NOTICE,
)
def less_than_a_part(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the government's new requests with those of its largest part."""
    parts = _parts(subject)
    counted = [] if parts is None else list(_counted(parts))
    if not counted:
        return None
    part, most = max(counted, key=lambda pair: (pair[1], pair[0].identity.key))
    own = subject.figure(_NEW)
    if own >= most or _covers_itself_alone(subject.report):
        return None
    place, name, gap = _place(part.source), part.identity.name, show_gap(own, most)
    return Breach(
        cells=(_NEW,),
        expected=f">={show(most)}",
        actual=show(own),
        message=Words(
            f"第三表本年新收申请总计写 {show(own)}，而所属的{name}一家就有 {show(most)}{place.zh}，差 {gap}。"
            "请核对是否汇总了全区域；只统计政府本级的，请写明。",
            f"Table 3 has {show(own)} new requests in all, while {name} alone has {show(most)}{place.en}, "
            f"difference {gap}. Please check whether the region was added up; a report on the government "
            "alone should say so.",
        ),
    )


@rule(
    code="X04",
    severity=Severity.NOTICE,
    basis=_SCOPE,
    statement=Words(
        "政府报告的申请数等于所属单位申请数之和。",
        "A government's requests are the sum of those of the bodies that it covers.",
    ),
    clears=Words(
        "改正政府报告或所属单位报告的数字，使汇总相符。",
        "The figures of the government or of its bodies are corrected so that they add up.",
    ),
    innocent=Words(
        "垂直管理单位不计入；下级政府已汇总的单位不重复计；登记的单位不全、报告未到齐、只统计本级的不比较。默认不启用。",
        "Vertical bodies are not counted, nor twice what a lower government already adds up; nothing is "
        "compared while reports are missing or where the government alone is covered. Off by default.",
    ),
    reach=_REACH,
    limits={"region_wide": "1", "tolerance": "0.02"},
    default=Default.OFF,
)
def not_the_sum_of_its_parts(subject: Subject, _scope: Label) -> Breach | None:
    """Add up the new requests of all bodies below, once every report is there."""
    parts = _parts(subject)
    if parts is None:
        return None
    counted = list(_counted(parts))
    if len(counted) < parts.expected or not counted:
        raise NotTold(PARTS_MISSING)
    own, whole = subject.figure(_NEW), sum((Decimal(count) for _, count in counted), Decimal())
    gap = abs(Decimal(own) - whole)
    tolerated = Decimal(own) * subject.limits["tolerance"]
    if gap <= tolerated or _covers_itself_alone(subject.report):
        return None
    return Breach(
        cells=(_NEW,),
        expected=show(whole),
        actual=show(own),
        message=Words(
            f"第三表本年新收申请总计写 {show(own)}，{len(counted)} 家所属单位的报告相加为 {show(whole)}，"
            f"差 {show(gap)}。请核对汇总范围和各单位的数字。",
            f"Table 3 has {show(own)} new requests in all, the reports of {len(counted)} bodies add up to "
            f"{show(whole)}, difference {show(gap)}. Please check what was added up.",
        ),
    )


@rule(
    code="X05",
    severity=Severity.WARNING,
    basis=Words(
        "《政府信息公开条例》第六条：及时、准确地公开政府信息",
        "Regulation on Disclosure, art. 6: government information is disclosed accurately",
    ),
    statement=Words(
        "同一报告在不同地方发布的数字相同。",
        "The copies of one report in several places have the same figures.",
    ),
    clears=Words("改正有误的一份，使各处一致。", "The wrong copy is corrected so that all agree."),
    innocent=Words(
        "一份不全、列位错动或是图片的，只比较两份都有数字的格；“0”与空白不算不同。",
        "Where a copy is cut off, displaced or a picture, only cells with figures in both are compared; "
        "“0” beside a blank is no difference.",
    ),
)
def copies_that_differ(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the figures of every other copy with ours, cell by cell."""
    for copy in subject.case.copies:
        changes = [] if copy.report.by_ocr else list(differences(subject.report, copy.report))
        if changes:
            return _differing(subject, copy, changes)
    return None


def _differing(subject: Subject, copy: Copy, changes: list[Change]) -> Breach:
    first = changes[:_MOST_CELLS]
    labels = [(CELL_LABELS.get(c.cell, Words(c.cell, c.cell)), c) for c in first]
    zh = "；".join(f"{label.zh}：本份 {c.before}，另一份 {c.after}" for label, c in labels)
    en = "; ".join(f"{label.en}: here {c.before}, there {c.after}" for label, c in labels)
    page = subject.case.page
    ours, theirs = _place(page.source if page else Source()), _place(copy.source)
    return Breach(
        cells=tuple(change.cell for change in first),
        expected="、".join(str(change.after) for change in first),
        actual="、".join(str(change.before) for change in first),
        message=Words(
            f"本份报告{ours.zh}与另一份（{copy.what.zh}）{theirs.zh}有 {len(changes)} 格数字不同：{zh}。"
            "请核对哪一份正确，并使两份一致。",
            f"This copy{ours.en} and another ({copy.what.en}){theirs.en} differ in {len(changes)} figures: "
            f"{en}. Please check which is right and make them agree.",
        ),
    )


def differences(ours: AnnualReport, theirs: AnnualReport) -> Iterator[Change]:
    """Yield the cells that hold a figure in both, and not the same one."""
    if not _are_one_report(ours, theirs):
        return
    for change in compare(ours, theirs):
        one, other = ours.cell(change.cell), theirs.cell(change.cell)
        known = one.value is not None and other.value is not None
        if known and one.value != other.value and not _is_shifted(theirs, change.cell):
            yield change


def _are_one_report(ours: AnnualReport, theirs: AnnualReport) -> bool:
    """Say whether both call themselves the same: a link may lead to another year's or unit's report."""
    if ours.form.name != theirs.form.name:
        return False
    if ours.year is not None and theirs.year is not None and ours.year != theirs.year:
        return False
    if ours.agency is None or theirs.agency is None:
        return True
    return names_same_agency(theirs.agency, Identity("", ours.agency, AgencyKind.OTHER))


def _is_shifted(report: AnnualReport, key: str) -> bool:
    table = report.tables.get(table_of(key))
    return table is not None and table.quality is Quality.SHIFTED


def _parts(subject: Subject) -> Parts | None:
    """Return what a government's report covers; None where it is not one, or covers itself alone."""
    identity = subject.case.identity
    if identity is not None and identity.kind is not AgencyKind.GOVERNMENT:
        return None
    if subject.limits["region_wide"] == 0:
        return None
    if subject.case.parts is None:
        raise NotTold(NO_PARTS)
    return subject.case.parts


def _counted(parts: Parts) -> Iterator[tuple[Part, Decimal | int]]:
    """Yield the parts whose new requests stand firm."""
    for part in parts.found:
        count = part.report.cell(_NEW).value
        if count is not None and not part.report.by_ocr and not _is_shifted(part.report, _NEW):
            yield part, count


def _covers_itself_alone(report: AnnualReport) -> bool:
    texts = [report.opening, *(section.text for section in report.sections)]
    return any(_ALONE.search(solid(text)) for text in texts if text)


def _place(source: Source) -> Words:
    if source.url is None:
        return Words("", "")
    return Words(f"（{source.url}）", f" ({source.url})")
