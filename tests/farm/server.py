"""Many virtual sites on loopback, a port for each, served by one thread; the clock is the test's."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from http import HTTPStatus
from types import TracebackType
from typing import TypeVar

from tests.farm.script import SiteScript
from tests.farm.site import SiteAt
from tests.season_server import Answer, Ask

_HOST = "127.0.0.1"
_T = TypeVar("_T")
Answering = Callable[[Ask, str], Answer]


class Farm:
    """Serves every site of a season; ``set_clock`` says what instant it is on all of them."""

    def __init__(self, scripts: Sequence[SiteScript]) -> None:
        self.requests: Counter[str] = Counter()
        self.errors: list[BaseException] = []
        self._scripts = {script.key: script for script in scripts}
        self._now: dict[str, SiteAt] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._doors = {key: _Door(self, key) for key in self._scripts}

    def __enter__(self) -> Farm:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        if self.errors and error is None:
            raise self.errors[0]

    def base_url(self, key: str) -> str:
        """Return the address of a site, without a slash."""
        return f"http://{_HOST}:{self._doors[key].port}"

    def set_clock(self, now: datetime) -> None:
        """Let every site be as it is at ``now``; connections of before are closed."""
        self._now = {key: SiteAt(script, now) for key, script in self._scripts.items()}
        self._run(self._turn())

    def answer(self, key: str, ask: Ask, form: str) -> Answer:
        """Answer one request of a site."""
        self.requests[key] += 1
        try:
            return self._now[key].answer(ask, form)
        except Exception as error:
            self.errors.append(error)
            raise

    async def _turn(self) -> None:
        for key, door in self._doors.items():
            await door.turn(is_open=not self._now[key].refuses)

    async def _close(self) -> None:
        for door in self._doors.values():
            door.close()

    def _run(self, work: Coroutine[object, object, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


class _Door:
    """The port of one site: open, or bound without anybody listening."""

    def __init__(self, farm: Farm, key: str) -> None:
        self._farm, self._key = farm, key
        self._socket = _bound(0)
        self.port: int = self._socket.getsockname()[1]
        self._server: asyncio.Server | None = None
        self.connections: set[asyncio.Transport] = set()

    async def turn(self, *, is_open: bool) -> None:
        for connection in list(self.connections):
            connection.abort()
        if is_open and self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._connection, sock=self._socket)
        elif not is_open and self._server is not None:
            self._server.close()
            self._server = None
            self._socket = _bound(self.port)

    def close(self) -> None:
        for connection in list(self.connections):
            connection.abort()
        if self._server is not None:
            self._server.close()
        self._socket.close()

    def _connection(self) -> asyncio.Protocol:
        return _Connection(self, lambda ask, form: self._farm.answer(self._key, ask, form))


class _Connection(asyncio.Protocol):
    """HTTP/1.1 as far as crawlers speak it: requests one after another, bodies of known length."""

    def __init__(self, door: _Door, answering: Answering) -> None:
        self._door, self._answering = door, answering
        self._waiting = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._door.connections.add(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._transport is not None:
            self._door.connections.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (found := _request(self._waiting)) is not None:
            method, ask, form, used = found
            self._waiting = self._waiting[used:]
            self._send(method, self._answering(ask, form))

    def _send(self, method: str, answer: Answer) -> None:
        transport = self._transport
        assert transport is not None
        if answer.reset:
            transport.abort()
            return
        body = b"" if method == "HEAD" else answer.body
        transport.write(_head(answer) + body[: answer.cut_after])
        if answer.cut_after is not None:
            transport.close()


def _request(received: bytes) -> tuple[str, Ask, str, int] | None:
    """Take the first whole request apart: method, ask, form, and how many bytes it has."""
    head, end, _ = received.partition(b"\r\n\r\n")
    if not end:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    start = len(head) + len(end)
    stop = start + int(headers.get("content-length", 0))
    if len(received) < stop:
        return None
    return method, Ask(target, headers), received[start:stop].decode("latin-1"), stop


def _head(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {_phrase(answer.status)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if answer.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(answer.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _phrase(status: int) -> str:
    known = {member.value: member.phrase for member in HTTPStatus}
    return known.get(status, "Unknown")


def _bound(port: int) -> socket.socket:
    """Take a port without listening: who connects is refused."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((_HOST, port))
    return made
