from __future__ import annotations

from time import process_time

import pytest

from reports.cells import SECTION_HEADINGS
from reports.documents.model import Document, Paragraph
from reports.documents.read import read_document
from reports.reading.sections import outline
from tests.readings import FIGURES
from tests.rendering import NARRATIVE, html_table, sheets

DRAWN = sheets(FIGURES)
TITLE = "水磨镇2025年政府信息公开工作年度报告"


def sections(mark: str = "", tables: bool = False) -> str:
    parts = []
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        parts.append(f"<p>{'一二三四五六'[number - 1]}、{heading}</p>")
        parts.append(f"<p>{mark}{NARRATIVE.get(number, '见表。')}</p>")
        parts.append(html_table(DRAWN[number]) if tables and number in DRAWN else "")
    return "".join(parts)


def read(text: str, **settings: str) -> Document:
    return read_document(text.encode(), **settings)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.grids[number].rows]


def test_a_word_export_gives_whole_words_and_no_conditional_text() -> None:
    body = (
        "<!--[if gte mso 9]><xml><table><tr><td>9</td></tr></table></xml><![endif]-->"
        "<p class=MsoNormal><![if !supportLists]><span>一、</span><![endif]>"
        "<b><span>总</span><span lang=EN-US>体<o:p></o:p></span></b><span>情况</span><o:p>&nbsp;</o:p></p>"
        "<p>全年&nbsp;<span>2</span><span>5</span><st1:chsdate w:st=on>件</st1:chsdate></p>"
    )
    document = read(body)
    assert texts(document) == ["一、总体情况", "全年 25件"]
    assert document.grids == ()


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>{}</div>",
        "<div style='color:red; DISPLAY: NONE'>{}</div>",
        "<span style='visibility: hidden'>{}</span>",
        "<p hidden>{}</p>",
        "<template><p>{}</p></template>",
        "<noscript>{}</noscript>",
        "<!-- <table><tr><td>{}</td><td>1</td></tr></table> -->",
        "<select><option>{}</option></select>",
    ],
)
def test_what_the_page_does_not_show_is_not_read_and_what_follows_it_is(hidden: str) -> None:
    assert texts(read(f"<p>甲{hidden.format('七百件')}</p>乙"))[-1].endswith("乙")
    assert "七百件" not in "".join(texts(read(f"<p>甲{hidden.format('七百件')}</p>乙")))


def test_a_class_may_mean_anything_and_hides_nothing() -> None:
    assert texts(read("<p class=hidden>甲</p>")) == ["甲"]


@pytest.mark.parametrize("tag", ["textarea", "xmp"])
def test_a_report_inside_a_form_field_is_read(tag: str) -> None:
    document = read(f"<h1>{TITLE}</h1><{tag}>{sections(tables=True)}</{tag}>")
    assert texts(document)[0] == "一、总体情况"
    assert len(document.grids) == 3


def test_tags_and_blanks_that_were_escaped_twice_are_what_they_stand_for() -> None:
    escaped = sections(tables=True).replace("<", "&lt;").replace(">", "&gt;")
    document = read(f"<h1>{TITLE}</h1><div>{escaped}</div>")
    assert len(document.grids) == 3
    assert texts(read("<p>本年&amp;nbsp;公开&amp;ldquo;政府信息&amp;rdquo;</p>")) == [
        "本年 公开“政府信息”"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "<pre>甲\t1\t\n乙\t2\t3\n尾</pre>",
        "<p>甲\t1\t<br>乙\t2\t3<br>尾</p>",
        "<p>甲\t1\t</p>\n\t\t<p>乙\t2\t3</p>\n\t\t<p>尾</p>",
    ],
)
def test_lines_divided_by_tabs_are_one_grid(lines: str) -> None:
    document = read(f"<div>{lines}</div>")
    assert grid(document) == [["甲", "1", ""], ["乙", "2", "3"]]
    assert texts(document) == ["尾"]


def test_tabs_of_the_source_are_no_table() -> None:
    document = read("<div>\n\t\t甲<b>\n\t\t乙</b>\n\t</div><div>\n\t\t丙\t<br>\n\t\t丁\n</div>")
    assert texts(document) == ["甲 乙", "丙", "丁"]
    assert document.grids == ()


def test_a_caption_and_text_between_rows_are_not_lost() -> None:
    document = read(
        "<table><caption>表一</caption><tr><td>甲<td>1</tr><p>二、主动公开政府信息情况</p>"
        "<tr><td>乙<td>2</table>"
    )
    assert texts(document) == ["表一", "二、主动公开政府信息情况"]
    assert [grid(document, n) for n in (0, 1)] == [[["甲", "1"]], [["乙", "2"]]]


def test_text_after_an_inner_element_of_a_cell_keeps_its_place() -> None:
    document = read("<table><tr><td><div>1<p>2</p>3</div>4<td>5</table>")
    assert grid(document) == [["1 2 3 4", "5"]]


def test_prose_of_several_paragraphs_in_one_wide_cell_divides_the_sheet() -> None:
    rows = "".join(
        f"<tr>{''.join(f'<td>{name}{n}</td>' for n in range(5))}</tr>" for name in "甲乙"
    )
    prose = "".join(f"<p>{NARRATIVE[1]}</p>" for _ in range(4))
    document = read(f"<table>{rows}<tr><td colspan=330>{prose}</td></tr>{rows}</table>")
    assert texts(document) == [NARRATIVE[1]] * 4
    assert [len(found.rows) for found in document.grids] == [2, 2]


