"""A report read from a picture: nothing that its recognised characters say becomes a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from reports.case import Case, Timeliness
from reports.codec import from_store, to_store
from reports.documents.model import Document, Method
from reports.documents.read import read_document
from reports.findings import Cause
from reports.model import Quality
from reports.profile import DEFAULT
from reports.reading.read import read_report
from reports.rules.registry import RULES, assess
from reports.status import Proof, Status
from reports.words import Words
from tests.builders import IDENTITY, a_report, with_cell
from tests.figures import balanced
from tests.rendering import as_html

FIGURES = balanced([3, 1, 4, 1, 5, 9, 2])
WRONG = with_cell(a_report(), "requests.new.total", 4711)
RECOGNISED = replace(WRONG, by_ocr=True)


def recognised() -> Document:
    """A drawn report as if its characters had been recognised."""
    return replace(read_document(as_html(FIGURES)), method=Method.OCR, images=2)


def test_what_is_a_finding_in_text_is_none_in_a_picture() -> None:
    case = Case(identity=IDENTITY, year=2024)
    assert assess(WRONG, case).findings
    assert assess(RECOGNISED, case).findings == ()


def test_every_rule_on_content_says_once_that_recognised_characters_judge_nothing() -> None:
    gaps = assess(RECOGNISED, Case(identity=IDENTITY)).not_assessable
    told = [gap.code for gap in gaps if "字符识别" in gap.reason.zh]
    wanted = [rule for rule in RULES if rule.reach.needs_report and rule.is_active(DEFAULT)]
    assert told == [rule.code for rule in wanted]
    assert {gap.cause for gap in gaps if gap.code in told} == {Cause.SOURCE}
    assert all("by hand" in gap.reason.en for gap in gaps if gap.code in told)


def test_a_picture_published_late_is_late_all_the_same() -> None:
    because = Words("首次见到于 2026-02-05。", "First seen on 2026-02-05.")
    due = datetime(2026, 1, 31, 16, tzinfo=UTC)
    timely = Timeliness(Status.LATE, Proof.CLAIMED, because, due)
    (finding,) = assess(RECOGNISED, Case(identity=IDENTITY, timeliness=timely)).findings
    assert finding.code.startswith("T")


def test_last_years_picture_proves_nothing_of_this_year() -> None:
    before = with_cell(a_report(2024), "requests.carried_out.total", 4711)
    assert "Y01" in {f.code for f in assess(a_report(), Case(previous=before)).findings}
    unsure = replace(before, by_ocr=True)
    assert "Y01" not in {f.code for f in assess(a_report(), Case(previous=unsure)).findings}


def test_a_reading_of_a_picture_keeps_its_cells_and_says_how_many_were_recognised() -> None:
    report = read_report(recognised())
    assert report.by_ocr
    assert {key: report.cell(key).raw for key in FIGURES} == FIGURES
    table = report.tables[next(iter(report.tables))]
    assert table.quality is Quality.IMAGE
    assert table.reason is not None
    assert f"{len(table.cells)} of {len(table.cells)} " in table.reason.en


def test_how_the_characters_were_had_is_stored_and_old_rows_count_as_text() -> None:
    stored = to_store(RECOGNISED)
    assert from_store(stored).by_ocr
    del stored["by_ocr"]
    assert not from_store(stored).by_ocr
    assert not read_report(read_document(as_html(FIGURES))).by_ocr
