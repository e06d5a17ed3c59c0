"""X03, X04, X05: a government beside its bodies, and the copies of one report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.findings import Severity
from reports.model import AnnualReport, Quality, TableName
from reports.surroundings import Copy, Page, Part, Parts, Source
from reports.words import Words
from tests.builders import (
    IDENTITY,
    a_report,
    with_cell,
    with_quality,
    with_raw,
    with_text,
    without_cells,
)
from tests.judging import (
    bears_hostile_texts,
    finding_of,
    holds,
    judged,
    lacks_context,
    lacks_source,
)

GOVERNMENT = Identity("qinghe", "青禾区人民政府", AgencyKind.GOVERNMENT)
NEW = "requests.new.total"
ATTACHMENT = Words("附件", "the attachment")


def receiving(count: int) -> AnnualReport:
    return with_cell(a_report(), NEW, count)


def part(name: str, count: int) -> Part:
    identity = Identity(name, name, AgencyKind.DEPARTMENT)
    return Part(identity, receiving(count), Source(f"http://x.gov.cn/{name}"))


def governing(*parts: Part, expected: int | None = None) -> Case:
    expected = len(parts) if expected is None else expected
    return Case(GOVERNMENT, 2025, parts=Parts(parts, expected))


@pytest.mark.parametrize("code", ["X03", "X04"])
def test_government_without_its_parts_cannot_be_judged(code) -> None:
    assert lacks_context(code, a_report(), Case(GOVERNMENT, 2025))


@pytest.mark.parametrize("code", ["X03", "X04"])
def test_department_has_no_parts(code) -> None:
    assert holds(code, a_report(), Case(IDENTITY, 2025))


@pytest.mark.parametrize("code", ["X03", "X04"])
def test_sum_of_all_parts_holds(code) -> None:
    assert holds(code, receiving(60), governing(part("甲局", 42), part("乙局", 18)))


@pytest.mark.parametrize("code", ["X03", "X04"])
def test_lost_total_is_the_sources_gap(code) -> None:
    report = without_cells(a_report(), NEW)
    assert lacks_source(code, report, governing(part("甲局", 42))) == (NEW,)


def test_less_than_one_part_names_it_with_both_figures() -> None:
    finding = finding_of("X03", receiving(30), governing(part("甲局", 42), part("乙局", 18)))
    assert (finding.cells, finding.expected, finding.actual) == ((NEW,), ">=42", "30")
    for word in ("甲局", "http://x.gov.cn/甲局", "差 12"):
        assert word in finding.message.zh


@pytest.mark.parametrize("code", ["X03", "X04"])
@pytest.mark.parametrize(
    "sentence", ["以上数据仅统计区本级。", "本报告数据不含各街道和所属部门。", "数据为政府本级。"]
)
def test_report_on_the_government_alone_holds(code, sentence) -> None:
    report = with_text(receiving(30), 6, sentence)
    assert holds(code, report, governing(part("甲局", 42), part("乙局", 18)))


@pytest.mark.parametrize("code", ["X03", "X04"])
def test_profile_may_say_that_governments_report_for_themselves(code) -> None:
    case = governing(part("甲局", 42))
    assert judged(code, receiving(30), case, {"region_wide": "0"}) == ((), ())


def test_part_whose_table_is_displaced_or_a_picture_proves_nothing() -> None:
    shifted = with_quality(receiving(90), TableName.REQUESTS, Quality.SHIFTED)
    pictured = replace(receiving(90), by_ocr=True)
    found = [replace(part("甲局", 1), report=report) for report in (shifted, pictured)]
    assert holds("X03", receiving(30), governing(*found))


def test_another_sum_is_found_with_the_sum() -> None:
    finding = finding_of("X04", receiving(70), governing(part("甲局", 42), part("乙局", 18)))
    assert (finding.cells, finding.expected, finding.actual) == ((NEW,), "60", "70")
    assert "差 10" in finding.message.zh


def test_sum_within_the_tolerance_holds() -> None:
    assert holds("X04", receiving(101), governing(part("甲局", 100)))


def test_nothing_is_added_up_while_a_report_is_missing() -> None:
    case = governing(part("甲局", 42), part("乙局", 18), expected=3)
    assert lacks_context("X04", receiving(90), case)


def copied(report: AnnualReport, **changes: object) -> Case:
    copy = Copy(ATTACHMENT, report, Source("http://x.gov.cn/a.pdf"))
    page = Page(source=Source("http://x.gov.cn/a.html"))
    return Case(IDENTITY, 2025, copies=(copy,), page=page, **changes)  # type: ignore[arg-type]


def test_no_other_copy_holds() -> None:
    assert holds("X05", a_report(), Case(IDENTITY, 2025))


def test_same_figures_in_other_words_hold() -> None:
    assert holds("X05", a_report(), copied(with_text(a_report(), 1, "另一种排版。")))


def test_copies_that_differ_name_the_cell_both_figures_and_both_addresses() -> None:
    other = with_cell(a_report(), NEW, 61)
    finding = finding_of("X05", a_report(), copied(other))
    assert (finding.cells, finding.expected, finding.actual) == ((NEW,), "61", "60")
    assert finding.severity is Severity.WARNING
    for word in (
        "附件",
        "http://x.gov.cn/a.pdf",
        "http://x.gov.cn/a.html",
        "1 格",
        "总计：本份 60，另一份 61",
    ):
        assert word in finding.message.zh


def test_only_the_first_five_cells_are_named_and_all_counted() -> None:
    other = a_report()
    for key in list(other.tables[TableName.REQUESTS].cells)[:9]:
        other = with_cell(other, key, 777)
    finding = finding_of("X05", a_report(), copied(other))
    assert len(finding.cells) == 5
    assert "9 格" in finding.message.zh


@pytest.mark.parametrize(
    "other",
    [
        without_cells(a_report(), NEW),
        with_raw(a_report(), "", NEW),
        with_quality(with_cell(a_report(), NEW, 61), TableName.REQUESTS, Quality.SHIFTED),
        with_quality(a_report(), TableName.REQUESTS, Quality.IMAGE),
        replace(with_cell(a_report(), NEW, 61), by_ocr=True),
        a_report(2020),
        with_cell(a_report(2024), NEW, 61),
        with_cell(a_report(agency="青禾区人民政府办公室"), NEW, 61),
    ],
    ids=[
        *("cut off", "blank", "displaced", "picture", "recognised"),
        *("other form", "other year", "other unit"),
    ],
)
def test_copy_that_shows_less_is_no_contradiction(other) -> None:
    assert holds("X05", a_report(), copied(other))


@pytest.mark.parametrize("code", ["X03", "X04", "X05"])
def test_hostile_text_is_read_quickly(code) -> None:
    case = replace(governing(part("甲局", 90)), copies=copied(receiving(9)).copies)
    assert bears_hostile_texts(code, a_report(), case)
