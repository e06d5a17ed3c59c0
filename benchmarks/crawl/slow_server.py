"""A server far away: every answer comes after a while, and some hosts take the question and say nothing.

``python -m benchmarks.crawl.slow_server PORT LATENCY HANGING_EVERY PAGE_FILE HUNG_FILE``: seconds; 0 lets
none hang. The address of a hanging host is written into the last file at each question to it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import cast

import uvloop


class Far(asyncio.Protocol):
    """Answers each request after the latency, unless its address is one that hangs."""

    def __init__(self, latency: float, hanging_every: int, page: bytes, hung: Path) -> None:
        self._hung = hung
        self._latency = latency
        self._hanging_every = hanging_every
        self._page = page
        self._hangs = False
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Find out by the called address whether this host hangs."""
        self._transport = cast(asyncio.Transport, transport)
        address = self._transport.get_extra_info("sockname")[0]
        self._address = address
        _, _, high, low = (int(part) for part in address.split("."))
        number = high * 250 + low - 1
        self._hangs = self._hanging_every > 0 and number % self._hanging_every == 0

    def data_received(self, data: bytes) -> None:
        """Answer a whole request in a while."""
        self._data += data
        if not self._data.endswith(b"\r\n\r\n"):
            return
        request, self._data = self._data, b""
        if self._hangs:
            with self._hung.open("a") as file:
                file.write(f"{self._address}\n")
        else:
            asyncio.get_running_loop().call_later(self._latency, self._answer, request)

    def _answer(self, request: bytes) -> None:
        if self._transport.is_closing():
            return
        if b" /robots.txt " in request:
            self._transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        elif b"if-none-match" in request.lower():
            self._transport.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
        else:
            head = f'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: {len(self._page)}\r\n\r\n'
            self._transport.write(head.encode() + self._page)


async def serve(port: int, latency: float, hanging_every: int, page: bytes, hung: Path) -> None:
    """Serve on all loopback addresses until stopped."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Far(latency, hanging_every, page, hung), "0.0.0.0", port, backlog=16_384
    )
    await server.serve_forever()


if __name__ == "__main__":
    port, latency, hanging_every, page_file, hung_file = sys.argv[1:]
    page = Path(page_file).read_bytes()
    uvloop.run(serve(int(port), float(latency), int(hanging_every), page, Path(hung_file)))
