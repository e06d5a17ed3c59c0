"""Serves the sample site on loopback, and waits for it."""

from __future__ import annotations

import os
import socket
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
    listener = _listen(port)
    if with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    config = uvicorn.Config(create_site(), log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


def require_free(port: int) -> None:
    """Raise Refusal when the port is taken: what answers there is not the sample site."""
    _listen(port).close()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise Refusal(
            Words(
                f"示例网站无法使用 127.0.0.1:{port}（{why}）；请停止占用它的程序，或在配置中把示例网站的 "
                "base_url 改为别的端口。",
                f"The sample site cannot use 127.0.0.1:{port} ({why}); stop what holds it, or give the "
                "sites in the configuration another port in base_url.",
            )
        ) from None


def _end_with_parent() -> None:
    # Not sys.stdin: its lock, held by this thread, would break the end of the process.
    while os.read(0, 4096):
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
