from __future__ import annotations

from datetime import date

import pytest

from reports.cells import CELL_LABELS, SECTION_HEADINGS
from reports.documents.model import Document, Grid, Paragraph
from reports.documents.read import read_document
from reports.model import Quality, TableName
from reports.reading.read import read_report
from tests.rendering import NARRATIVE, html_table, sheets

FIGURES = {key: str(number % 89) for number, key in enumerate(CELL_LABELS)}
DRAWN = sheets(FIGURES)


def article(tables: bool = True) -> str:
    parts = []
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        parts.append(
            f"<p><strong>{'一二三四五六'[number - 1]}、</strong><span>{heading}</span></p>"
        )
        parts.append(f"<p>{NARRATIVE.get(number, '')}</p>")
        parts.append(html_table(DRAWN[number]) if tables and number in DRAWN else "")
    return "".join(parts)


def page(body: str, head: str = "") -> str:
    return (
        f"<html><head><title>水磨镇2025年政府信息公开工作年度报告_青禾县人民政府</title>{head}"
        "<style>p{color:red}</style><script>var 一=1</script></head><body>"
        "<div class='top'><ul><li><a href='/a'>首页</a></li><li>政务公开</li></ul></div>"
        "<table width=960><tr><td width=200><ul><li>政府信息公开指南</li><li>公开年报</li></ul></td><td>"
        f"<h1>青禾县水磨镇2025年政府信息公开工作年度报告</h1>{body}"
        "<p>上一篇：水磨镇2024年年报</p></td></tr></table>"
        "<div>版权所有 青禾县人民政府 ICP备00000000号</div></body></html>"
    )


def read(text: str, encoding: str = "utf-8", **hints: str) -> Document:
    return read_document(text.encode(encoding), **hints)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.grids[number].rows]


def test_the_article_in_a_layout_table_is_read_without_what_surrounds_it() -> None:
    document = read(page(f"<div id=zoom>{article()}</div>"))
    assert texts(document)[0] == "一、总体情况"
    assert texts(document)[-1] == NARRATIVE[6]
    assert len(document.grids) == 3
    assert (
        read_report(document).cell("requests.new.enterprise").raw
        == FIGURES["requests.new.enterprise"]
    )


def test_furniture_behind_the_last_section_is_cut_even_beside_the_article() -> None:
    report = read_report(read(page(article())))
    section = report.section(6)
    assert section is not None
    assert section.text == NARRATIVE[6]


def test_titles_come_from_the_meta_tag_then_headings_then_the_page_title() -> None:
    head = "<meta name='ArticleTitle' content='水磨镇2025年年报'>"
    assert read(page(article(), head)).titles == (
        "水磨镇2025年年报",
        "青禾县水磨镇2025年政府信息公开工作年度报告",
        "水磨镇2025年政府信息公开工作年度报告_青禾县人民政府",
    )


def test_an_untagged_title_line_above_the_article_is_found() -> None:
    above = "<div class=bt>水磨镇2025年政府信息公开工作年度报告</div><div>时间：2026-01-09</div>"
    document = read(f"<title>青禾县人民政府</title><body>{above}<div>{article()}</div></body>")
    assert document.titles == ("青禾县人民政府", "水磨镇2025年政府信息公开工作年度报告")
    assert read_report(document).agency == "水磨镇"


@pytest.mark.parametrize(
    ("head", "body", "shown"),
    [
        (
            "<meta name='PubDate' content='2026-01-12 09:30'>",
            "发布日期：2026-02-01",
            date(2026, 1, 12),
        ),
        ("", "<span>发布时间：</span><b>2026年1月9日</b>", date(2026, 1, 9)),
        ("", "时间：2026/01/15 来源：水磨镇", date(2026, 1, 15)),
        ("", "成文日期：2026-01-03 发布日期：2026-01-20", date(2026, 1, 20)),
        ("", "更新时间:2026-01-21", date(2026, 1, 21)),
        (
            "",
            "<table><tr><td>索引号</td><td>7</td><td>发布日期</td><td>2026-01-08</td></tr></table>",
            date(2026, 1, 8),
        ),
        ("", "发布日期：2026-13-45", None),
        ("", "来源：水磨镇", None),
    ],
)
def test_the_publication_date_follows_the_precedence_of_its_labels(
    head: str, body: str, shown: date | None
) -> None:
    assert read(page(f"<div>{body}</div><div>{article()}</div>", head)).published_on == shown


def test_a_date_inside_the_narrative_is_not_the_publication_date() -> None:
    assert read(page(f"<div>{article()}<p>会议时间：2025-03-04</p></div>")).published_on is None


