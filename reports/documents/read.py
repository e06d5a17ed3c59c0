"""Bytes to a document; the content decides the format, header values are hints. Pure."""

from __future__ import annotations

from dataclasses import replace

from reports.documents.flattened.restore import with_restored_tables
from reports.documents.formats import format_of
from reports.documents.model import Document
from reports.documents.page.html import read_html
from reports.documents.several import of_one_report
from reports.documents.sniff import is_html
from reports.documents.text.decode import decode, loss_remark
from reports.documents.text.plain import read_text
from reports.documents.unreadable import empty, too_large
from reports.words import Words

MAX_BYTES = 33_554_432


def read_document(
    body: bytes,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    article: str | None = None,
) -> Document:
    """Read a document of any known format.

    ``media_type`` matters only where the bytes leave it open: text without any tag stays text.
    ``article`` is a site's own word on where its pages hold the article, as ``read_html`` takes it.
    Raises Unreadable (codes ``empty``, ``format``, ``garbage``, ``too_large``, ``damaged``) and nothing
    else, whatever the bytes are.
    """
    if not body.strip():
        raise empty()
    if len(body) > MAX_BYTES:
        raise too_large(Words(f"{MAX_BYTES} 字节", f"{MAX_BYTES} bytes"))
    known = format_of(body)
    if known is not None:
        return _settled(known.read(body))
    text, used = decode(body, charset or _charset_of(media_type))
    read = read_html(text, used, within=article) if is_html(text) else read_text(text, used)
    lost = loss_remark(text)
    return _settled(replace(read, remarks=(*read.remarks, lost)) if lost else read)


def _settled(document: Document) -> Document:
    """Return one report with all its tables as grids, whatever the document was written in."""
    return with_restored_tables(of_one_report(document))


def _charset_of(media_type: str | None) -> str | None:
    _, _, parameter = (media_type or "").partition("charset=")
    return parameter.split(";")[0].strip("\"' ") or None
