from __future__ import annotations

import pytest

from reports.documents.model import Grid, Paragraph
from reports.documents.read import read_document
from tests.rendering import docx, docx_paragraph


def blocks(body: bytes) -> list[object]:
    found: list[object] = []
    for block in read_document(body).blocks:
        if isinstance(block, Grid):
            found.append([[cell.text for cell in row] for row in block.rows])
        else:
            found.append(block.text)
    return found


def test_lines_with_tabs_are_rows_and_a_blank_line_ends_the_grid() -> None:
    text = "甲\n\n一\t1\t\n二\t2\n\n三\t3\n乙"
    assert blocks(text.encode()) == ["甲", [["一", "1", ""], ["二", "2"]], [["三", "3"]], "乙"]


def test_rows_between_bars_are_read_and_their_rules_left_out() -> None:
    text = "| 项 | 数 |\n| --- | --- |\n| 一 |  |\n尾"
    assert blocks(text.encode()) == [[["项", "数"], ["一", ""]], "尾"]


def test_a_stray_tab_makes_no_table() -> None:
    assert blocks("\t一、总体情况\t\n正文".encode()) == ["一、总体情况", "正文"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_its_own_encoding(encoding: str) -> None:
    assert blocks("政府信息公开〇㎡\t1".encode(encoding)) == [[["政府信息公开〇㎡", "1"]]]


def test_text_that_mentions_an_instrument_in_angle_brackets_is_not_html() -> None:
    body = "依据<政府信息公开信息处理费管理办法>，未收取。".encode()
    assert read_document(body, media_type="text/html").media_type == "text/plain"


def test_a_page_without_a_file_name_or_header_is_known_by_its_tags() -> None:
    assert (
        read_document(b"\n\n  <P>a</P>", media_type="application/octet-stream").media_type
        == "text/html"
    )


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{docx_paragraph(text)}</w:tc>"


def test_docx_cells_merged_across_and_down_are_expanded() -> None:
    down, across = "<w:vMerge w:val='restart'/>", "<w:gridSpan w:val='2'/>"
    table = (
        f"<w:tbl><w:tr>{_cell('甲', down)}{_cell('乙', across)}</w:tr>"
        f"<w:tr>{_cell('', '<w:vMerge/>')}{_cell('1')}{_cell('2')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{_cell("3")}{_cell("4")}</w:tr></w:tbl>'
    )
    assert blocks(docx(table)) == [[["甲", "乙", "乙"], ["甲", "1", "2"], ["", "3", "4"]]]


def test_docx_text_in_tracked_insertions_controls_and_line_breaks_is_kept() -> None:
    body = (
        "<w:sdt><w:sdtContent>" + docx_paragraph("控件") + "</w:sdtContent></w:sdt>"
        "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:t>增</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>"
    )
    assert blocks(docx(body)) == ["控件", "新增", "下一行"]


def test_a_docx_layout_table_is_walked_through() -> None:
    inner = f"<w:tbl><w:tr>{_cell('1')}{_cell('2')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{docx_paragraph('说明')}{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert blocks(docx(outer)) == ["说明", [["1", "2"]]]


def test_a_docx_title_style_gives_the_title_and_pictures_are_counted() -> None:
    title = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>年报</w:t></w:r></w:p>'
    picture = '<w:p><w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r></w:p>'
    document = read_document(docx(title + picture))
    assert document.titles == ("年报",)
    assert document.images == 1
    assert document.blocks == (Paragraph("年报"),)
