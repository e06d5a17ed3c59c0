"""MHTML, a page saved as one file, to the document of its page. Pure."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message

from reports.documents.model import Document
from reports.documents.page.html import read_html
from reports.documents.text.decode import decode
from reports.documents.unreadable import damaged, too_large
from reports.words import Words

_MAX_PARTS = 500
_MAX_BOUNDARIES = 10_000
_BROKEN = (MessageError, ValueError, KeyError, LookupError, TypeError, AttributeError, IndexError)


def read(body: bytes) -> Document:
    """Read the first page in the file. Raises Unreadable when there is none."""
    if body.count(b"\n--") > _MAX_BOUNDARIES:
        raise too_large(
            Words(
                f"MHTML 超过 {_MAX_BOUNDARIES} 个分隔",
                f"over {_MAX_BOUNDARIES} boundaries of parts",
            )
        )
    try:
        message = message_from_bytes(body.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=policy.compat32)
        page, charset = _page(message)
    except (*_BROKEN, RecursionError) as error:
        raise damaged(Words("MHTML 结构不完整", "its MHTML is incomplete")) from error
    text, used = decode(page, charset)
    return read_html(text, used)


def _page(message: Message) -> tuple[bytes, str | None]:
    for number, part in enumerate(message.walk()):
        if number >= _MAX_PARTS:
            break
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return content, part.get_content_charset()
    raise damaged(Words("MHTML 中没有网页", "the MHTML holds no page"))