@pytest.mark.parametrize(
    ("declared", "encoding", "hint"),
    [
        ("gb2312", "gb18030", None),
        ("gbk", "gb18030", "utf-8"),
        ("utf-8", "gb18030", None),
        ("gb2312", "utf-8", "gbk"),
        ("no-such-charset", "utf-8", "also-none"),
        ("utf-8", "utf-8-sig", None),
        ("utf-8", "utf-16", None),
    ],
)
def test_the_bytes_decide_the_encoding_not_what_is_declared(
    declared: str, encoding: str, hint: str | None
) -> None:
    text = page(f"<p>〇㎡镕</p>{article()}", f"<meta charset={declared}>")
    document = read_document(text.encode(encoding), charset=hint)
    assert read_report(document).agency == "青禾县水磨镇"


def test_a_few_broken_bytes_do_not_turn_utf8_into_gibberish() -> None:
    body = bytearray(page(article()).encode())
    body[body.index("总体".encode())] = 0xFF
    assert read_document(bytes(body)).charset == "utf-8"


def test_a_page_cut_in_the_middle_of_a_tag_still_reads() -> None:
    text = page(article())
    report = read_report(read(text[: text.index("行政诉讼情况") + 30]))
    assert report.tables[TableName.REQUESTS].quality is Quality.COMPLETE
    assert report.tables[TableName.DISPUTES].quality is Quality.ABSENT


def test_spans_are_expanded_and_figures_in_one_cell_never_run_together() -> None:
    document = read(
        "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<br>2<td><p>3</p><p>4</p></table>"
    )
    assert grid(document) == [["甲", "乙", "乙"], ["甲", "1 2", "3 4"]]


def test_inner_tables_are_the_grids_and_outer_ones_only_layout() -> None:
    inner = "<table><tr><td>1</td><td>2</td></tr></table>"
    document = read(
        f"<table><tr><td><p>说明</p>{inner}<p>尾注</p></td><td>{inner}</td></tr></table>"
    )
    assert texts(document) == ["说明", "尾注"]
    assert [grid(document, n) for n in range(2)] == [[["1", "2"]]] * 2


def test_an_article_inside_one_wide_sheet_gives_its_sections_and_tables() -> None:
    rows = []
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        rows.append(f"<tr><td colspan=300>{'一二三四五六'[number - 1]}、{heading}</td></tr>")
        if number in NARRATIVE:
            rows.append(f"<tr><td colspan=300>{NARRATIVE[number] * 3}</td></tr>")
        if number in DRAWN:
            sheet = html_table(DRAWN[number])
            rows.append(sheet[sheet.index("<tr>") : sheet.rindex("</table>")])
    report = read_report(read(f"<html><body><table>{''.join(rows)}</table></body></html>"))
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert {key: report.cell(key).raw for key in FIGURES if report.cell(key).place} == {
        key: FIGURES[key] for table in report.tables.values() for key in table.cells
    }


def test_attachments_keep_their_address_and_words_and_scripts_are_none() -> None:
    document = read(
        page(
            article()
            + "<p><a href='./P020260112.docx'>年度报告</a> <a href='/down.jsp?id=7'>报告全文.PDF</a>"
            "<a href='javascript:go(1.doc)'>x.doc</a><a href='./P020260112.docx'>又一次</a>"
            "<a href='/list.html'>列表</a></p>"
        )
    )
    assert [(a.href, a.text) for a in document.attachments] == [
        ("./P020260112.docx", "年度报告"),
        ("/down.jsp?id=7", "报告全文.PDF"),
    ]


def test_pictures_of_the_article_are_counted_icons_are_not() -> None:
    body = f"<div>{article(tables=False)}<img src=t1.jpg><img src=i.gif width=16></div><img src=logo.png>"
    document = read(page(body))
    assert document.images == 1
    report = read_report(document)
    assert {table.quality for table in report.tables.values()} == {Quality.IMAGE}


def test_scripts_styles_and_navigation_leave_no_text() -> None:
    document = read(
        "<nav>菜单</nav><script>坏()</script><style>坏</style><p>正文</p><footer>页脚</footer>"
    )
    assert texts(document) == ["正文"]
    assert not any(isinstance(block, Grid) for block in document.blocks)


def test_text_after_an_early_end_of_the_page_is_read() -> None:
    part = "<html><body><p>一、总体情况</p></body></html>"
    text = f"{part}<div><p>二、主动公开政府信息情况</p></div></HTML >尾注"
    document = read_document(text.encode())
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == ["一、总体情况", "二、主动公开政府信息情况", "尾注"]
