"""One connection to one host, one request at a time. HTTP/1.1 is read by httptools."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import NamedTuple, Protocol, cast

import httptools

MOST_HEADER_BYTES = 65_536


class Raw(NamedTuple):
    """A whole answer as it came: ``fields`` are its headers as they were written, the body is packed."""

    status: int
    fields: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def values(self, name: str) -> Iterator[str]:
        """Yield the values of all headers of a name, given in lower case."""
        wanted = name.encode()
        return (value.decode("latin-1") for known, value in self.fields if known.lower() == wanted)

    def header(self, name: str) -> str | None:
        """Return the first header of a name, given in lower case."""
        return next(self.values(name), None)


class Listener(Protocol):
    """Who hears of a connection: each request ends in exactly one call."""

    def answered(self, raw: Raw) -> None:
        """Take a whole answer."""

    def broken(self, reason: BaseException | None) -> None:
        """Hear that the connection ended; a request under way has no answer."""


class AnswerTooLarge(Exception):
    """Headers or body exceed what is read here; the whole fetch names that."""


class AnswerUnasked(Exception):
    """More came than was asked for: it must not become the answer to the next request."""


class Wire(asyncio.Protocol):
    """Sends requests and collects their answers. After ``broken`` it is of no more use."""

    __slots__ = (
        "_answer",
        "_body_bytes",
        "_error",
        "_fields",
        "_has_headers",
        "_header_bytes",
        "_listener",
        "_most_bytes",
        "_parser",
        "_pieces",
        "_transport",
        "is_waiting",
    )

    def __init__(self, listener: Listener, most_bytes: int) -> None:
        self._listener = listener
        self._most_bytes = most_bytes
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: Raw | None = None
        self._fields: list[tuple[bytes, bytes]] = []
        self._header_bytes = 0
        self._has_headers = False
        self._pieces: list[bytes] = []
        self._body_bytes = 0
        self._error: BaseException | None = None
        self.is_waiting = False

    def send(self, request: bytes) -> None:
        """Send one request; the one before has been answered."""
        assert self._transport is not None
        self.is_waiting = True
        self._transport.write(request)

    def close(self) -> None:
        """Let the connection go without a word to the listener."""
        if self._transport is not None:
            transport, self._transport = self._transport, None
            transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Feed the parser; what it cannot read ends the connection."""
        if not self.is_waiting:
            self._end(AnswerUnasked())
            return
        try:
            self._parser.feed_data(data)
            self._bound_headers(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade, AnswerTooLarge) as error:
            if self._answer is None:
                cause = error.__context__
                self._end(cause if isinstance(cause, AnswerTooLarge) else error)
            else:
                # Whatever follows a whole answer was not asked for: the connection is of no more use.
                self.close()
        self._deliver()

    def _bound_headers(self, data: bytes) -> None:
        """Raise AnswerTooLarge for headers without end: the parser tells of one only when it is whole."""
        if self._has_headers or self._answer is not None:
            return
        self._header_bytes += len(data)
        if self._header_bytes > MOST_HEADER_BYTES:
            raise AnswerTooLarge("headers")

    def eof_received(self) -> bool:
        """Let the transport close; a body without a length ends here."""
        return False

    def connection_lost(self, exc: BaseException | None) -> None:
        """Tell the listener, unless we let go ourselves."""
        if self._transport is None:
            return
        self._transport = None
        if self.is_waiting and exc is None and self._error is None and self._ends_with_connection():
            self.on_message_complete()
        if self._answer is None:
            self._listener.broken(self._error or exc)
        self._deliver()

    def on_message_begin(self) -> None:
        """Refuse an answer that nobody asked for."""
        if not self.is_waiting:
            raise AnswerUnasked

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect one header, or one that comes after the body."""
        self._header_bytes += len(name) + len(value)
        if self._header_bytes > MOST_HEADER_BYTES:
            raise AnswerTooLarge("headers")
        self._fields.append((name, value))

    def on_headers_complete(self) -> None:
        """Note that the headers are whole."""
        self._has_headers = True

    def on_body(self, body: bytes) -> None:
        """Collect one piece of the body."""
        self._body_bytes += len(body)
        if self._body_bytes > self._most_bytes:
            raise AnswerTooLarge("body")
        self._pieces.append(body)

    def on_message_complete(self) -> None:
        """Keep the answer until the parser has come to rest; an interim one (1xx) is none."""
        status = self._parser.get_status_code()
        raw = Raw(status, tuple(self._fields), b"".join(self._pieces))
        self._fields, self._header_bytes, self._has_headers = [], 0, False
        self._pieces, self._body_bytes = [], 0
        if 100 <= status < 200:
            return
        self.is_waiting = False
        self._answer = raw
        if not self._parser.should_keep_alive():
            self.close()

    @property
    def is_open(self) -> bool:
        """Say whether another request can be sent."""
        return self._transport is not None

    def _deliver(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            self._listener.answered(answer)

    def _ends_with_connection(self) -> bool:
        """Say whether the answer is whole because the connection ended: its headers came, its end did not."""
        names = {name.lower() for name, _ in self._fields}
        return self._has_headers and not names & {b"content-length", b"transfer-encoding"}

    def _end(self, error: BaseException) -> None:
        self._error = error
        if self._transport is not None:
            self._transport.abort()
