"""DOCX to blocks: lxml on the zip, with limits on members, bytes and depth. Pure."""

from __future__ import annotations

from lxml import etree

from reports.documents.archive import member, member_names, parsed
from reports.documents.model import Document, Unreadable
from reports.documents.office.drafts import blocks_of
from reports.documents.office.numbering import Numbering, numbering_of
from reports.documents.office.wordml import SPACE, W, drafts_of, pictures_in, settle, titles_of
from reports.documents.unreadable import damaged, empty
from reports.words import Words

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN = "word/document.xml"
_NUMBERING = "word/numbering.xml"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(body: bytes) -> Document:
    """Read a DOCX. Raises Unreadable for a broken or an oversized one."""
    content = _part(body, _MAIN).find(f"{W}body")
    if content is None:
        raise damaged(Words("DOCX 没有正文", "the DOCX has no body"))
    settle(content)
    pictures, titles = pictures_in(content), titles_of(content)
    blocks = blocks_of(drafts_of(content, _numbering(body)))
    if not (blocks or pictures):
        raise empty()
    return Document(_MEDIA_TYPE, None, titles, blocks, images=pictures)


def _part(body: bytes, name: str) -> etree._Element:
    return parsed(member(body, name).replace(_STRICT, SPACE.encode()))


def _numbering(body: bytes) -> Numbering:
    """Return the lists of the document; labels and figures are whole without them."""
    if _NUMBERING not in member_names(body):
        return Numbering()
    try:
        return numbering_of(_part(body, _NUMBERING))
    except Unreadable:
        return Numbering()
