"""A real HTTP server on loopback whose answers are a function, with a log of what was asked."""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: ``target`` is the path with its query; header names are lower-case."""

    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send. ``stream`` replaces the body and declares no length. ``cut_after`` sends so
    many bytes of the body and then resets the connection. ``reset`` sends nothing at all."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: Iterable[bytes] | None = None
    cut_after: int | None = None
    reset: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One answered request. ``status`` 0: the connection was reset without an answer."""

    target: str
    status: int
    conditional: bool
    body_bytes: int

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


class LocalServer:
    """The server; ``answer`` is called once per request, in the thread of that request."""

    def __init__(self, answer: Callable[[Ask], Answer]) -> None:
        self.hits: list[Hit] = []
        self.streamed: Counter[str] = Counter()
        self.errors: list[BaseException] = []
        self._answer = answer
        self._lock = threading.Lock()
        self._placeholder: socket.socket | None = None
        self._server = self._listen(0)

    @property
    def port(self) -> int:
        return self._port

    def stop_listening(self) -> None:
        """Refuse connections. The port stays ours: it is bound again, but nobody listens."""
        if self._placeholder is not None:
            return
        self._close_server()
        self._placeholder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._placeholder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._placeholder.bind((_HOST, self._port))

    def listen_again(self) -> None:
        """Take connections again, on the same port."""
        if self._placeholder is None:
            return
        self._placeholder.close()
        self._placeholder = None
        self._server = self._listen(self._port)

    def close(self) -> None:
        """End the server and free the port; raise what went wrong inside it."""
        if self._placeholder is None:
            self._close_server()
        else:
            self._placeholder.close()
        if self.errors:
            raise self.errors[0]

    def reply(self, ask: Ask) -> Answer:
        """Return the answer, written into the log before the client can see it."""
        answer = self._answer(ask)
        status = 0 if answer.reset else answer.status
        sent = len(answer.body) if answer.cut_after is None else answer.cut_after
        with self._lock:
            self.hits.append(Hit(ask.target, status, ask.conditional, sent))
        return answer

    def note_streamed(self, path: str, count: int) -> None:
        """Count bytes of an endless answer that left the server."""
        with self._lock:
            self.streamed[path] += count

    def _listen(self, port: int) -> _Server:
        server = _Server((_HOST, port), _Handler)
        server.site = self
        self._port = int(server.server_address[1])
        self._thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return server

    def _close_server(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: LocalServer

    def shutdown_request(self, request: Any) -> None:
        # The default sends an orderly end first, which would hide a reset.
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep our own errors for ``close``; a client that hangs up is what many tests ask for."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self.site.errors.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self.close_connection = True
        headers = {name.lower(): value for name, value in self.headers.items()}
        sent = self.rfile.read(int(headers.get("content-length", 0)))
        answer = self.server.site.reply(Ask(self.path, headers, sent))
        if answer.reset:
            self._reset()
            return
        self._head(answer)
        if self.command == "HEAD":
            return
        if answer.stream is not None:
            self._stream(answer.stream)
        elif answer.cut_after is not None:
            self.wfile.write(answer.body[: answer.cut_after])
            self._reset()
        else:
            self.wfile.write(answer.body)

    do_HEAD = do_GET
    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent: the log of hits is the record."""

    def _head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.stream is None and answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()

    def _stream(self, chunks: Iterable[bytes]) -> None:
        for chunk in chunks:
            self.wfile.write(chunk)
            self.server.site.note_streamed(self.path, len(chunk))

    def _reset(self) -> None:
        self.wfile.flush()
        linger_none = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
