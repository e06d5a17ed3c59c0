"""Members of a zip archive and their XML, within bounds that a hostile file cannot stretch. Pure."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import TypeVar

from lxml import etree

from reports.documents.unreadable import damaged, encrypted, too_large
from reports.words import Words

MAX_PART = 33_554_432
_MAX_MEMBERS = 2_000
_MAX_ELEMENTS = 600_000
T = TypeVar("T")


def is_zip(body: bytes) -> bool:
    """Say whether the bytes begin as a zip archive does."""
    return body[:4] in {b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"}


def member_names(body: bytes) -> tuple[str, ...]:
    """Return the names of the members. Raises Unreadable for a broken or an oversized archive."""
    return _opened(body, _names)


def member(body: bytes, name: str, limit: int = MAX_PART) -> bytes:
    """Return one member unpacked. Raises Unreadable when it is lost, broken or beyond ``limit`` bytes."""

    def read(archive: zipfile.ZipFile) -> bytes:
        with archive.open(name) as part:
            # The declared size may lie: read at most one byte beyond the limit.
            return part.read(limit + 1)

    content = _opened(body, read)
    if len(content) > limit:
        raise too_large(Words(f"解压后超过 {limit} 字节", f"over {limit} bytes unpacked"))
    return content


def parsed(part: bytes) -> etree._Element:
    """Return the root of an XML part. Raises Unreadable when it is broken, vast, or declares entities."""
    if part.count(b"<") > 2 * _MAX_ELEMENTS:
        raise too_large(Words(f"超过 {_MAX_ELEMENTS} 个元素", f"over {_MAX_ELEMENTS} elements"))
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise damaged(Words("含有不允许的实体声明", "it declares entities"))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(Words("正文不是有效的 XML", "its body is not valid XML")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        # An encoding other than UTF-8 hides the declaration from the search above.
        raise damaged(Words("含有不允许的实体声明", "it declares entities"))
    return root


def _opened(body: bytes, use: Callable[[zipfile.ZipFile], T]) -> T:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return use(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
        KeyError,
        IndexError,
    ) as error:
        if "encrypted" in str(error):
            raise encrypted("ZIP") from error
        # zipfile lets all of these out for broken or exotic archives.
        raise damaged(Words("压缩包不完整", "the archive is incomplete")) from error


def _names(archive: zipfile.ZipFile) -> tuple[str, ...]:
    names = archive.namelist()
    if len(names) > _MAX_MEMBERS:
        raise too_large(
            Words(f"压缩包超过 {_MAX_MEMBERS} 个文件", f"an archive of over {_MAX_MEMBERS} members")
        )
    return tuple(names)