@pytest.mark.parametrize(
    ("shown", "href"),
    [
        ("<iframe src='./P020260112.pdf'></iframe>", "./P020260112.pdf"),
        ("<embed src=/a/报告.pdf>", "/a/报告.pdf"),
        ("<object data=r.ofd></object>", "r.ofd"),
        (
            "<iframe src='/pdfjs/web/viewer.html?file=%2Ffiles%2Fr.pdf&page=1'></iframe>",
            "/files/r.pdf",
        ),
    ],
)
def test_a_file_shown_in_a_frame_is_an_attachment(shown: str, href: str) -> None:
    document = read(f"<h1>{TITLE}</h1>{shown}")
    assert [attachment.href for attachment in document.attachments] == [href]


def test_a_page_without_text_offers_its_frames_and_where_it_sends_to() -> None:
    sent = "<meta http-equiv=refresh content='0; url=/nb/2025.html'>"
    frames = f"<head>{sent}</head><frameset><frame src=top.html><frame src=about:blank></frameset>"
    document = read(frames)
    assert [attachment.href for attachment in document.attachments] == [
        "top.html",
        "/nb/2025.html",
    ]
    counter = "<iframe src=/count.html width=0></iframe><iframe src=/share.html></iframe>"
    assert read(f"<h1>{TITLE}</h1>{sections()}{counter}").attachments == ()


@pytest.mark.parametrize("within", ["#zoom", ".TRS_Editor", "div.TRS_Editor", "div#zoom"])
def test_a_site_may_say_where_the_article_stands(within: str) -> None:
    body = (
        "<p>二、主动公开</p><div id=zoom class='a TRS_Editor'><p>一、总体情况</p><p>文。</p></div>"
    )
    assert texts(read(body, article=within)) == ["一、总体情况", "文。"]


@pytest.mark.parametrize("within", ["#none", "div > p", "", "//*", "[x]", "#"])
def test_a_selector_that_fits_nothing_is_passed_over(within: str) -> None:
    assert texts(read("<div><p>一、总体情况</p></div>", article=within)) == ["一、总体情况"]


def test_links_to_the_chapters_in_a_side_column_do_not_widen_the_article() -> None:
    side = "".join(f"<li>{'一二三四五六'[n]}、{h}</li>" for n, h in enumerate(SECTION_HEADINGS))
    page = f"<ul>{side}</ul><p>2024年</p><div><div id=a>{sections()}</div><p>友情</p></div>"
    assert texts(read(page))[0] == "一、总体情况"
    assert texts(read(page))[-1] == NARRATIVE[6]


@pytest.mark.parametrize(
    "furniture",
    ["上一篇：水磨镇2024年", "【打印本页】", "分享到：", "扫一扫在手机打开当前页", "©2026"],
)
def test_furniture_below_the_article_is_cut(furniture: str) -> None:
    document = read(f"<div>{sections()}<p>{furniture}</p><p>尾巴</p></div>")
    assert texts(document)[-1] == NARRATIVE[6]


def test_of_two_reports_on_a_page_the_one_that_the_page_names_is_read_and_the_other_told() -> None:
    other = TITLE.replace("水磨镇", "青石镇")
    body = f"<div><p>{other}</p>{sections('青石。')}<p>{TITLE}</p>{sections('水磨。')}</div>"
    document = read(f"<title>{TITLE}</title>{body}")
    assert texts(document)[0] == TITLE
    assert not any("青石" in text for text in texts(document))
    assert other in document.remarks[0].zh
    assert "2 份报告" in document.remarks[0].zh
    assert "2 reports" in document.remarks[0].en


def test_of_two_years_on_a_page_without_a_title_of_its_own_the_first_is_read() -> None:
    earlier = TITLE.replace("2025", "2024")
    document = read(f"<div><p>{TITLE}</p>{sections()}<p>{earlier}</p>{sections('旧。')}</div>")
    assert not any("旧。" in text for text in texts(document))
    assert earlier in document.remarks[0].zh


def test_the_same_report_twice_is_remarked_only_when_its_figures_differ() -> None:
    same = f"<div><p>{TITLE}</p>{sections()}<p>{TITLE}</p>{sections()}</div>"
    assert read(same).remarks == ()
    assert texts(read(same)).count("一、总体情况") == 1
    other = f"<div><p>{TITLE}</p>{sections('公开5条。')}<p>{TITLE}</p>{sections('公开6条。')}</div>"
    assert "2 次" in read(other).remarks[0].zh


def test_a_table_of_contents_is_no_second_report() -> None:
    contents = "".join(f"<p>{'一二三四五六'[n]}、{h}</p>" for n, h in enumerate(SECTION_HEADINGS))
    document = read(f"<div><p>{TITLE}</p><p>目录</p>{contents}<p>前言</p>{sections()}</div>")
    assert document.remarks == ()
    assert texts(document).count("一、总体情况") == 2


@pytest.mark.parametrize(
    "body",
    [
        "<p hidden>甲</p>尾" * 4_000,
        "<p>甲\t" + " " * 300_000 + "乙\n",
        "<table>" + "<tr><td colspan=9>一、总体情况<tr><td>1<td>2<td>3" * 3_000,
        "<p>三、收到和处理政府信息</p><p>公开申请情况</p>" * 3_000,
        "<textarea>公开" + "<div>" * 9_000 + "</textarea>",
    ],
    ids=["hidden", "blanks", "divided sheet", "broken headings", "deep field"],
)
def test_much_of_any_oddity_is_read_in_time_that_grows_with_the_page(body: str) -> None:
    started = process_time()
    outline(read(f"<html>{body}"))
    assert process_time() - started < 6
