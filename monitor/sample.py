"""Serves the sample site on loopback, and waits for it."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable

import uvicorn

from monitor.errors import Refusal
from reports.words import Words
from web.sample.site import create_site

_PATIENCE_SECONDS = 20.0


def serve_sample(port: int, *, with_parent: bool) -> None:
    """Serve until stopped; ``with_parent`` also until standard input ends, as it does with its owner."""
    if with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    uvicorn.run(create_site(), host="127.0.0.1", port=port, log_level="warning", access_log=False)


def _end_with_parent() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def await_sample(port: int, alive: Callable[[], bool]) -> None:
    """Wait until the sample site answers; raises Refusal when it ended or is too slow."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while alive() and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Refusal(
        Words(
            f"示例网站没有在 127.0.0.1:{port} 启动；请看上面的日志，或释放该端口。",
            f"The sample site did not start on 127.0.0.1:{port}; see the log above or free the port.",
        )
    )
