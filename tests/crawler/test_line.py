"""One host of the sweep on the wire: answers as hosts send them, whole, cut short, or without end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

import pytest
import uvloop

from crawler.lane.line import Line
from crawler.lane.progress import Hearer, Limits, Progress
from crawler.lane.requests import header_lines
from crawler.lane.watches import ColumnWatch, Watched
from crawler.lane.wire import Wire

BODY = b"as it was"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + BODY
UNCHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
UNTIL_THE_END = b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n" + BODY


@dataclass
class Host:
    """Answers question n with the bytes n; ``ends`` closes the connection after each."""

    answers: Sequence[bytes]
    ends: bool = False
    connections: int = 0
    questions: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                answer = self.answers[min(self.questions, len(self.answers) - 1)]
                self.questions += 1
                writer.write(answer)
                await writer.drain()
                if self.ends:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()


@dataclass
class Doorway:
    """The way to the host; finding its address takes a while."""

    port: int
    seconds: float = 0.0

    async def find(self) -> str:
        await asyncio.sleep(self.seconds)
        return "127.0.0.1"

    async def open(self, address: str, wire: Wire) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: wire, address, self.port)


@dataclass
class Heard(Hearer):
    """What was told of the columns."""

    ends: list[str] = field(default_factory=list)
    requests: int = 0

    def unchanged(self, progress: Progress, seconds: float) -> None:
        self._end("unchanged", progress)

    def unsettled(self, progress: Progress) -> None:
        self._end("unsettled", progress)

    def silent(self, progress: Progress, seconds: float) -> None:
        self._end("silent", progress)

    def broken_off(self) -> None:
        self.ends.append("broken off")

    def running_low(self) -> None:
        pass

    def _end(self, end: str, progress: Progress) -> None:
        self.ends.append(end)
        self.requests += progress.requests


def column(number: int) -> ColumnWatch:
    address = Watched(f"http://a/{number}/", '"1"', None, sha256(BODY).digest(), True)
    return ColumnWatch(
        str(number), 0, number, (address,), 1, 0, 0, datetime(2026, 1, 1, tzinfo=UTC)
    )


def asked(host: Host, columns: int = 1, *, lookup: float = 0.0, probe: float = 5.0) -> Heard:
    """Ask a host for so many columns, and return what was heard of them."""
    return uvloop.run(_asked(host, columns, lookup, probe))


async def _asked(host: Host, columns: int, lookup: float, probe: float) -> Heard:
    heard = Heard()
    listening = socket.create_server(("127.0.0.1", 0))
    server = await asyncio.start_server(host.talk, sock=listening)
    limits = Limits(header_lines({"User-Agent": "test"}), 1 << 20, probe)
    door = Doorway(listening.getsockname()[1], lookup)
    line = Line(0.0, float("-inf"), limits, door, heard)
    line.add(column(number) for number in range(columns))
    line.no_more()
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(10):
        while not line.done.done():
            await asyncio.wait({line.done}, timeout=0.05)
            line.look_at_the_clock(loop.time())
    server.close()
    return heard


@pytest.mark.parametrize("answer", [WHOLE, UNCHANGED])
def test_whole_answers_come_over_one_connection(answer: bytes) -> None:
    host = Host([answer])
    heard = asked(host, 5)
    assert heard.ends == ["unchanged"] * 5
    assert (host.connections, heard.requests) == (1, 5)


def test_body_may_end_with_the_connection_and_each_question_is_asked_once() -> None:
    host = Host([UNTIL_THE_END], ends=True)
    heard = asked(host, 5)
    assert heard.ends == ["unchanged"] * 5
    assert (host.connections, host.questions, heard.requests) == (5, 5, 5)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 304 Not Modified\r\nServer: nginx\r\nDate: x\r\nETa",
        b"HTTP/1.1 304 Not Modified\r\nServer: nginx\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + BODY,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n" + BODY,
        b"",
    ],
)
def test_answer_that_is_cut_short_is_none(answer: bytes) -> None:
    host = Host([answer], ends=True)
    heard = asked(host, 3)
    assert heard.ends == ["unsettled", "broken off"]
    assert host.questions == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: yyyyyyyy\r\n" * 20_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" + b"x" * 1_100_000,
    ],
)
def test_answer_without_bounds_is_given_up(answer: bytes) -> None:
    heard = asked(Host([answer]), 1)
    assert heard.ends == ["unsettled", "broken off"]


@pytest.mark.parametrize("more", [b"HTTP/1.1 304", UNCHANGED, b"x", b"\r\n\r\nHTTP/1.1 2"])
def test_what_follows_an_answer_never_answers_the_next_question(more: bytes) -> None:
    host = Host([WHOLE + more, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"])
    heard = asked(host, 2)
    assert heard.ends == ["unchanged", "unsettled"]
    assert host.connections == 2


def test_time_that_a_name_takes_to_be_found_is_no_silence_of_the_host() -> None:
    heard = asked(Host([UNCHANGED]), 1, lookup=0.4, probe=0.2)
    assert heard.ends == ["unchanged"]


def test_silent_host_is_given_up_after_one_question() -> None:
    host = Host([b"HTTP/1.1 200"])
    heard = asked(host, 3, probe=0.2)
    assert heard.ends == ["silent"] * 3
    assert host.questions == 1
