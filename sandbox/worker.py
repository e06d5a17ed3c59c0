"""The worker: ``python -m sandbox.worker KIND SECONDS BYTES`` answers bodies until its input ends."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from reports.documents.model import Document
from reports.documents.unreadable import too_large
from reports.words import Words
from sandbox.answers import FAILED, failure_to_answer, to_answer
from sandbox.faults import Fault
from sandbox.frames import framed, read_message
from sandbox.limits import MAX_ANSWER, confine, limit_open_files, outlive_signals
from sandbox.reader import read_body, refused
from sandbox.readings import Body

RECOGNISING = "recognising"
_GRACE_SECONDS = 5
_TRACE = 4_000

_Recogniser = Callable[[bytes], Document]


def main(kind: str, seconds: int, memory: int) -> int:
    """Answer one body after the other; return the exit code."""
    bodies, answers = _private_streams()
    recognise = _recogniser() if kind == RECOGNISING else None
    outlive_signals()
    limit_open_files()
    confine(memory)
    _give(answers, json.dumps({"able": kind != RECOGNISING or recognise is not None}).encode())
    while (head := read_message(bodies)) is not None:
        content = read_message(bodies)
        if content is None:
            break
        # Whoever watches the clock may be gone: this ends the process whatever it is doing then.
        signal.alarm(seconds + _GRACE_SECONDS)
        message, spoiled = _answer(head, content, recognise)
        signal.alarm(0)
        _give(answers, message)
        if spoiled:
            return 1
    return 0


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes for ourselves: what a library prints goes nowhere."""
    bodies, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    logging.disable(logging.CRITICAL)
    return bodies, answers


def _recogniser() -> _Recogniser | None:
    try:
        module = import_module("reports.documents.ocr")
    except ImportError:
        return None
    read: _Recogniser = module.read
    return read if module.is_installed() else None


def _give(answers: BinaryIO, message: bytes) -> None:
    answers.write(framed(message))
    answers.flush()


def _answer(head: bytes, content: bytes, recognise: _Recogniser | None) -> tuple[bytes, bool]:
    """Return the answer, and whether the process should not go on after it."""
    try:
        hints = json.loads(head)
        body = Body(content, hints["media_type"], hints["charset"], hints["article"])
        message = to_answer(read_body(body, recognise))
        return (message, False) if len(message) <= MAX_ANSWER else (_too_long(body), False)
    except MemoryError:
        return failure_to_answer(Fault.MEMORY.value), True
    except Exception as error:  # noqa: BLE001 - the border of the worker: whatever it is, it is told
        return failure_to_answer(FAILED, _trace_of(error)), False


def _trace_of(error: Exception) -> str:
    """Return where it failed and the kind of error: its message may quote the document."""
    lines = traceback.format_tb(error.__traceback__)
    return "".join(lines)[-_TRACE:] + type(error).__name__


def _too_long(body: Body) -> bytes:
    limit = Words(f"读出的内容超过 {MAX_ANSWER} 字节", f"over {MAX_ANSWER} bytes of content")
    return to_answer(refused(body, too_large(limit)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
