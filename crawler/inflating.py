"""Inflates compressed answers, whole or not at all: half a list would look like a list."""

from __future__ import annotations

import zlib

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler.failures import BodyBroken, BodyTooLarge

_WINDOWS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
"""Window sizes of zlib to try: servers call both the wrapped and the bare form "deflate"."""


class Inflater:
    """The last step of every download, the robots rules included."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Inflater:
        """Build it with the size limit of the crawl."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the answer with its body inflated, or raise BodyBroken or BodyTooLarge."""
        lines = b",".join(response.headers.getlist("content-encoding")).decode("latin-1")
        packed = [name.strip().casefold() for name in lines.split(",")]
        body = response.body
        for name in reversed([name for name in packed if name not in {"", "identity"}]):
            body = inflate(body, name, self._most_bytes)
        return response.replace(body=body) if body is not response.body else response


def inflate(body: bytes, encoding: str, most_bytes: int) -> bytes:
    """Undo one content encoding; an empty body stays empty. Raises BodyBroken or BodyTooLarge."""
    if not body:
        return body
    for window in _WINDOWS.get(encoding, ()):
        try:
            return _inflate(body, window, most_bytes)
        except zlib.error:
            continue
    raise BodyBroken(encoding)


def _inflate(body: bytes, window: int, most_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size, rest = 0, body
    # A gzip body may be several one after another; junk behind the last of them is left alone.
    while rest and (not pieces or rest.startswith(b"\x1f\x8b")):
        inflater = zlib.decompressobj(window)
        pieces.append(inflater.decompress(rest, most_bytes - size + 1))
        size += len(pieces[-1])
        if size > most_bytes:
            raise BodyTooLarge(f"{size}")
        if not inflater.eof:
            raise BodyBroken("cut short")
        rest = inflater.unused_data
    return b"".join(pieces)
