"""What a page says of itself in its tags is kept: known names only, bounded, and apart from its text."""

from __future__ import annotations

from datetime import date

from reports.documents.read import read_document
from sandbox.answers import from_answer, to_answer
from sandbox.reader import read_body
from sandbox.readings import Body

PAGE = """<html><head>
<meta name="ArticleTitle" content="青禾区水务局2025年政府信息公开工作年度报告">
<meta name="PubDate" content="2026-01-25 09:30">
<meta name="pubdate" content="2019-01-01">
<meta name="SiteIDCode" content="">
<meta name="siteidcode" content="4103110001">
<meta name="generator" content="x">
<meta name="ColumnName" content="{long}">
</head><body><h1>报告</h1><p>发布日期：2026-01-20</p><p>本年度依法公开政府信息。</p></body></html>"""
BODY = PAGE.replace("{long}", "年" * 5_000).encode()


def test_known_tags_are_kept_once_and_bounded() -> None:
    document = read_document(BODY)
    assert set(document.metas) == {"articletitle", "pubdate", "siteidcode", "columnname"}
    assert document.metas["pubdate"] == "2026-01-25 09:30"
    assert document.metas["siteidcode"] == "4103110001"
    assert document.metas["columnname"] == "年" * 300


def test_date_of_the_text_stands_beside_that_of_the_tag() -> None:
    document = read_document(BODY)
    assert document.published_on == date(2026, 1, 25)
    assert document.printed_on == date(2026, 1, 20)
    untagged = read_document(BODY.replace(b"PubDate", b"x").replace(b"pubdate", b"y"))
    assert untagged.published_on == untagged.printed_on == date(2026, 1, 20)


def test_facts_of_a_page_come_back_from_the_worker_as_they_went() -> None:
    reading = read_body(Body(BODY))
    assert reading.document is not None
    assert reading.document.characters == len("报告发布日期:2026-01-20本年度依法公开政府信息。")
    assert from_answer(to_answer(reading)).document == reading.document
