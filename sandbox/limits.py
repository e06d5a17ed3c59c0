"""What a worker may use, and how a process gives the rest away for good."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass

MEGABYTE = 1 << 20
MAX_ANSWER = 32 * MEGABYTE
_OPEN_FILES = 64
_NICER = 5
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes for one document; after ``documents``, or above ``resident`` bytes, a new worker."""

    seconds: float = 10.0
    memory: int = 512 * MEGABYTE
    documents: int = 500
    resident: int = 200 * MEGABYTE


READING = Limits()
RECOGNISING = Limits(120.0, 2048 * MEGABYTE, 50, 1024 * MEGABYTE)
CONVERTING = Limits(20.0, 3072 * MEGABYTE)
"""The start of the program, which takes up to ten seconds when cold; each file adds to it."""


def confine(memory: int, *, largest_file: int = 0) -> None:
    """Bound this process and its children: memory, files, core dumps, priority, network where permitted.

    It cannot be undone. The address space is what is bounded, so that growth fails in the process
    itself and not in the machine.
    """
    bounds = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, largest_file),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, bound in bounds:
        # A system without one of these bounds still has the others, and the parent watches the clock.
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (bound, bound))
    os.nice(_NICER)
    _leave_network()


def limit_open_files() -> None:
    """Bound how many files this process may hold open."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))


def outlive_signals() -> None:
    """Ignore the signals that end a service: the end of our input ends us, in the middle of no document."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _leave_network() -> None:
    """Move to a network of our own without any interface; where the system forbids it, stay."""
    if not sys.platform.startswith("linux"):
        return
    rights = _NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(rights)
