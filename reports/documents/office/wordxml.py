"""Word 2003 XML, a Word document in one XML file, to blocks. Pure."""

from __future__ import annotations

from reports.documents.archive import MAX_PART, parsed
from reports.documents.model import Document
from reports.documents.office.drafts import blocks_of
from reports.documents.office.wordml import SPACE, W, drafts_of, pictures_in, settle, titles_of
from reports.documents.unreadable import damaged, empty, too_large
from reports.words import Words

_OLD = b"http://schemas.microsoft.com/office/word/2003/wordml"


def read(body: bytes) -> Document:
    """Read a Word 2003 XML file. Raises Unreadable for a broken or an oversized one."""
    if len(body) > MAX_PART:
        raise too_large(Words(f"{MAX_PART} 字节", f"{MAX_PART} bytes"))
    root = parsed(body.lstrip().replace(_OLD, SPACE.encode()))
    content = root.find(f"{W}body")
    if content is None:
        raise damaged(Words("Word XML 没有正文", "the Word XML has no body"))
    settle(content)
    pictures, titles = pictures_in(content), titles_of(content)
    blocks = blocks_of(drafts_of(content))
    if not (blocks or pictures):
        raise empty()
    return Document("application/msword", None, titles, blocks, images=pictures)
