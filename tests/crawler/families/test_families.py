from __future__ import annotations

from datetime import date

import pytest

from crawler.families import FAMILIES
from crawler.families.model import NEWEST_ONLY, ListPage, ListReading

COLUMN = "http://a.example/zfxxgk/nb/index.html"

LIST = """<html><body><div class="nav"><a href="/">首页</a> <a href="/zfxxgk/">政府信息公开</a>
<a href="/zfxxgk/nb/">政府信息公开年报</a></div><ul>
<li><a href="./202601/t20260120_1.html" title="甲县乙镇人民政府2025年政府信息公开工作年度报告"
  >甲县乙镇人民政府2025年政…</a>
  <span>2026-01-20</span></li>
<li><a href="/b.html">丙局2024年度政府信息公开工作年度报告 [2025/1/9]</a></li>
<li><a href="c.html#top">二〇二三年政府信息公开<b>工作</b>年度报告</a></li>
<li><a href="d.html">关于开展自查的函</a><i>2026年1月3日</i></li>
<li><a href="javascript:void(0)">2022年政府信息公开工作年度报告</a></li>
<li><a href="e.html">政府信息公开工作年度报告</a></li>
</ul><p>版权所有 <a href="/about.html">关于我们</a> 2026-01-21</p></body></html>"""

PAGER = """<div><a href="index_1.html">2</a><a href="index_1.html">下一页</a>
<a href="http://b.example/x/index_2.html">3</a></div>"""

JCMS = """<script type="text/xml"><datastore><nextgroup>
<![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=2&amp;columnid=1501"></a>]]></nextgroup>
<recordset>
<record><![CDATA[<li><a href="/art/2026/1/23/art_1501_2001.html" 
  title="乙街道办事处2025年政府信息公开工作年度报告">乙街道…</a>
 <span>2026-01-23</span></li>]]></record>
<record><![CDATA[<li><a href="/art/2025/1/9/art_1501_1001.html"
  >乙街道办事处2024年政府信息公开工作年度报告</a></li>]]></record>
</recordset><totalrecord>7</totalrecord></datastore></script>"""

RSS = """<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>年报</title>
<item><title>丁局2025年政府信息公开工作年度报告</title><link>/zfxxgk/9.html</link>
<pubDate>{date}</pubDate></item></channel></rss>"""

REPORT = """<html><head><meta name="ArticleTitle" content="戊局2025年政府信息公开工作年度报告"></head><body>
<a href="/2024.html">戊局2024年政府信息公开工作年度报告</a><table><tr><td>第二十条第（一）项</td></tr></table>
<table><tr><td>一、本年新收政府信息公开<br>申请数量</td></tr></table></body></html>"""


def read(family: str, text: str, url: str = COLUMN, body: bytes | None = None) -> ListReading:
    return FAMILIES[family].read(ListPage(url, text.encode() if body is None else body, text))


def _urls(reading: ListReading) -> tuple[str, ...]:
    return tuple(page.url for page in reading.next_pages)


def test_list_gives_full_titles_absolute_addresses_and_days() -> None:
    found = [(link.title, link.url, link.listed_on) for link in read("list", LIST).links]
    folder = "http://a.example/zfxxgk/nb/"
    assert found == [
        (
            "甲县乙镇人民政府2025年政府信息公开工作年度报告",
            f"{folder}202601/t20260120_1.html",
            date(2026, 1, 20),
        ),
        ("丙局2024年度政府信息公开工作年度报告", "http://a.example/b.html", date(2025, 1, 9)),
        ("二〇二三年政府信息公开工作年度报告", f"{folder}c.html", None),
        ("关于开展自查的函", f"{folder}d.html", date(2026, 1, 3)),
        ("政府信息公开工作年度报告", f"{folder}e.html", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "<p></p>",
        "<html><body><a href='/'>首页</a></body></html>",
        '{"a": 1}',
        "<!-- -->",
    ],
)
def test_page_without_entries_is_not_recognised(text: str) -> None:
    assert not read("auto", text).recognised


@pytest.mark.parametrize(
    "script",
    [
        'createPageHTML(3, 0, "index", "html");',
        "createPageHTML('pages', 3, 1, 'index', 'html', 45);",
        "var currentPage = 0; var countPage = 3;",
    ],
)
def test_scripted_pager_names_the_pages_that_follow(script: str) -> None:
    reading = read("trs", f"{LIST}<script>{script}</script>")
    folder = "http://a.example/zfxxgk/nb/"
    assert _urls(reading) == (f"{folder}index_1.html", f"{folder}index_2.html")
    assert len(reading.links) == 5


