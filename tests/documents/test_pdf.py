from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from reports.documents.model import Document, Grid, Paragraph, Unreadable
from reports.documents.pdf.read import MAX_PAGES
from reports.documents.read import read_document
from reports.reading.read import read_report
from tests.drawing.pdf import as_pdf, pdf
from tests.drawing.strip import FONT, Bar, Layout, Page, Text
from tests.figures import assert_reads_back, balanced
from tests.rendering import TITLE

FIGURES = balanced([3, 14, 159, 26, 5358, 97, 9])
A4 = Layout()


def drawn(
    *texts: Text, bars: tuple[Bar, ...] = (), more: Callable[[Canvas], None] | None = None
) -> Document:
    return read_document(pdf([Page(list(texts), list(bars))], A4, more))


def words(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(grid: Grid) -> list[list[str]]:
    return [
        [cell.text if cell.is_origin(r, c) else "~" for c, cell in enumerate(row)]
        for r, row in enumerate(grid.rows)
    ]


def refusal(body: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        read_document(body)
    return caught.value.code, caught.value.reason.zh


def frame(*xs: float, ys: tuple[float, ...]) -> tuple[Bar, ...]:
    across = [Bar(xs[0], y, xs[-1], y) for y in ys]
    return (*across, *(Bar(x, ys[0], x, ys[-1]) for x in xs))


@pytest.mark.parametrize(
    "layout",
    [
        Layout(),
        Layout(torn=True, start=100),
        Layout(torn=True, closed=False, start=200, size=12),
        Layout(heads=True, start=320),
        Layout(width=842, height=595, torn=True, heads=True, start=77),
    ],
    ids=["whole rows", "torn rows", "no rule at the break", "repeated heads", "landscape"],
)
def test_a_drawn_report_reads_back_cell_by_cell(layout: Layout) -> None:
    document = read_document(as_pdf(FIGURES, layout))
    assert [len(grid.rows) for grid in document.grids] == [14, 28, 4]
    assert document.grids[1].pages[0] < document.grids[1].pages[-1]
    report = read_report(document)
    assert_reads_back(FIGURES, report)
    assert (report.title, [section.number for section in report.sections]) == (
        TITLE,
        [1, 2, 3, 4, 5, 6],
    )


def test_figures_without_rules_stand_in_their_columns() -> None:
    report = read_report(read_document(as_pdf(FIGURES, Layout(ruled=False, start=140))))
    assert_reads_back(FIGURES, report)


def test_a_label_cut_by_the_page_break_is_one_label_again() -> None:
    top = (700.0, 720.0, 740.0, 760.0)
    first = Page(
        [
            Text(104, 735, 10, "（四）无"),
            *(
                Text(154, y + 15, 10, text)
                for y, text in zip(top, ("名称", "甲", "乙"), strict=False)
            ),
            *(Text(254, y + 15, 10, text) for y, text in zip(top, ("数", "1", "2"), strict=False)),
            Text(290, 820, 9, "— 3 —"),
        ],
        [*frame(150, 250, 350, ys=top), Bar(100, 700, 100, 760), Bar(100, 700, 150, 700)],
    )
    second = Page(
        [Text(104, 75, 10, "法提供"), Text(154, 75, 10, "丙"), Text(254, 75, 10, "3")]
        + [Text(154, 95, 10, "丁"), Text(254, 95, 10, "4")],
        [*frame(150, 250, 350, ys=(60, 80, 100)), Bar(100, 60, 100, 100), Bar(100, 100, 150, 100)],
    )
    grids = read_document(pdf([first, second], A4)).grids
    assert [rows(grid) for grid in grids] == [
        [
            ["（四）无法提供", "名称", "数"],
            ["~", "甲", "1"],
            ["~", "乙", "2"],
            ["~", "丙", "3"],
            ["~", "丁", "4"],
        ]
    ]
    assert grids[0].pages == (1, 1, 1, 2, 2)


def test_text_upright_in_a_narrow_cell_is_read_from_top_to_bottom() -> None:
    upright = [Text(105, 115 + 12 * n, 10, character) for n, character in enumerate("三、本年度")]
    beside = [Text(130, 121 + 12 * n, 10, character) for n, character in enumerate("无法提供")]
    document = drawn(*upright, *beside, bars=frame(100, 120, 150, ys=(100, 180)))
    assert rows(document.grids[0]) == [["三、本年度", "无法提供"]]


def test_lines_of_one_paragraph_are_joined_and_headings_begin_one() -> None:
    line = "本机关全年更新公开栏目并公布办事指南和服务事项目录一百二十"
    lines = ["一、总体情况", line, "三条。", "二、主动公开政府信息情况", "无。"]
    indents = [24, 24, 0, 24, 24]
    texts = [
        Text(60 + indent, 100 + 20 * n, 14, text)
        for n, (text, indent) in enumerate(zip(lines, indents, strict=True))
    ]
    assert words(drawn(*texts)) == [lines[0], line + lines[2], lines[3], lines[4]]


def test_a_frame_round_text_is_no_table() -> None:
    document = drawn(Text(110, 130, 12, "这是加框的正文。"), bars=frame(100, 400, ys=(100, 160)))
    assert (words(document), document.grids) == (["这是加框的正文。"], ())


def test_page_numbers_and_lines_that_every_page_repeats_are_left_out() -> None:
    pages = [
        Page(
            [
                Text(60, 40, 9, "某某人民政府"),
                Text(60, 200, 12, f"正文{n}"),
                Text(290, 810, 9, f"- {n} -"),
            ]
        )
        for n in "123"
    ]
    assert words(read_document(pdf(pages, A4))) == ["正文1", "正文2", "正文3"]


def _watermark(canvas: Canvas) -> None:
    canvas.setFont(FONT, 40)
    canvas.saveState()
    canvas.translate(100, 300)
    canvas.rotate(45)
    canvas.drawString(0, 0, "水印")
    canvas.restoreState()
    canvas.setFont(FONT, 12)
    canvas.setFillGray(1)
    canvas.drawString(100, 500, "白字")
    canvas.setFillGray(0)
    canvas.drawString(-300, 500, "页外")
    text = canvas.beginText(100, 400)
    text.setTextRenderMode(3)
    text.textLine("隐形")
    canvas.drawText(text)


def test_what_nobody_sees_is_not_read() -> None:
    assert words(drawn(Text(60, 100, 12, "看得见"), more=_watermark)) == ["看得见"]


def test_white_text_on_a_dark_ground_is_read() -> None:
    def banner(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.6)
        canvas.rect(80, 480, 200, 40, fill=1, stroke=0)
        canvas.setFillGray(1)
        canvas.setFont(FONT, 12)
        canvas.drawString(100, 495, "白字")

    assert words(drawn(more=banner)) == ["白字"]


def test_a_page_on_its_side_is_read_upright() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.translate(300, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "横排第一行")
        canvas.drawString(0, -20, "第二行")

    assert words(drawn(more=turned)) == ["横排第一行", "第二行"]


def test_radicals_become_the_characters_that_they_stand_for() -> None:
    assert words(drawn(Text(60, 100, 12, "⼈⺠政府"))) == ["人民政府"]


def test_the_title_of_the_properties_counts_only_when_the_text_shows_none() -> None:
    stale = "乙县水务局2021年政府信息公开工作年度报告"

    def titled(canvas: Canvas) -> None:
        canvas.setTitle(stale)

    assert drawn(Text(60, 100, 12, "正文"), more=titled).titles == (stale,)
    assert drawn(Text(60, 100, 12, TITLE), more=titled).titles == ()


def _scan(canvas: Canvas) -> None:
    canvas.drawInlineImage(Image.new("L", (60, 85), 200), 0, 0, 595, 842)


def test_pages_that_are_pictures_say_how_many_and_what_to_do() -> None:
    code, reason = refusal(pdf([Page(), Page()], A4, _scan))
    assert code == "image"
    assert "2" in reason


def test_a_picture_among_text_is_counted() -> None:
    texts = [Text(60, 100 + 20 * n, 12, "正文" * 15) for n in range(10)]
    assert drawn(*texts, more=_scan).images == 1


def _locked(user: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user, ownerPassword="owner"))
    canvas.drawString(100, 700, "open text")
    canvas.save()
    return buffer.getvalue()


def test_a_password_is_named_as_the_reason_and_an_owner_password_is_none() -> None:
    code, reason = refusal(_locked("user"))
    assert (code, "密码" in reason) == ("encrypted", True)
    assert words(read_document(_locked(""))) == ["open text"]


def _made(*objects: bytes) -> bytes:
    """Return a PDF of these numbered objects; its cross references have to be rebuilt."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF"


def _page(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return _made(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % more,
        b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed),
    )


FORM = b"/Resources << /XObject << /F 4 0 R >> >>"


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (b"%PDF-1.7\n%...", {"damaged"}),
        (b"\r\n\x00junk%PDF-1.4", {"damaged"}),
        (as_pdf(FIGURES)[:4000], {"damaged", "empty"}),
        (_made(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Kids [2 0 R] /Count 9 >>"), {"damaged"}),
        (
            _made(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Kids [3 0 R] /Count 100000000 >>"),
            {"too_large", "damaged"},
        ),
        (pdf([Page() for _ in range(MAX_PAGES + 1)], A4), {"too_large"}),
        (_page(b""), {"empty"}),
        (_page(b"q " * 200_000), {"empty"}),
        (_page(b"q " * 8_000_000), {"too_large"}),
        (_page(zlib.compress(b" " * 90_000_000)), {"too_large"}),
        (_page(b"0 0 m 9 9 l S " * 70_000), {"too_large"}),
        (_page(b"/F Do", FORM), {"empty"}),
    ],
    ids=[
        "no body",
        "junk before",
        "cut",
        "a loop of pages",
        "a lie about pages",
        "too many pages",
        "nothing on it",
        "deep states",
        "a bomb of operators",
        "a bomb in a bomb",
        "endless lines",
        "a form in itself",
    ],
)
def test_broken_looping_and_vast_files_are_refused(body: bytes, codes: set[str]) -> None:
    assert refusal(body)[0] in codes
