"""OLE compound files, the shell of DOC, WPS and XLS: which streams there are, and their bytes. Pure."""

from __future__ import annotations

import io

import olefile

from reports.documents.model import Document
from reports.documents.unreadable import damaged, encrypted, too_large, unsupported
from reports.words import Words

MAX_STREAM = 33_554_432
_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What olefile and the parsers on top of it let out for broken files.
_BROKEN = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError)


def is_ole(body: bytes) -> bool:
    """Say whether the bytes begin as an OLE compound file does."""
    return body.startswith(_MARK)


def stream_names(body: bytes) -> frozenset[str]:
    """Return the names of the streams at the top, without regard to what they hold; none if broken."""
    if not is_ole(body):
        return frozenset()
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as ole:
            return frozenset(path[0] for path in ole.listdir(streams=True, storages=True))
    except (*_BROKEN, RecursionError):
        return frozenset()


def streams(body: bytes, *names: str) -> tuple[bytes, ...]:
    """Return the named streams, b"" for one that is not there. Raises Unreadable for a broken file."""
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as ole:
            return tuple(_stream(ole, name) for name in names)
    except (*_BROKEN, RecursionError) as error:
        raise damaged(Words("OLE 容器不完整", "its OLE container is incomplete")) from error


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name):
        return b""
    if ole.get_size(name) > MAX_STREAM:
        raise too_large(Words(f"{name} 超过 {MAX_STREAM} 字节", f"{name} over {MAX_STREAM} bytes"))
    content: bytes = ole.openstream(name).read()
    return content


def read(body: bytes) -> Document:
    """Refuse what is no Word file and no workbook, by what it is. Raises Unreadable."""
    names = stream_names(body)
    if not names:
        raise damaged(Words("OLE 容器不完整", "its OLE container is incomplete"))
    if "EncryptedPackage" in names:
        raise encrypted("Office")
    raise unsupported("PPT" if "PowerPoint Document" in names else "OLE")
