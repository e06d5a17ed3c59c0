"""P rules: pictures, files, the column, garbled text, personal data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from time import process_time

import pytest

from reports.case import Case
from reports.findings import Cause, Severity
from reports.model import Quality, TableName
from reports.rules.subject import NO_REPORT
from reports.surroundings import File, Listing, Page
from reports.words import Words
from tests.builders import IDENTITY, a_report, with_quality, with_text
from tests.judging import HOSTILE, bears_hostile_texts, finding_of, judged

PAGE = Page(media_type="text/html", characters=3_000)
LISTING = Listing("报告", "https://www.a.gov.cn/nb/1.html", "年报")
WORD = File("报告.docx", "https://www.a.gov.cn/1.docx", says="docx", is_="docx", size=9)
PICTURED = with_quality(a_report(), TableName.REQUESTS, Quality.IMAGE)


def case(page=PAGE, listing=LISTING, **context):
    return Case(identity=IDENTITY, year=2025, page=page, listing=listing, **context)


def found(code, page=PAGE, report=None, **context):
    findings, gaps = judged(code, report or a_report(), case(page, **context))
    assert gaps == ()
    return [(f.severity, f.actual) for f in findings]


@pytest.mark.parametrize("code", [f"P{n:02}" for n in range(1, 9)])
def test_page_of_which_nothing_was_told_is_a_gap_of_context(code) -> None:
    findings, (gap,) = judged(code, a_report(), Case())
    assert findings == ()
    assert gap.cause is Cause.CONTEXT


@pytest.mark.parametrize("code", [f"P{n:02}" for n in (1, 2, 3, 4, 5, 7, 8, 9, 10)])
def test_report_of_text_on_its_page_in_its_column_holds(code) -> None:
    assert judged(code, a_report(), case()) == ((), ())


@pytest.mark.parametrize(
    ("report", "changes", "is_found"),
    [
        (PICTURED, {"images": 2}, True),
        (PICTURED, {"images": 0}, False),
        (PICTURED, {"images": 2, "files": (WORD,)}, False),
        (a_report(), {"images": 2}, False),
    ],
)
def test_tables_as_pictures_only_are_a_warning(report, changes, is_found) -> None:
    expected = [(Severity.WARNING, "2")] if is_found else []
    assert found("P01", replace(PAGE, **changes), report) == expected


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({"scanned": True}, True),
        ({"characters": 299, "images": 1}, True),
        ({"characters": 300, "images": 1}, False),
        ({"characters": 10, "images": 0}, False),
        ({"characters": 10, "images": 1, "files": (WORD,)}, False),
    ],
)
def test_report_as_picture_only_is_a_warning_even_where_nothing_was_read(changes, is_found) -> None:
    expected = [(Severity.WARNING, None)] if is_found else []
    assert found("P02", replace(PAGE, **changes), NO_REPORT) == expected


@pytest.mark.parametrize(
    ("characters", "files", "is_found"),
    [(199, (WORD,), True), (200, (WORD,), False), (10, (), False)],
)
def test_report_in_a_file_only_is_a_notice(characters, files, is_found) -> None:
    page = replace(PAGE, characters=characters, files=files)
    assert found("P03", page) == ([(Severity.NOTICE, str(characters))] if is_found else [])


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, False),
        ({"is_": "html"}, True),
        ({"is_": "html", "says": None}, False),
        ({"is_": "html", "says": "html"}, False),
        ({"size": 0}, True),
        ({"is_": None, "size": None}, False),
        ({"failure": Words("页面不存在", "the page does not exist")}, True),
        # Word writes either format under the older name.
        ({"says": "doc"}, False),
    ],
)
def test_file_that_does_not_open_is_a_warning(changes, is_found) -> None:
    page = replace(PAGE, files=(replace(WORD, **changes), WORD))
    findings, gaps = judged("P04", NO_REPORT, case(page))
    assert gaps == ()
    assert [f.severity for f in findings] == [Severity.WARNING] * is_found


@pytest.mark.parametrize(
    ("formats", "characters", "is_found"),
    [
        (("wps",), 10, True),
        (("rar", "wps"), 10, True),
        (("wps", "pdf"), 10, False),
        (("ofd",), 10, False),
        (("wps",), 3_000, False),
        ((None,), 10, False),
    ],
)
def test_odd_formats_alone_are_a_notice(formats, characters, is_found) -> None:
    files = tuple(replace(WORD, says=name) for name in formats)
    expected = [(Severity.NOTICE, "、".join(formats))] if is_found else []
    assert found("P05", replace(PAGE, files=files, characters=characters)) == expected


def test_page_without_a_download_is_noticed_once_the_rule_is_switched_on() -> None:
    assert found("P06") == [(Severity.NOTICE, None)]
    assert found("P06", replace(PAGE, files=(WORD,))) == []
    assert found("P06", replace(PAGE, media_type="application/pdf")) == []


def test_report_that_stands_only_elsewhere_is_a_warning() -> None:
    elsewhere = replace(LISTING, elsewhere_only=True)
    assert found("P07", listing=elsewhere) == [(Severity.WARNING, LISTING.url)]


@pytest.mark.parametrize(
    ("path", "actual"),
    [
        ("/zfxxgknb/2024n/1.html", "2024"),
        ("/xxgknb/2019/zbxx/202601/a.html", "2019"),
        ("/2026/01/12/1.html", None),
        ("/nb/2025/1.html", None),
        ("/nb/2019/2026/1.html", None),
        ("/art/202401/t20260112_1.html", None),
        ("/content/20241234.html", None),
    ],
)
def test_report_in_the_folder_of_an_earlier_year_is_a_notice(path, actual) -> None:
    listing = replace(LISTING, url=f"https://www.a.gov.cn{path}")
    expected = [] if actual is None else [(Severity.NOTICE, actual)]
    assert found("P08", listing=listing) == expected


FALLING = tuple(date(2026, 1, 30) - timedelta(days=n) for n in range(10))
SWAPPED = (*FALLING[:4], FALLING[6], FALLING[4], FALLING[5], FALLING[9], FALLING[7])


@pytest.mark.parametrize(
    ("order", "is_found"),
    [
        (FALLING, False),
        (FALLING[::-1], False),
        ((FALLING[9], FALLING[5], FALLING[7], *FALLING), False),
        ((), False),
        (SWAPPED, True),
    ],
)
def test_column_out_of_order_is_a_notice(order, is_found) -> None:
    assert bool(found("P08", listing=replace(LISTING, order=order))) is is_found


GARBLED = [
    ("公开工作\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd有序开展。" * 3, True),
    ("锟斤拷锟斤拷政府信息公开", True),
    ("æ¿åºä¿¡æ¯å¬å¼å¹´åº¦æ¥å", True),
    ("\uf0b7主动公开。\uf0b7依申请公开。" * 20, False),
    ("本年度\ufffd公开。", False),
    ("向××市××局等单位公开，3×5·2÷1。" * 20, False),
    ("主动公开。" * 400 + "\ufffd" * 6, False),
]


@pytest.mark.parametrize(("text", "is_found"), GARBLED)
def test_garbled_text_is_a_warning_above_a_share(text, is_found) -> None:
    findings, gaps = judged("P09", with_text(a_report(), 1, text))
    assert gaps == ()
    assert [f.severity for f in findings] == [Severity.WARNING] * is_found


ID_NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (f"申请人张某（{ID_NUMBER}）来函。", Severity.WARNING),
        ("申请人１１０１０５１９４９１２３１００２Ｘ来函。", Severity.WARNING),
        ("申请人110105194912310021来函。", None),
        ("申请人11010519491331002X来函。", None),
        ("统一社会信用代码11410300MB1A2B3C4D。", None),
        (f"索引号{ID_NUMBER}/2026-00001。", None),
        ("申请人张某 13812345678 来函。", Severity.NOTICE),
        ("申请人张某 138-1234-5678 来函。", Severity.NOTICE),
        ("申请人王小明，联系电话13812345678。", Severity.NOTICE),
        ("申请人联系电话：13812345678。", Severity.NOTICE),
        ("申请人可拨打电话13812345678。", None),
        ("申请人如有疑问，联系电话13812345678。", None),
        ("联系电话：13812345678。", None),
        ("咨询热线 0379-63012345，13812345678。", None),
        ("全年访问量138123456789次，金额13812345678.50元。", None),
        ("1 3 0 0 0 0 0 0 0 0 0 0", None),
    ],
)
def test_number_of_a_person_is_told_without_repeating_it(text, severity) -> None:
    findings, gaps = judged("P10", with_text(a_report(), 1, text))
    assert gaps == ()
    assert [f.severity for f in findings] == ([] if severity is None else [severity])
    for finding in findings:
        shown = f"{finding.message.zh}{finding.message.en}{finding.actual}"
        assert ID_NUMBER[:-4] not in shown
        assert "1381234" not in shown
        assert finding.actual is not None
        assert finding.actual.startswith("*******")


def test_findings_are_whole_sentences_in_both_languages() -> None:
    finding_of("P10", with_text(a_report(), 5, f"申请人{ID_NUMBER}。"), case())
    finding_of("P09", with_text(a_report(), 5, GARBLED[0][0]), case())
    finding_of("P02", NO_REPORT, case(replace(PAGE, scanned=True)))


@pytest.mark.parametrize("code", ["P09", "P10"])
def test_endless_texts_are_bearable(code) -> None:
    assert bears_hostile_texts(code, a_report(), case())
    for text in ("13812345678-" * 5_000, "\u00c3\u0080" * 30_000, "\ufffd" * 60_000):
        begin = process_time()
        judged(code, with_text(a_report(), 1, text), case())
        assert process_time() - begin < 1.5


@pytest.mark.parametrize("hostile", HOSTILE)
def test_endless_addresses_and_names_are_bearable(hostile) -> None:
    files = tuple(File(hostile, hostile, says="wps", is_="html") for _ in range(20))
    listing = replace(LISTING, url=f"https://a/2019/{hostile}", elsewhere_only=True)
    begin = process_time()
    for code in ("P04", "P05", "P07", "P08"):
        page = replace(PAGE, files=files, characters=1)
        findings, _ = judged(code, NO_REPORT, case(page, listing))
        assert all(len(f.message.zh) < 600 for f in findings)
    assert process_time() - begin < 1.5
