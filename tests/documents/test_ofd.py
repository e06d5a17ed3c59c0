from __future__ import annotations

import pytest

from reports.documents.model import Document, Paragraph, Unreadable
from reports.documents.read import read_document
from reports.reading.read import read_report
from tests.drawing.ofd import SPACE, as_ofd, ofd, page_xml
from tests.drawing.strip import Bar, Layout, Page, Text
from tests.figures import assert_reads_back, balanced
from tests.rendering import zipped

FIGURES = balanced([3, 14, 159, 26, 5358, 97, 9])
A4 = Layout()


def words(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def page(objects: str, more: str = "") -> str:
    return (
        f"<ofd:Page {SPACE}>{more}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
        "</ofd:Page>"
    )


def text(words: str, attributes: str = "", code: str = 'X="0" Y="5" DeltaX="5 5 5"') -> str:
    return (
        f'<ofd:TextObject Boundary="20 30 100 8" Size="5" {attributes}>'
        f"<ofd:TextCode {code}>{words}</ofd:TextCode></ofd:TextObject>"
    )


def refusal(body: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_document(body)
    return caught.value.code


@pytest.mark.parametrize(
    "layout",
    [Layout(), Layout(torn=True, closed=False, start=200), Layout(heads=True, start=320)],
    ids=["whole rows", "torn rows", "repeated heads"],
)
def test_a_drawn_report_reads_back_cell_by_cell(layout: Layout) -> None:
    document = read_document(as_ofd(FIGURES, layout))
    assert document.media_type == "application/ofd"
    assert [len(grid.rows) for grid in document.grids] == [14, 28, 4]
    assert_reads_back(FIGURES, read_report(document))


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        (text("年度报告"), "年度报告"),
        (text("年度报告", code='X="0" Y="5" DeltaX="g 3 5"'), "年度报告"),
        (text("年度报告", code='X="0" Y="5"'), "年度报告"),
        (text("年度", code='X="0" Y="5" DeltaX="20"'), "年 度"),
        (text("⼈⺠政府"), "人民政府"),
        (text("年度报告", 'CTM="2 0 0 2 0 0"'), "年度报告"),
        (f"<ofd:PageBlock>{text('年度报告')}</ofd:PageBlock>", "年度报告"),
    ],
    ids=["steps", "steps in a group", "no steps", "apart", "radicals", "larger", "in a block"],
)
def test_a_run_of_text_is_read(drawn: str, read: str) -> None:
    assert words(read_document(ofd([page(drawn)]))) == [read]


@pytest.mark.parametrize(
    "hidden",
    [
        text("看不见", 'Visible="false"'),
        text("看不见", 'Alpha="0"'),
        text("看不见", 'CTM="0.7 0.7 -0.7 0.7 0 0"'),
        text("看不见").replace(
            "<ofd:TextCode", '<ofd:FillColor Value="255 255 255"/><ofd:TextCode'
        ),
        text("看不见").replace("20 30", "-90 30"),
    ],
    ids=["switched off", "transparent", "slanting", "white", "beside the page"],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    shown = text("看得见").replace("20 30", "20 60")
    assert words(read_document(ofd([page(hidden + shown)]))) == ["看得见"]


def test_a_template_is_drawn_under_the_pages_that_name_it() -> None:
    bars = [Bar(60, y, 260, y) for y in (100, 120, 140)]
    bars += [Bar(x, 100, x, 140) for x in (60, 160, 260)]
    form = page_xml(Page([Text(65, 115, 10, "名称"), Text(165, 115, 10, "数量")], bars), A4)
    filled = Page([Text(65, 135, 10, "规章"), Text(165, 135, 10, "3")])
    named = page_xml(filled, A4, '<ofd:Template TemplateID="t1"/>')
    grid = read_document(ofd([named], {"t1": form})).grids[0]
    assert [[cell.text for cell in row] for row in grid.rows] == [["名称", "数量"], ["规章", "3"]]


PICTURE = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/>'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (zipped({"OFD.xml": b"<a/>"}), "damaged"),
        (zipped({"OFD.xml": b"<a>"}), "damaged"),
        (zipped({"OFD.xml": b"<a><DocRoot>x.xml</DocRoot></a>"}), "damaged"),
        (ofd([]), "damaged"),
        (ofd([page("")]), "empty"),
        (ofd([page(PICTURE)]), "image"),
        (ofd([page("")] * 301), "too_large"),
        (
            ofd(
                [
                    page(
                        '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>'
                        + "M 0 0 L 9 0 " * 40_000
                        + "</ofd:AbbreviatedData></ofd:PathObject>"
                    )
                ]
            ),
            "too_large",
        ),
        (ofd([page("<ofd:PageBlock>" * 100 + text("深") + "</ofd:PageBlock>" * 100)]), "empty"),
    ],
    ids=[
        "no document",
        "no xml",
        "lost part",
        "no pages",
        "nothing on it",
        "a picture",
        "too many pages",
        "endless lines",
        "nested deeply",
    ],
)
def test_broken_and_vast_files_are_refused(body: bytes, code: str) -> None:
    assert refusal(body) == code


@pytest.mark.parametrize(
    "code",
    [
        'X="nan" Y="1e999"',
        'X="0" Y="5" DeltaX="g 999999999 5"',
        'X="0" Y="5" DeltaX="g g g"',
        'X="" Y=""',
    ],
)
def test_senseless_numbers_are_survived(code: str) -> None:
    shown = text("看得见").replace("20 30", "20 60")
    assert "看得见" in words(read_document(ofd([page(text("字字", code=code) + shown)])))
