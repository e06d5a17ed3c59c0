"""Whether the packed streams of a PDF are as they were packed: a parser draws broken ones in part. Pure."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n")
_OTHER_FILTER = re.compile(rb"/(?!FlateDecode|ASCII85Decode)[A-Za-z0-9]+Decode")
_NOT_TEXT = re.compile(
    rb"/Subtype\s*/Image|/Length1|/FontFile|/Subtype\s*/(?:Type1C|CIDFontType0C)"
)
_ENCODING = re.compile(rb"/Encoding\s*/([^\s/<>\[\]()]{1,64})")
_KNOWN_ENCODING = re.compile(
    rb"[^-]*|Identity-[HV]|Uni[A-Za-z0-9]+-(?:UCS2|UTF8|UTF16|UTF32)(?:-HW)?-[HV]|GBK2K-[HV]"
    rb"|(?:GB|GBpc|GBK|GBKp|GBT|GBTpc|CNS|KSC|KSCpc)-EUC-[HV]|(?:GB|GBT|CNS1|CNS2|KSC)-[HV]"
    rb"|(?:B5pc|EUC|Add|Ext|Hankaku|Hiragana|Katakana|NWP|78|78-EUC)-[HV]"
    rb"|(?:ETen|ETenms|HKscs|ETHK)-B5-[HV]|KSCms-UHC(?:-HW)?-[HV]|KSC-Johab-[HV]"
    rb"|(?:78|78ms|83pv|90ms|90msp|90pv|Add|Ext)-RKSJ-[HV]"
)
_LONGEST_DICTIONARY = 2_048
_MOST_STREAMS = 20_000
_MOST_BYTES = 67_108_864
_CHUNK = 1_048_576
_HEAD, _SUM = 2, 4


def has_broken_stream(body: bytes) -> bool:
    """Say whether a packed stream that may hold text does not match its own checksum.

    Figures that it lost or changed would be read as others. Pictures and font programs hold none, and
    what is encrypted cannot be checked.
    """
    if b"/Encrypt" in body:
        return False
    left = _MOST_BYTES
    for packed in _packed(body):
        size, is_sound = _unpacked(packed, left)
        left -= size
        if not is_sound:
            return True
        if left <= 0:
            return False
    return False


def has_unknown_encoding(body: bytes) -> bool:
    """Say whether a font names a table of characters that does not exist: its figures cannot be known."""
    return any(not _KNOWN_ENCODING.fullmatch(name) for name in set(_ENCODING.findall(body)))


def _packed(body: bytes) -> Iterator[bytes]:
    for number, start in enumerate(_STREAM.finditer(body)):
        if number >= _MOST_STREAMS:
            return
        before = body[max(0, start.start() - _LONGEST_DICTIONARY) : start.start()]
        dictionary = before[before.rfind(b" obj") + 1 :]
        is_plain = b"/FlateDecode" in dictionary and not _OTHER_FILTER.search(dictionary)
        if not is_plain or _NOT_TEXT.search(dictionary) or before.endswith(b"end"):
            continue
        end = body.find(b"endstream", start.end())
        content = body[start.end() : end if end >= 0 else len(body)]
        yield _without_letters(content) if b"/ASCII85Decode" in dictionary else content


def _without_letters(content: bytes) -> bytes:
    """Return what printable letters stand for; nothing, which is never sound, where they are broken."""
    letters, end, _ = content.partition(b"~>")
    try:
        return base64.a85decode(letters) if end else b""
    except ValueError:
        return b""


def _unpacked(packed: bytes, most: int) -> tuple[int, bool]:
    """Return the size, at most a little over ``most``, and whether the stream is sound as far as that."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    size, checksum, tail = 0, 1, packed[_HEAD:]
    try:
        while not unpacking.eof and size <= most:
            chunk = unpacking.decompress(tail, _CHUNK)
            tail = unpacking.unconsumed_tail
            size, checksum = size + len(chunk), zlib.adler32(chunk, checksum)
            if not (chunk or tail or unpacking.eof):
                return size, False
    except zlib.error:
        return size, False
    printed = unpacking.unused_data[:_SUM]
    # Some programs leave the checksum out; the line end before the next word is none.
    is_left_out = len(printed.strip()) == 0
    return size, size > most or is_left_out or printed == checksum.to_bytes(_SUM, "big")
