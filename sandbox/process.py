"""One worker process as its owner sees it: started when needed, ended when it fails, grows or grows old."""

from __future__ import annotations

import json
import logging
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sandbox.answers import FAILED, Unbelievable, failure_of, from_answer
from sandbox.faults import Fault, WorkerLost, no_worker
from sandbox.frames import Broken, Expired, receive, send
from sandbox.limits import MAX_ANSWER, Limits
from sandbox.readings import READER_FAILED, Body, Reading

logger = logging.getLogger(__name__)

_START_SECONDS = 60.0
_END_SECONDS = 2.0
_GREETING = 1_000
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_HOME = Path(__file__).resolve().parents[1]


@dataclass(slots=True)
class _Running:
    process: subprocess.Popen[bytes]
    able: bool
    answered: int = 0

    @property
    def pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        return self.process.stdin, self.process.stdout


class Worker:
    """A place for one worker process. One caller at a time; the pool sees to that."""

    def __init__(self, kind: str, limits: Limits) -> None:
        self.kind = kind
        self.limits = limits
        self._running: _Running | None = None

    @property
    def pid(self) -> int | None:
        """Return the process id, None while no process runs."""
        return self._running.process.pid if self._running else None

    def is_able(self) -> bool:
        """Say whether this kind can work here at all; starts the process. Raises SandboxUnavailable."""
        return self._started().able

    def read(self, body: Body) -> Reading:
        """Read one body. Raises WorkerLost when that ends the process, SandboxUnavailable without one."""
        running = self._started()
        try:
            return self._asked(running, body)
        finally:
            running.answered += 1
            if self._running is running and self._is_old(running):
                self.end()

    def end(self) -> Fault:
        """End the process and say what it died of, if it was not us."""
        running, self._running = self._running, None
        return Fault.CRASH if running is None else _ended(running, self.limits)

    def _asked(self, running: _Running, body: Body) -> Reading:
        deadline = time.monotonic() + self.limits.seconds
        bodies, answers = (pipe.fileno() for pipe in running.pipes)
        hints = {"media_type": body.media_type, "charset": body.charset, "article": body.article}
        head = json.dumps(hints).encode()
        try:
            send(bodies, head, deadline)
            send(bodies, body.content, deadline)
            return self._believed(receive(answers, MAX_ANSWER, deadline))
        except Expired:
            self.end()
            raise WorkerLost(Fault.TIME) from None
        except (Broken, Unbelievable):
            raise WorkerLost(self.end()) from None

    def _believed(self, message: bytes) -> Reading:
        failure = failure_of(message)
        if failure is None:
            return from_answer(message)
        name, trace = failure
        if name != FAILED:
            self.end()
            raise WorkerLost(Fault.MEMORY)
        logger.error("event=reader_failed trace=%s", json.dumps(trace, ensure_ascii=False))
        return Reading("", unreadable=READER_FAILED, code=FAILED)

    def _is_old(self, running: _Running) -> bool:
        if running.answered >= self.limits.documents:
            return True
        return _resident(running.process.pid) > self.limits.resident

    def _started(self) -> _Running:
        if self._running is not None and self._running.process.poll() is not None:
            # It ended between two documents: no document's fault.
            self.end()
        if self._running is None:
            self._running = _start(self.kind, self.limits)
        return self._running


def _start(kind: str, limits: Limits) -> _Running:
    words = [kind, str(int(limits.seconds) + 1), str(limits.memory)]
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.worker", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_HOME,
            env=_environment(),
            # Ctrl+C in a terminal goes to the whole group: it is not meant for the document in work.
            start_new_session=True,
        )
    except OSError as error:
        raise no_worker(str(error.strerror)) from error
    running = _Running(process, able=False)
    for pipe in running.pipes:
        os.set_blocking(pipe.fileno(), False)
    try:
        deadline = time.monotonic() + _START_SECONDS
        greeting = json.loads(receive(running.pipes[1].fileno(), _GREETING, deadline))
        running.able = greeting == {"able": True}
    except (Expired, Broken, ValueError):
        _ended(running, limits)
        raise no_worker(f"exit code {process.returncode}") from None
    return running


def _environment() -> dict[str, str]:
    """Return what a worker needs to start, and no secret of ours."""
    return {
        "PYTHONPATH": str(_HOME),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        # A library that starts a thread for every core reserves memory for each.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "2",
        "MALLOC_ARENA_MAX": "2",
    }


def _ended(running: _Running, limits: Limits) -> Fault:
    process = running.process
    if process.returncode is not None:
        return _closed(running, Fault.CRASH)
    with suppress(OSError):
        # Not Popen.kill: it would reap the process, and with it what it tells of its memory.
        os.kill(process.pid, signal.SIGKILL)
    # A child is born with the peak of its parent: only what exceeds ours is surely its own.
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _PEAK_UNIT
    grown = _reaped(process) > max(limits.memory // 2, ours)
    return _closed(running, Fault.MEMORY if grown else Fault.CRASH)


def _closed(running: _Running, fault: Fault) -> Fault:
    for pipe in running.pipes:
        with suppress(OSError):
            pipe.close()
    return fault


def _reaped(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end of the process; return the most memory that it held, in bytes."""
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except ChildProcessError:
        process.wait(_END_SECONDS)
        return 0
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * _PEAK_UNIT


def _resident(pid: int) -> int:
    """Return the memory that a process holds now, in bytes; 0 where the system does not say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
