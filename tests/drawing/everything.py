"""Draws one report in every form in which agencies publish it, and files that hold no report at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.drawing.flattening import STYLES
from tests.drawing.ofd import as_ofd
from tests.drawing.office_files import (
    as_full_docx,
    as_mhtml,
    as_ods,
    as_odt,
    as_rtf,
    as_word_xml,
    as_xlsx,
)
from tests.drawing.pdf import as_pdf
from tests.rendering import TITLE, Figures, as_html, as_text, zipped
from tests.sandbox.bombs import compound
from web.sample.pages import Article, Link, Look, article_page

_LOOK = Look(name="青禾县人民政府", id_code="9900000002", home="/", column="/nb/")
_OTHERS = tuple(Link(TITLE.replace("2025", str(year)), f"/{year}.html") for year in (2024, 2023))


def readable(figures: Figures) -> Mapping[str, bytes]:
    """Return file name → bytes of every form that is read to the last cell with nothing installed."""
    page = as_html(figures)
    text = {f"flattened {name}.html": STYLES[name](figures) for name in STYLES if "9" not in name}
    return {
        "page.html": page,
        "page in GB18030.html": page.decode().replace("utf-8", "gb2312").encode("gb18030"),
        "page of a site.html": site_page(page),
        "one sheet.html": STYLES["9 one sheet"](figures),
        "text.txt": as_text(figures),
        "report.docx": as_full_docx(figures),
        "report.odt": as_odt(figures),
        "report.ods": as_ods(figures),
        "report.rtf": as_rtf(figures),
        "report.xlsx": as_xlsx(figures),
        "Word 2003.xml": as_word_xml(figures),
        "report.mht": as_mhtml(figures),
        "report.ofd": as_ofd(figures),
        "report.pdf": as_pdf(figures),
        "报告.zip": zipped({"年报/报告.docx": as_full_docx(figures), "年报/图.png": icon()}),
        **text,
    }


def unreadable(figures: Figures) -> Mapping[str, tuple[bytes, str]]:
    """Return file name → bytes of files that give no report, and a word that their reason must have."""
    pdf, docx = as_pdf(figures), as_full_docx(figures)
    return {
        "empty.html": (b" \n", "空"),
        "cut.docx": (docx[: len(docx) // 2], "重新下载"),
        "cut.pdf": (pdf[:200], "重新下载"),
        "locked.pdf": (locked_pdf(), "加密"),
        "locked.docx": (compound("EncryptedPackage", b"\x07" * 5_000), "加密"),
        "locked.zip": (locked_zip(docx), "加密"),
        "two reports.zip": (zipped({"a.docx": docx, "b.docx": other(figures)}), "解压后逐个检查"),
        "archive.rar": (b"Rar!\x1a\x07\x01\x00" + b"\x00" * 99, "解压"),
        "archive.7z": (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 99, "解压"),
        "slides.pptx": (zipped({"ppt/presentation.xml": b"<p/>"}), "PPTX"),
        "icon.png": (icon(), "图标"),
        "binary.dat": (bytes(range(256)) * 40, "来源文件"),
        "notice.html": ("<p>关于春节放假的通知</p>".encode(), "没有找到年度报告"),
        "page with a file.html": (page_with_a_file(), "附件"),
    }


def other(figures: Figures) -> bytes:
    """Return the same report with a different figure."""
    return as_full_docx({**figures, "licensing.decisions": "987654"})


def site_page(*reports: bytes) -> bytes:
    """Return reports inside a whole page of a site: path, side list, other years, foot."""
    bodies = (page.decode().partition("<div>")[2].rpartition("</div>")[0] for page in reports)
    article = Article(TITLE, "".join(bodies), date(2026, 1, 20), _OTHERS, views=318)
    return article_page(_LOOK, article).encode()


def two_reports(figures: Figures) -> bytes:
    """Return a page with this year's report and last year's, whose figures differ, behind it."""
    before = as_html({**figures, "licensing.decisions": "987654"}).decode()
    return site_page(as_html(figures), before.replace("2025", "2024").encode())


def page_with_a_file(*files: Link) -> bytes:
    """Return a page of a site whose report is in a file."""
    links = files or (Link(f"{TITLE}.pdf", "/report.pdf"),)
    article = Article(TITLE, "<p>全文见附件。</p>", date(2026, 1, 20), attachments=links)
    return article_page(_LOOK, article).encode()


def icon() -> bytes:
    """Return the head of a PNG of 16 × 16."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x00\x00\x10" * 2 + b"\x08" + b"\x00" * 9


def locked_pdf() -> bytes:
    """Return a PDF that opens only with a password."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("password", ownerPassword="owner"))
    canvas.drawString(100, 700, "2025")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked_zip(content: bytes) -> bytes:
    """Return an archive whose one member is marked as encrypted."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("report.docx", content)
    packed = bytearray(buffer.getvalue())
    packed[6] |= 1
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)
