"""A copy that ends in the middle of a table accuses nobody of leaving out what follows."""

from __future__ import annotations

import pytest

from reports.case import Case
from reports.documents.read import read_document
from reports.findings import Assessment, Severity
from reports.reading.read import read_report
from reports.rules.registry import assess
from tests.figures import balanced
from tests.rendering import as_html, as_text

FIGURES = balanced([4, 0, 11, 2, 7, 1, 30, 5])


def judged(body: bytes) -> Assessment:
    return assess(read_report(read_document(body)), Case())


def codes(assessment: Assessment) -> set[str]:
    return {f.code for f in assessment.findings if f.severity is Severity.ERROR}


@pytest.mark.parametrize("last", ["3.要求提供公开出版物", "（七）总计", "2.重复申请"])
@pytest.mark.parametrize("draw", [as_html, as_text])
def test_what_lies_behind_the_end_of_the_copy_is_not_assessed(draw, last: str) -> None:
    text = draw(FIGURES).decode()
    assessment = judged(text[: text.index(last) + len(last)].encode())
    assert codes(assessment) == set()
    open_rules = {gap.code: gap.reason.zh for gap in assessment.not_assessable}
    assert "第三表中间中断" in open_rules["S01"]
    assert "第三表中间中断" in open_rules["S07"]


def test_parts_that_a_whole_copy_lacks_are_still_named() -> None:
    text = as_html(FIGURES).decode()
    after_table_three = text.index("四、政府信息公开行政复议")
    assert codes(judged(text[:after_table_three].encode())) == {"S01", "S07"}


def test_a_row_lost_in_the_middle_excuses_no_missing_part() -> None:
    text = as_html(FIGURES).decode()
    after_table_three = text.index("四、政府信息公开行政复议")
    rows = text[:after_table_three].split("<tr>")
    lacking = "<tr>".join(row for row in rows if "重复申请" not in row)
    assert {"S01", "S07"} <= codes(judged(lacking.encode()))
