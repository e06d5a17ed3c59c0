"""How large the packed streams of a PDF become, found before a parser unpacks them in one go. Pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_START = re.compile(rb"stream\r?\n")
_MAX_STREAMS = 20_000
_MAX_BYTES = 67_108_864
_MAX_OPERATORS = 6_291_456
_SAMPLE = 2_048
_CHUNK = 1_048_576
_INPUT = 65_536


def swells(body: bytes) -> bool:
    """Say whether unpacking would take more memory or time than any report needs.

    Drawing operators are text, and parsing them costs fifty times their size; fonts and pictures are not.
    """
    left, operators = _MAX_BYTES, _MAX_OPERATORS
    for number, start in enumerate(_START.finditer(body)):
        if number >= _MAX_STREAMS:
            return True
        size, is_text = _unpacked(memoryview(body)[start.end() :], min(left, _MAX_BYTES))
        left -= size
        operators -= size if is_text else 0
        if left < 0 or operators < 0:
            return True
    return False


def _unpacked(packed: memoryview, most: int) -> tuple[int, bool]:
    """Return the size of one stream, at most a little over ``most``, and whether it is text."""
    size, is_text = 0, False
    for chunk in _chunks(packed):
        if not size:
            is_text = _is_text(chunk[:_SAMPLE])
            if _is_packed(chunk):
                # Packed twice: what counts is the inner size.
                size = sum(map(len, _until(_chunks(memoryview(chunk)), most)))
        size += len(chunk)
        if size > most:
            break
    return size, is_text


def _until(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk
        most -= len(chunk)
        if most < 0:
            return


def _chunks(packed: memoryview) -> Iterator[bytes]:
    if not _is_packed(packed):
        return
    unpacking = zlib.decompressobj()
    place = 0
    tail = b""
    try:
        while not unpacking.eof:
            if not tail:
                tail = bytes(packed[place : place + _INPUT])
                place += _INPUT
            if not tail:
                return
            chunk = unpacking.decompress(tail, _CHUNK)
            tail = unpacking.unconsumed_tail
            if chunk:
                yield chunk
    except zlib.error:
        # What is broken is not unpacked by the parser either.
        return


def _is_packed(head: bytes | memoryview) -> bool:
    return len(head) > 1 and head[0] & 15 == 8 and (head[0] * 256 + head[1]) % 31 == 0


def _is_text(sample: bytes) -> bool:
    printable = sum(9 <= byte < 127 for byte in sample)
    return 10 * printable > 9 * len(sample)
