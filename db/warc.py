"""Writes and reads WARC records: one answer of a site with its request, headers, times and SHA-256. Pure."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TypeAlias

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Headers: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values in the order sent; bytes beyond ASCII as Latin-1, so that none is lost."""

MOST_HEADERS = 200
LONGEST_HEADER = 8_000

# Half of the effort of a record would otherwise go into its last tenth of size.
_LEVEL = 1
_AT_ONCE = 1 << 20
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}
"""Headers that are not true of a body once it is unpacked: kept as ``X-Archive-Orig-…``, as others do."""


class RecordDamaged(Exception):
    """A record cannot be read, or its bytes no longer have the hash that it states."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as they went over the wire, the body unpacked.

    ``key`` names what was asked for, the form of a POST included. ``sent`` is the body of the request.
    """

    key: str
    url: str
    status: int
    headers: Headers
    body: bytes
    method: str = "GET"
    request_headers: Headers = ()
    sent: bytes = b""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A page as its scripts have written it: no answer of the server, and made out of one."""

    key: str
    url: str
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was read; a revisit has the hash of its bytes, and no bytes.

    A page that scripts have written has neither status line nor headers: no server sent it.
    """

    url: str
    at: str
    status_line: str
    headers: Headers
    sha256: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Earlier:
    """The record that already holds the same bytes: the address asked, and when."""

    url: str
    at: datetime


def information(name: str, at: datetime) -> bytes:
    """Return the first record of a file: what wrote it, and by which rules."""
    fields = {"software": "Nianshao", "format": "WARC File Format 1.1", "conformsTo": _STANDARD}
    record = _WRITER.create_warcinfo_record(name, fields)
    record.rec_headers.replace_header("WARC-Date", _instant(at))
    return _packed(record)


def answered(exchange: Exchange, at: datetime, body: bytes, sha256: str) -> bytes:
    """Return the response record; ``body`` is what is kept of the body, ``sha256`` its hash."""
    fields = _fields(at, sha256)
    if len(body) < len(exchange.body):
        fields["WARC-Truncated"] = "length"
    record = _WRITER.create_warc_record(
        one_line(exchange.url),
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=_answer_head(exchange, len(body)),
        warc_headers_dict=fields,
    )
    return _packed(record)


def revisited(exchange: Exchange, at: datetime, sha256: str, earlier: Earlier) -> bytes:
    """Return the record of an answer whose bytes an earlier record holds: its headers alone."""
    record = _WRITER.create_revisit_record(
        one_line(exchange.url),
        _digest(sha256),
        one_line(earlier.url),
        _instant(earlier.at),
        http_headers=_answer_head(exchange, len(exchange.body)),
        warc_headers_dict={"WARC-Date": _instant(at)},
    )
    return _packed(record)


def converted(written: Written, at: datetime, sha256: str) -> bytes:
    """Return the record of a page that scripts have written, after the answer of the same address."""
    record = _WRITER.create_warc_record(
        one_line(written.url),
        "conversion",
        payload=BytesIO(written.body),
        length=len(written.body),
        warc_content_type="text/html; charset=utf-8",
        warc_headers_dict=_fields(at, sha256),
    )
    return _packed(record)


def asked(exchange: Exchange, at: datetime) -> bytes:
    """Return the record of the request."""
    target = re.sub(r"^[a-z]+://[^/?#]*", "", one_line(exchange.url)) or "/"
    head = _RawHead(
        f"{exchange.method} {target} HTTP/1.1", _clean(exchange.request_headers), "", 0, True
    )
    sha256 = hashlib.sha256(exchange.sent).hexdigest()
    record = _WRITER.create_warc_record(
        one_line(exchange.url),
        "request",
        payload=BytesIO(exchange.sent),
        length=len(exchange.sent),
        http_headers=head,
        warc_headers_dict=_fields(at, sha256),
    )
    return _packed(record)


def read_record(packed: bytes, *, is_revisit: bool = False) -> Record:
    """Return the answer of a packed record. Raises RecordDamaged."""
    try:
        record = next(ArchiveIterator(BytesIO(packed)))
        body = record.raw_stream.read()
        about, head = record.rec_headers, record.http_headers
    except (ArchiveLoadFailed, StopIteration, EOFError, OSError, ValueError, zlib.error) as error:
        raise RecordDamaged(type(error).__name__) from error
    sha256 = (about.get_header("WARC-Payload-Digest") or "").removeprefix("sha256:")
    if head is None and record.rec_type != "conversion":
        raise RecordDamaged("headers")
    if not is_revisit and sha256 != hashlib.sha256(body).hexdigest():
        raise RecordDamaged("digest")
    return Record(
        url=about.get_header("WARC-Target-URI") or "",
        at=about.get_header("WARC-Date") or "",
        status_line=f"{head.protocol} {head.statusline}" if head else "",
        headers=tuple(head.headers) if head else (),
        sha256=sha256,
        body=body,
    )


def require_whole(packed: bytes) -> None:
    """Raise RecordDamaged unless these are whole packed records, checksums included."""
    while packed:
        member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        try:
            while not member.eof and packed:
                member.decompress(packed, _AT_ONCE)
                packed = member.unconsumed_tail or member.unused_data
        except zlib.error as error:
            raise RecordDamaged("checksum") from error
        if not member.eof:
            raise RecordDamaged("cut short")


class _RawHead(StatusAndHeaders):  # type: ignore[misc]
    """The head of a message as it came: the library would rewrite what is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """Write the head as the bytes that the Latin-1 texts stand for."""
        self.headers_buff = self.to_str(header_filter).encode("latin-1", "replace") + b"\r\n"


class _Member:
    """A stream that packs what is written to it into one member of a gzip file."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)

    def write(self, data: bytes) -> None:
        """Pack more."""
        self.parts.append(self._packer.compress(data))

    def flush(self) -> None:
        """End the member."""
        self.parts.append(self._packer.flush())


class _Writer(WARCWriter):  # type: ignore[misc]
    """The library's writer, without hashes of its own: each record states the SHA-256 of its bytes."""

    def ensure_digest(self, record: object, block: bool = True, payload: bool = True) -> None:
        """Add nothing."""


_STANDARD = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_WRITER = _Writer(None, gzip=False, warc_version="1.1")


def _packed(record: object) -> bytes:
    member = _Member()
    _WRITER._write_warc_record(member, record)
    return b"".join(member.parts)


def _fields(at: datetime, sha256: str) -> dict[str, str]:
    return {"WARC-Date": _instant(at), "WARC-Payload-Digest": _digest(sha256)}


def _answer_head(exchange: Exchange, length: int) -> StatusAndHeaders:
    named = [
        (f"X-Archive-Orig-{name}" if name.casefold() in _OF_THE_WIRE else name, value)
        for name, value in _clean(exchange.headers)
    ]
    line = f"{exchange.status} {one_line(exchange.reason)}".strip()
    return _RawHead(line, [*named, ("Content-Length", str(length))], protocol="HTTP/1.1")


def _clean(headers: Headers) -> list[tuple[str, str]]:
    """Return headers that end where a record says; what a hostile site sends beyond that is cut."""
    return [
        (one_line(name).replace(":", "")[:200], one_line(value)[:LONGEST_HEADER])
        for name, value in headers[:MOST_HEADERS]
    ]


def one_line(text: str) -> str:
    """Return a text as a record can hold it in a field."""
    return _CONTROLS.sub(" ", text)


def _digest(sha256: str) -> str:
    return f"sha256:{sha256}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
