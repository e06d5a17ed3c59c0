"""Inflates compressed bodies, whole or not at all: half a list would look like a list. Pure."""

from __future__ import annotations

import zlib

_WINDOWS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
"""Window sizes of zlib to try: servers call both the wrapped and the bare form "deflate"."""


class PackingBroken(Exception):
    """The body is damaged, cut short, or packed in a way that was not asked for."""


class UnpackedTooLarge(Exception):
    """The body exceeds the size limit once it is inflated."""


def unpack(body: bytes, encodings: str, most_bytes: int) -> bytes:
    """Undo the content encodings of an answer, the last one first.

    Raises PackingBroken or UnpackedTooLarge.
    """
    packed = [name.strip().casefold() for name in encodings.split(",")]
    for name in reversed([name for name in packed if name not in {"", "identity"}]):
        body = inflate(body, name, most_bytes)
    return body


def inflate(body: bytes, encoding: str, most_bytes: int) -> bytes:
    """Undo one content encoding; an empty body stays empty."""
    if not body:
        return body
    for window in _WINDOWS.get(encoding, ()):
        try:
            return _inflate(body, window, most_bytes)
        except zlib.error:
            continue
    raise PackingBroken(encoding)


def _inflate(body: bytes, window: int, most_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size, rest = 0, body
    # A gzip body may be several one after another; junk behind the last of them is left alone.
    while rest and (not pieces or rest.startswith(b"\x1f\x8b")):
        inflater = zlib.decompressobj(window)
        pieces.append(inflater.decompress(rest, most_bytes - size + 1))
        size += len(pieces[-1])
        if size > most_bytes:
            raise UnpackedTooLarge(f"{size}")
        if not inflater.eof:
            raise PackingBroken("cut short")
        rest = inflater.unused_data
    return b"".join(pieces)
