from __future__ import annotations

import pytest

from reports.documents.model import Block, Document, Grid, Paragraph
from reports.documents.read import read_document
from reports.reading.read import read_report
from tests.drawing.office_files import (
    W,
    as_full_docx,
    as_word_xml,
    full_docx,
    parts,
    word_table,
    written,
)
from tests.figures import assert_reads_back, balanced
from tests.rendering import TITLE, docx, docx_paragraph, docx_table, zipped

FIGURES = balanced([3, 1, 4, 1, 5, 9, 2])


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{docx_paragraph(text)}</w:tc>"


def table(*rows: str, grid: str = "") -> str:
    return f"<w:tbl>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def shown(blocks: tuple[Block, ...]) -> list[str | list[list[str]]]:
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[slot.text for slot in row] for row in block.rows]
        for block in blocks
    ]


def read(body: str) -> Document:
    return read_document(docx(body))


@pytest.mark.parametrize(
    ("what", "inside", "text"),
    [
        ("deleted text", f"{run('留')}<w:del>{run('删')}</w:del>", "留"),
        ("moved text", f"{run('留')}<w:moveFrom>{run('移')}</w:moveFrom>", "留"),
        ("text moved here", f"{run('留')}<w:moveTo>{run('来')}</w:moveTo>", "留来"),
        ("inserted text", f"{run('留')}<w:ins>{run('增')}</w:ins>", "留增"),
        ("hidden text", run("留") + run("藏", "<w:vanish/>"), "留"),
        ("text shown again", run("留") + run("显", '<w:vanish w:val="0"/>'), "留显"),
        (
            "a field",
            f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('3')}",
            "3",
        ),
        ("a content control", f"<w:sdt><w:sdtContent>{run('控')}</w:sdtContent></w:sdt>", "控"),
        ("a tab stop", f"<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('字')}", "字"),
        ("a lone tab", f"{run('甲')}<w:r><w:tab/></w:r>{run('乙')}", "甲 乙"),
        (
            "a reading above",
            f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt>{run('拼')}</w:ruby></w:r>",
            "拼",
        ),
    ],
)
def test_a_paragraph_shows_what_its_reader_sees(what: str, inside: str, text: str) -> None:
    assert shown(read(f"<w:p>{inside}</w:p>").blocks) == [text]


def test_a_break_ends_a_paragraph() -> None:
    body = f"<w:p>{run('甲')}<w:r><w:br/></w:r>{run('乙')}</w:p>"
    assert shown(read(body).blocks) == ["甲", "乙"]


def test_deleted_rows_and_cells_are_not_read() -> None:
    gone = "<w:trPr><w:del/></w:trPr>" + cell("旧") + cell("0")
    row = cell("新") + cell("9", "<w:cellDel/>") + cell("1")
    assert shown(read(table(gone, row)).blocks) == [[["新", "1"]]]


def test_merged_cells_fill_what_they_cover() -> None:
    body = table(
        cell("甲", '<w:vMerge w:val="restart"/>') + cell("乙", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("1") + cell("2"),
    )
    assert shown(read(body).blocks) == [[["甲", "乙", "乙"], ["甲", "1", "2"]]]


def test_cells_merged_the_old_way_are_one() -> None:
    first, more = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    body = table(cell("甲", first) + cell("", more) + cell("乙"), cell("1") + cell("2") + cell("3"))
    assert shown(read(body).blocks) == [[["甲", "甲", "乙"], ["1", "2", "3"]]]


def test_columns_too_narrow_for_text_are_dropped() -> None:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in (1000, 30, 1000))
    body = table(
        cell("甲", '<w:gridSpan w:val="2"/>') + cell("1"),
        cell("乙") + cell("2", '<w:gridSpan w:val="2"/>'),
        grid=f"<w:tblGrid>{grid}</w:tblGrid>",
    )
    assert shown(read(body).blocks) == [[["甲", "1"], ["乙", "2"]]]


def test_a_row_that_begins_further_right_keeps_its_columns() -> None:
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = table(cell("甲") + cell("1") + cell("2"), late + cell("3") + cell("4"))
    assert shown(read(body).blocks) == [[["甲", "1", "2"], ["", "3", "4"]]]


