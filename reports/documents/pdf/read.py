"""PDF to a document: pages opened one by one within bounds, every handle closed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import create_string_buffer
from typing import Any

import pypdfium2.raw as pdfium

from reports.documents.ink import Sheet
from reports.documents.model import Document, Unreadable
from reports.documents.paged.document import document_of
from reports.documents.pdf.checksums import has_broken_stream, has_unknown_encoding
from reports.documents.pdf.ink import PageTooFull, sheet_of
from reports.documents.pdf.streams import swells
from reports.documents.unreadable import damaged, encrypted, too_large
from reports.words import Words

MAX_PAGES = 300
MAX_CHARACTERS = 200_000
_LONGEST_TITLE = 1_024


def read(body: bytes) -> Document:
    """Read a PDF with a text layer. Raises Unreadable for pictures, locks, damage and excess."""
    if swells(body):
        raise too_large(Words("解压后过大", "too much to unpack"))
    if has_broken_stream(body):
        raise damaged(
            Words("其中一段压缩内容与校验值不符", "a packed part does not match its checksum")
        )
    if has_unknown_encoding(body):
        raise damaged(
            Words("字体所用的字符编码名称不存在", "a font names an encoding that does not exist")
        )
    with _opened(body) as document:
        return document_of("application/pdf", _sheets(document), _title(document))


@contextmanager
def _opened(body: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(body, len(body), None)
    if not document:
        raise _refusal(pdfium.FPDF_GetLastError())
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _refusal(code: int) -> Unreadable:
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return encrypted("PDF")
    return damaged(Words("不是有效的 PDF", "it is not a valid PDF"))


def _sheets(document: Any) -> tuple[Sheet, ...]:
    pages = pdfium.FPDF_GetPageCount(document)
    if pages > MAX_PAGES:
        raise too_large(Words(f"超过 {MAX_PAGES} 页", f"over {MAX_PAGES} pages"))
    sheets: list[Sheet] = []
    left = MAX_CHARACTERS
    for number in range(pages):
        sheet = _sheet(document, number, left)
        if sheet is not None:
            sheets.append(sheet)
            left -= len(sheet.glyphs)
    if not sheets:
        raise damaged(Words("PDF 没有一页可以打开", "no page of the PDF can be opened"))
    return tuple(sheets)


def _sheet(document: Any, number: int, most: int) -> Sheet | None:
    """Return one page, None when it is broken: what the other pages hold is still read."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return None
    text = pdfium.FPDFText_LoadPage(page)
    try:
        return sheet_of(page, text, number + 1, most) if text else None
    except PageTooFull as error:
        raise too_large(
            Words("文字或图形过多", "more characters or drawings than a report has")
        ) from error
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _title(document: Any) -> str:
    """Return the title among the file's properties, "" when it has none."""
    buffer = create_string_buffer(_LONGEST_TITLE)
    size = pdfium.FPDF_GetMetaText(document, b"Title", buffer, _LONGEST_TITLE)
    if not 2 < size <= _LONGEST_TITLE:
        return ""
    return buffer.raw[: size - 2].decode("utf-16-le", "ignore")