def test_pager_of_links_is_followed_on_its_own_host_alone() -> None:
    reading = read("paged", LIST + PAGER)
    assert _urls(reading) == ("http://a.example/zfxxgk/nb/index_1.html",)


def test_page_put_together_from_parts_is_read_beyond_its_first_end() -> None:
    whole = "<html><body><p>页眉</p></body></html>" + LIST
    assert len(read("list", whole).links) == 5


def test_scripted_pager_cannot_ask_for_a_million_pages() -> None:
    reading = read("paged", LIST + "<script>createPageHTML(999999999,0,'index','html')</script>")
    assert len(reading.next_pages) <= 60


def test_data_store_gives_its_records_the_next_group_and_the_total() -> None:
    reading = read("jcms", f"<html><body>{JCMS}</body></html>")
    assert [(link.url, link.listed_on) for link in reading.links] == [
        ("http://a.example/art/2026/1/23/art_1501_2001.html", date(2026, 1, 23)),
        ("http://a.example/art/2025/1/9/art_1501_1001.html", None),
    ]
    assert _urls(reading) == (
        "http://a.example/module/web/jpage/dataproxy.jsp?page=2&columnid=1501",
    )
    assert (len(reading.records), reading.stated_total) == (2, 7)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Fri, 23 Jan 2026 01:00:00 +0800", date(2026, 1, 23)),
        ("Thu, 22 Jan 2026 17:30:00 GMT", date(2026, 1, 23)),
        ("Fri, 23 Jan 2026 00:30:00 CST", date(2026, 1, 23)),
        ("2026-01-22T16:00:00Z", date(2026, 1, 23)),
        ("2026-01-23 00:10:00", date(2026, 1, 23)),
        ("2026年1月23日", date(2026, 1, 23)),
        ("2026/01/23", date(2026, 1, 23)),
        ("2026-02-31", None),
        ("soon", None),
    ],
)
def test_feed_days_are_days_in_china(printed: str, day: date | None) -> None:
    text = RSS.format(date=printed)
    reading = read("feed", text, body=text.encode("gb18030"))
    assert [(link.title, link.url, link.listed_on) for link in reading.links] == [
        ("丁局2025年政府信息公开工作年度报告", "http://a.example/zfxxgk/9.html", day)
    ]
    assert reading.gap == NEWEST_ONLY


def test_feed_that_breaks_off_is_not_complete() -> None:
    text = RSS.format(date="2026-01-23").replace("gb2312", "utf-8")
    cut = read("feed", text.partition("</item>")[0] + "</item><item><title>戊")
    assert cut.gap not in (None, NEWEST_ONLY)


def test_page_that_is_no_feed_any_more_is_not_recognised() -> None:
    assert not read("feed", LIST).recognised
    assert not read("feed", "").recognised


def test_feed_reader_opens_no_file_and_expands_no_entity() -> None:
    assert not read("feed", "/etc/hostname").recognised
    bomb = '<!DOCTYPE x [<!ENTITY a "' + "b" * 1000 + '"><!ENTITY c "' + "&a;" * 1000 + '">]>'
    text = bomb + RSS.format(date="").replace("丁局", "&c;")
    assert all(len(link.title) < 2000 for link in read("feed", text).links)


def test_single_page_is_its_own_report() -> None:
    reading = read("single", REPORT)
    assert reading.is_report
    assert [(link.title, link.url) for link in reading.links] == [
        ("戊局2025年政府信息公开工作年度报告", COLUMN)
    ]


def test_single_file_has_no_title() -> None:
    reading = read("single", "", body=b"%PDF-1.7")
    assert [link.title for link in reading.links] == [""]


@pytest.mark.parametrize(
    ("text", "links", "is_report"),
    [
        (LIST, 5, False),
        (f"<html>{JCMS}</html>", 2, False),
        (RSS.format(date="2026-01-23").replace("gb2312", "utf-8"), 1, False),
        (REPORT, 1, True),
    ],
)
def test_auto_recognises_the_family(text: str, links: int, is_report: bool) -> None:
    reading = read("auto", text)
    assert (len(reading.links), reading.is_report) == (links, is_report)


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 20_000 + LIST,
        "<record><![CDATA[" * 20_000 + "<datastore",
        "<a href='x'>2025" * 300,
        "<a href='http://[bad/'>2025年报告</a>" + "<a href='//'>2025年报告</a>",
        "\x00\ud800<a href='\x00'>2025年报告</a>",
    ],
)
def test_hostile_pages_are_read_without_an_error(text: str) -> None:
    for family in FAMILIES:
        read(family, text, body=text.encode("utf-8", "replace"))
