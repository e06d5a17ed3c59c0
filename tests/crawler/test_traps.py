"""Lists that would prove an absence by what they hide: each is read whole, or said not to be."""

from __future__ import annotations

import pytest

from crawler.choosing import MOST_LINKS
from crawler.families import FAMILIES
from crawler.families.bounds import MOST_TAGS
from crawler.families.html import MAX_ANCHORS
from crawler.families.model import NEWEST_ONLY, ListPage, ListReading
from crawler.verdict import Answer, judge
from reports.visits import Outcome

COLUMN = "http://a.example/nb/"
TITLE = "甲县乙局2025年政府信息公开工作年度报告"
NOTICE = "关于做好2025年政府信息公开工作年度报告编制工作的通知"
OLDER = '<li><a href="o.html">甲县丙局2023年政府信息公开工作年度报告</a></li>'


def read(text: str, family: str = "auto") -> ListReading:
    return FAMILIES[family].read(ListPage(COLUMN, text.encode(), text))


def test_hint_in_the_title_attribute_does_not_hide_the_title() -> None:
    page = f'<ul><li><a href="a.html" title="点击查看全文">{TITLE}</a></li></ul>'
    assert [link.title for link in read(page).links] == [TITLE]


@pytest.mark.parametrize(
    "shown", [f"关于做好{TITLE[4:]}编制工…", "关于做好2025年政府信息公开...", TITLE[:9] + "……"]
)
def test_title_that_a_list_cuts_short_is_the_whole_one_of_the_attribute(shown: str) -> None:
    named = f"关于做好{TITLE[4:]}编制工作的通知" if shown.startswith("关于") else TITLE
    page = f'<ul><li><a href="a.html" title="{named}">{shown}</a></li></ul>'
    assert [link.title for link in read(page).links] == [named]


def test_script_inside_a_link_is_no_part_of_its_title() -> None:
    page = f'<a href="a.html"><script>var kind = "通知"</script>{TITLE}</a>'
    assert [link.title for link in read(page).links] == [TITLE]


@pytest.mark.parametrize("mark", ['href="javascript:open(12)"', 'href="#" onclick="go(12)"', ""])
def test_report_that_only_a_script_opens_leaves_the_list_incomplete(mark: str) -> None:
    assert not read(f"<ul>{OLDER}<li><a {mark}>{TITLE}</a></li></ul>").complete


@pytest.mark.parametrize(
    ("pager", "is_complete"),
    [
        ('<a href="javascript:goPage(2)">下一页</a>', False),
        ('<a href="#" onclick="next()">下一页</a>', False),
        ('<a href="javascript:goPage(2)">下一页</a> 共1页', True),
        ('<a href="javascript:void(0)">下一页</a>', True),
        ("<a>下一页</a>", True),
        ('<a href="index_1.html">下一页</a>', True),
    ],
)
def test_pager_that_only_a_script_turns_leaves_the_list_incomplete(
    pager: str, is_complete: bool
) -> None:
    assert read(f"<ul>{OLDER}</ul>{pager}").complete is is_complete


@pytest.mark.parametrize("words", ["共<b>3</b>页", "页次：1/3", "第1/3页"])
def test_stated_number_of_pages_is_kept(words: str) -> None:
    assert read(f"<ul>{OLDER}</ul><p>{words}</p>").stated_pages == 3


def test_linked_row_number_does_not_take_the_report_for_a_further_page() -> None:
    row = f'<tr><td><a href="a.html">1</a></td><td><a href="a.html">{TITLE}</a></td></tr>'
    reading = read(f"<table>{row}</table>{OLDER}")
    assert reading.next_pages == ()
    assert f"{COLUMN}a.html" in {link.url for link in reading.links}


def test_list_with_more_links_than_are_read_is_incomplete() -> None:
    rows = "".join(f'<li><a href="{n}.html">2026年简讯之{n}</a></li>' for n in range(MAX_ANCHORS))
    assert MAX_ANCHORS > MOST_LINKS
    assert read(f"<ul>{rows}</ul>").complete
    assert not read(f"<ul>{rows}{OLDER}</ul>").complete


def test_base_without_an_address_does_not_hide_the_next_one() -> None:
    page = f'<base target="_blank"><base href="/q/"><a href="a.html">{TITLE}</a>'
    assert [link.url for link in read(page).links] == ["http://a.example/q/a.html"]


def test_feed_entry_that_swallows_others_leaves_the_feed_incomplete() -> None:
    item = f"<item><title>{TITLE}</title><link>/a</link></item>"
    broken = "<item><title><![CDATA[x</title><link>/b</link></item>"
    head, end = '<rss version="2.0"><channel>', "</channel></rss>"
    assert read(f"{head}{item}{item}{end}").gap == NEWEST_ONLY
    assert read(f"{head}{item}{broken}{item}{end}").gap not in (None, NEWEST_ONLY)


def test_day_beyond_the_calendar_does_not_break_the_feed() -> None:
    item = (
        f"<item><title>{TITLE}</title><link>/a</link><pubDate>0001-01-01T00:00:00+14:00</pubDate>"
    )
    feed = f'<rss version="2.0"><channel>{item}</item></channel></rss>'
    assert [link.listed_on for link in read(feed).links] == [None]


def test_many_links_behind_many_empty_boxes_are_read_in_no_time() -> None:
    boxes, links = "<li>" * 20_000, '<a href="/a">2025 abcdef</a>' * 3_000
    assert len(read(f"<html><ul>{boxes}{links}").links) == 3_000


def test_page_of_countless_tags_is_kept_and_not_taken_apart() -> None:
    judgement = judge(Answer(COLUMN, 200, b"<html>" + b"<p>" * MOST_TAGS))
    assert (judgement.outcome, judgement.text) == (Outcome.OK, "")


def test_part_that_nobody_asked_for_is_no_list() -> None:
    assert judge(Answer(COLUMN, 206, OLDER.encode())).outcome is Outcome.GARBAGE
