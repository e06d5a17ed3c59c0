from __future__ import annotations

from datetime import date

import pytest

from crawler.choosing import choose, choose_page, files_of
from crawler.families.model import ReportLink
from crawler.listed import Listed
from reports.agencies import AgencyKind, Identity

YI = Identity("yi", "甲县科技局", AgencyKind.DEPARTMENT, ("县科技局",))
BING = Identity("bing", "甲县丙镇人民政府", AgencyKind.TOWNSHIP, ("丙镇",))
BOTH = (YI, BING)
URL = "http://a.example/nb/1.html"


def judged(title: str, agencies: tuple[Identity, ...] = BOTH) -> Listed:
    (entry,) = choose((ReportLink(title, URL),), agencies, frozenset())
    return entry


@pytest.mark.parametrize(
    ("title", "agencies", "agency", "year"),
    [
        ("甲县科技局2025年政府信息公开工作年度报告", BOTH, "yi", 2025),
        ("丙镇2024年政府信息公开工作年度报告", BOTH, "bing", 2024),
        ("丙镇政府信息公开工作年度报告", BOTH, "bing", None),
        ("2025年政府信息公开工作年度报告", (YI,), "yi", 2025),
    ],
)
def test_report_of_an_agency_of_the_column_is_followed(
    title: str, agencies: tuple[Identity, ...], agency: str, year: int | None
) -> None:
    entry = judged(title, agencies)
    assert (entry.agency_key, entry.year, entry.refusal) == (agency, year, None)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("2025年政府网站工作年度报表", "不是"),
        ("关于做好2025年政府信息公开工作年度报告的通知", "通知"),
        ("甲县丁局2025年政府信息公开工作年度报告", "丁局"),
    ],
)
def test_other_entries_are_kept_with_the_reason_and_not_followed(title: str, reason: str) -> None:
    entry = judged(title)
    assert entry.agency_key is None
    assert entry.refusal is not None
    assert reason in entry.refusal.zh
    assert entry.refusal.en


def test_title_without_an_agency_is_followed_so_that_the_document_may_name_it() -> None:
    entry = judged("2025年政府信息公开工作年度报告")
    assert (entry.agency_key, entry.year, entry.refusal) == (None, 2025, None)


def test_address_listed_twice_is_one_entry_with_the_fuller_title_and_its_day() -> None:
    links = (
        ReportLink("甲县科技局2025年政府信息…", URL, date(2026, 1, 20)),
        ReportLink("甲县科技局2025年政府信息公开工作年度报告", URL),
    )
    (entry,) = choose(links, BOTH, frozenset())
    assert (entry.title[-4:], entry.listed_on) == ("年度报告", date(2026, 1, 20))


def test_title_cut_short_that_may_be_ours_is_followed_so_that_the_page_completes_it() -> None:
    entry = judged("甲县科技局2025年政府信息公…")
    assert (entry.agency_key, entry.year, entry.refusal) == (None, 2025, None)
    assert judged("甲县戊局2025年政府信息公…").refusal is not None
    assert judged("甲县科技局2025年法治政府建…").refusal is not None


def test_title_that_fits_two_is_followed_and_given_to_neither() -> None:
    both = (
        Identity("a", "甲区科技局", AgencyKind.DEPARTMENT),
        Identity("b", "乙区科技局", YI.kind),
    )
    entry = judged("科技局2025年政府信息公开工作年度报告", both)
    assert (entry.agency_key, entry.refusal) == (None, None)


def test_page_listed_at_two_spellings_is_one_entry_in_any_order() -> None:
    title = "甲县科技局2025年政府信息公开工作年度报告"
    twins = [
        ReportLink(title, f"{URL}?jump=true"),
        ReportLink(title, URL),
        ReportLink(title, f"{URL}#1"),
    ]
    for links in (twins, twins[::-1]):
        assert [entry.url for entry in choose(links, BOTH, frozenset())] == [URL]


def test_own_pages_of_the_column_are_no_entries() -> None:
    links = (ReportLink("2025年政府信息公开工作年度报告", "http://a.example/nb/index.html"),)
    assert choose(links, (YI,), frozenset({"http://a.example/nb/"})) == ()


def test_page_that_is_the_report_is_taken_whatever_its_title_says() -> None:
    entry = choose_page(ReportLink("欢迎访问", URL), (YI,))
    assert (entry.agency_key, entry.refusal) == ("yi", None)
    assert choose_page(ReportLink("", URL), ()).agency_key is None


COVER = """<html><head><title>甲县科技局2025年政府信息公开工作年度报告</title></head><body>
<p>现公布本局年度报告，全文见附件。</p><a href="files/1.docx">附件：甲县科技局2025年年度报告.docx</a>
<a href="files/2.pdf">下载</a></body></html>"""
TABLE = "<table><tr><td>第二十条第（一）项</td><td>规章</td></tr></table></body>"


def test_page_without_the_tables_offers_its_files() -> None:
    files = files_of(COVER.encode(), URL, "utf-8", BOTH)
    assert [file.url for file in files] == [
        "http://a.example/nb/files/1.docx",
        "http://a.example/nb/files/2.pdf",
    ]
    assert files[1].title == "甲县科技局2025年政府信息公开工作年度报告"


@pytest.mark.parametrize("body", [COVER.replace("</body>", TABLE).encode(), b"", b"\x00\x01" * 99])
def test_report_page_and_unreadable_page_offer_none(body: bytes) -> None:
    assert files_of(body, URL, "utf-8", BOTH) == ()


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"PK\x03\x04", b"{\\rtf1 ", b"\xff\xd8\xff\xe0"])
def test_a_file_is_not_opened_to_look_for_files(head: bytes) -> None:
    body = head + b" " * 1_100 + COVER.encode()
    assert files_of(body, URL, "utf-8", BOTH) == ()
