"""The ways in which a site misbehaves, each as an answer."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from tests.season_server import Answer

HTML = {"Content-Type": "text/html; charset=utf-8"}
HUGE_BYTES = 100 * 1024 * 1024
_CHUNK = b"<p>" + b"0" * 65530 + b"</p>"


class Fault(StrEnum):
    """What goes wrong. DOWN resets every connection; ``stop_listening`` refuses them."""

    DOWN = "down"
    RESET_MID_BODY = "reset_mid_body"
    REDIRECT_LOOP = "redirect_loop"
    REDIRECT_HOME = "redirect_home"
    SOFT_404 = "soft_404"
    HUGE = "huge"
    HUGE_DECLARED = "huge_declared"
    GZIP_BOMB = "gzip_bomb"
    GARBAGE = "garbage"
    EMPTY = "empty"
    SLOW = "slow"


_SCRIPT_ONLY = b"<html><head><script>var _0x1=['c','k'];location.reload();</script></head></html>"
_SOFT_404 = "<html><head><title>提示</title></head><body>您访问的页面不存在或已删除</body></html>"

_STATUS_HEADERS: dict[int, dict[str, str]] = {
    412: {"Server": "wall", "Set-Cookie": "wall=1; path=/"},
    429: {"Retry-After": "120"},
    503: {"Retry-After": "3600"},
    521: {"X-Via-JSL": "1234567,-", "Set-Cookie": "__jsluid_h=0123456789abcdef; path=/"},
}
_CHALLENGES = frozenset({412, 521})


def status_answer(status: int) -> Answer:
    """Return the answer of a server or a wall that gives this status."""
    body = _SCRIPT_ONLY if status in _CHALLENGES else f"<h1>{status}</h1>".encode()
    return Answer(status, body, {**HTML, **_STATUS_HEADERS.get(status, {})})


def fault_answer(
    fault: Fault, path: str, usual: Answer | None = None, stop: threading.Event | None = None
) -> Answer:
    """Return the faulty answer in place of the usual one; ``stop`` ends the slow one early."""
    usual = usual or Answer(404)
    match fault:
        case Fault.DOWN:
            return Answer(reset=True)
        case Fault.RESET_MID_BODY:
            body = usual.body or b"0" * 4096
            return Answer(200, body, usual.headers or HTML, cut_after=len(body) // 2)
        case Fault.REDIRECT_LOOP:
            return Answer(302, headers={"Location": f"{path}?again={len(path)}"})
        case Fault.REDIRECT_HOME:
            return Answer(302, headers={"Location": "/"})
        case Fault.SOFT_404:
            return Answer(200, _SOFT_404.encode(), HTML)
        case _:
            return _odd_body(fault, usual, stop or threading.Event())


def _odd_body(fault: Fault, usual: Answer, stop: threading.Event) -> Answer:
    match fault:
        case Fault.HUGE:
            return Answer(200, headers=HTML, stream=_huge())
        case Fault.HUGE_DECLARED:
            length = {"Content-Length": str(HUGE_BYTES)}
            return Answer(200, headers={**HTML, **length}, stream=_huge())
        case Fault.GZIP_BOMB:
            return Answer(200, _bomb(), {**HTML, "Content-Encoding": "gzip"})
        case Fault.GARBAGE:
            return Answer(200, bytes((n * 167 + 13) % 256 for n in range(20000)), HTML)
        case Fault.EMPTY:
            return Answer(200, b"", HTML)
        case Fault.SLOW:
            return Answer(200, headers=usual.headers or HTML, stream=_drip(usual.body, stop))
        case _:
            raise ValueError(f"no body is written for the fault {fault}")


def _huge() -> Iterator[bytes]:
    for _ in range(HUGE_BYTES // len(_CHUNK)):
        yield _CHUNK


def _drip(body: bytes, stop: threading.Event) -> Iterator[bytes]:
    for byte in body:
        yield bytes((byte,))
        if stop.wait(1.0):
            return


@cache
def _bomb() -> bytes:
    return gzip.compress(b"0" * HUGE_BYTES, compresslevel=6, mtime=0)