def box(inside: str) -> str:
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{space}"><mc:Choice>{content}</mc:Choice>'
        f"<mc:Fallback>{content}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_title_in_a_text_box_is_read_once() -> None:
    body = f"<w:p>{box(docx_paragraph(TITLE))}</w:p>" + docx_paragraph("一、总体情况")
    assert shown(read(body).blocks) == [TITLE, "一、总体情况"]
    assert read_report(read(body)).title == TITLE


def test_a_whole_report_in_text_boxes_reads_back() -> None:
    body = written(FIGURES, docx_paragraph, lambda sheet: f"<w:p>{box(docx_table(sheet))}</w:p>")
    assert_reads_back(FIGURES, read_report(read(body)))


def test_a_text_box_over_a_table_stands_behind_it() -> None:
    held = f"<w:tc><w:p>{run('甲')}{box(docx_paragraph('浮'))}</w:p></w:tc>"
    assert shown(read(table(held + cell("1"))).blocks) == [[["甲", "1"]], "浮"]


def test_a_report_inside_a_layout_table_reads_back() -> None:
    body = written(FIGURES, docx_paragraph, docx_table)
    outer = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert_reads_back(FIGURES, read_report(read(outer)))


def test_a_report_whose_every_line_is_a_row_of_one_table_reads_back() -> None:
    """The whole article stands in one wide table: rows of one cell are its paragraphs."""
    rows = "".join(
        table(cell(part)).removeprefix("<w:tbl>").removesuffix("</w:tbl>")
        if isinstance(part, str)
        else docx_table(part).removeprefix("<w:tbl>").removesuffix("</w:tbl>")
        for part in parts(FIGURES)
    )
    report = read_report(read(f"<w:tbl>{rows}</w:tbl>"))
    assert_reads_back(FIGURES, report)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


def test_a_figure_in_a_small_table_inside_a_cell_stays_in_its_cell() -> None:
    inner = f"<w:tc>{table(cell('7'))}<w:p/></w:tc>"
    rows = [cell("项目") + cell("件数") + cell("注")] * 3 + [cell("甲") + inner + cell("")]
    first = read(table(*rows)).blocks[0]
    assert isinstance(first, Grid)
    assert [slot.text for slot in first.rows[3]] == ["甲", "7", ""]


def test_lines_with_tabs_are_a_table() -> None:
    lines = "".join(
        f"<w:p>{run(a)}<w:r><w:tab/></w:r>{run(b)}<w:r><w:tab/></w:r>{run(c)}</w:p>"
        for a, b, c in (("项", "制发", "废止"), ("规章", "1", "2"))
    )
    assert shown(read(lines).blocks) == [[["项", "制发", "废止"], ["规章", "1", "2"]]]


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
)
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>'


def test_automatic_numbers_stand_before_words_but_never_before_figures() -> None:
    body = "".join(f"<w:p>{NUMBERED}{run(text)}</w:p>" for text in ("总体情况", "5", "主动公开"))
    members = {"word/numbering.xml": NUMBERING.encode()}
    document = read_document(full_docx(body, members))
    assert shown(document.blocks) == ["一、总体情况", "5", "二、主动公开"]


def test_a_broken_list_of_numbers_changes_nothing() -> None:
    members = {"word/numbering.xml": b"<a"}
    document = read_document(full_docx(f"<w:p>{NUMBERED}{run('总体情况')}</w:p>", members))
    assert shown(document.blocks) == ["总体情况"]


def test_labels_without_their_automatic_numbers_still_name_their_rows() -> None:
    def bare(text: str) -> str:
        known = text.lstrip("一二三四五六七（）()0123456789.、")
        return docx_paragraph(known if known and known[0] > "\u4e00" else text)

    body = written(FIGURES, docx_paragraph, lambda sheet: word_table(sheet, cell=bare))
    assert_reads_back(FIGURES, read_report(read_document(full_docx(body))))


def test_a_docx_in_the_strict_namespace_reads_back() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = written(FIGURES, docx_paragraph, docx_table)
    document = f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>'
    packed = zipped({"word/document.xml": document.encode()})
    assert_reads_back(FIGURES, read_report(read_document(packed)))


def test_word_2003_xml_reads_back() -> None:
    report = read_report(read_document(as_word_xml(FIGURES)))
    assert_reads_back(FIGURES, report)
    assert report.title == TITLE


def test_a_docx_as_word_writes_it_reads_back() -> None:
    assert_reads_back(FIGURES, read_report(read_document(as_full_docx(FIGURES))))
