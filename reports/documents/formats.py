"""Every format that is known, in the order tried: one line here and one module is a new format. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from reports.documents.archive import is_zip, member_names
from reports.documents.model import Document
from reports.documents.sniff import begins, is_bmp, is_pdf, is_webp, is_word_xml
from reports.documents.unreadable import unsupported

_PICTURES = "reports.documents.pictures"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN = "application/vnd.oasis.opendocument.text"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of bytes that are not text in themselves.

    ``fits`` recognises it by content. ``module`` has ``read(body: bytes) -> Document``, which raises
    Unreadable and nothing else; it is imported when first needed, since parsers are slow to load. None
    for a format that is recognised only to be refused by its name.
    """

    name: str
    media_type: str
    fits: Callable[[bytes], bool]
    module: str | None = None

    def read(self, body: bytes) -> Document:
        """Read bytes of this format. Raises Unreadable."""
        if self.module is None:
            raise unsupported(self.name)
        document: Document = import_module(self.module).read(body)
        return document


def format_of(body: bytes) -> Format | None:
    """Return the format that the content shows, None for text. Raises Unreadable for a broken archive."""
    return next((known for known in FORMATS if known.fits(body)), None)


def is_file(body: bytes) -> bool:
    """Say whether the bytes are a file of a known format, broken or not, rather than a page or text.

    Marks alone decide, and no structure is followed: the crawler asks this of any bytes, outside the walls.
    """
    return is_zip(body) or _is_ole(body) or any(known.fits(body) for known in FORMATS)


def _holds(name: str) -> Callable[[bytes], bool]:
    return lambda body: is_zip(body) and name in member_names(body)


def _keeps(*names: str) -> Callable[[bytes], bool]:
    """Return a test for OLE files with one of the streams; the module that lists them loads late."""

    def fits(body: bytes) -> bool:
        if not _is_ole(body):
            return False
        listed: frozenset[str] = import_module("reports.documents.office.ole").stream_names(body)
        return not listed.isdisjoint(names)

    return fits


def _is_ole(body: bytes) -> bool:
    return begins(_OLE)(body)


def _is_mhtml(body: bytes) -> bool:
    """Say whether the bytes are a page saved as one file: browsers write who saved it first."""
    return (
        begins(b"MIME-Version:", b"From: <")(body) and b"multipart/related" in body[:4096].lower()
    )


def _is_flat_opendocument(body: bytes) -> bool:
    return b"<office:document " in body[:4096]


FORMATS = (
    Format("DOCX", _WORD, _holds("word/document.xml"), "reports.documents.office.docx"),
    Format("OFD", "application/ofd", _holds("OFD.xml"), "reports.documents.ofd.read"),
    Format("XLSX", _SHEET, _holds("xl/workbook.xml"), "reports.documents.office.xlsx"),
    Format("PPTX", "application/vnd.ms-powerpoint", _holds("ppt/presentation.xml")),
    Format("ODT or ODS", _OPEN, _holds("content.xml"), "reports.documents.office.odt"),
    Format("ZIP", "application/zip", is_zip, "reports.documents.container"),
    Format("PDF", "application/pdf", is_pdf, "reports.documents.pdf.read"),
    Format(
        "DOC or WPS", "application/msword", _keeps("WordDocument"), "reports.documents.office.doc"
    ),
    Format(
        "XLS or ET",
        "application/vnd.ms-excel",
        _keeps("Workbook", "Book"),
        "reports.documents.office.xls",
    ),
    Format("OLE file", "application/x-ole-storage", begins(_OLE), "reports.documents.office.ole"),
    Format("RTF", "application/rtf", begins(b"{\\rtf"), "reports.documents.office.rtf"),
    Format("Word 2003 XML", "application/msword", is_word_xml, "reports.documents.office.wordxml"),
    Format("flat ODT", _OPEN, _is_flat_opendocument, "reports.documents.office.odt"),
    Format("MHTML", "multipart/related", _is_mhtml, "reports.documents.mhtml"),
    Format("PNG image", "image/png", begins(b"\x89PNG\r\n"), _PICTURES),
    Format("JPEG image", "image/jpeg", begins(b"\xff\xd8\xff"), _PICTURES),
    Format("GIF image", "image/gif", begins(b"GIF8"), _PICTURES),
    Format("TIFF image", "image/tiff", begins(b"II*\x00", b"MM\x00*"), _PICTURES),
    Format("BMP image", "image/bmp", is_bmp, _PICTURES),
    Format("WebP image", "image/webp", is_webp, _PICTURES),
    Format("ICO image", "image/x-icon", begins(b"\x00\x00\x01\x00"), _PICTURES),
    Format("RAR", "application/vnd.rar", begins(b"Rar!\x1a")),
    Format("7z", "application/x-7z-compressed", begins(b"7z\xbc\xaf\x27\x1c")),
    Format("gzip", "application/gzip", begins(b"\x1f\x8b\x08")),
)
