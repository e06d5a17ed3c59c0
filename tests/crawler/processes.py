"""What becomes of processes that others started."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

import pytest


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started and that have not been waited for."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(one) for task in tasks for one in (task / "children").read_text().split()]


def wait_for_children(pid: int) -> list[int]:
    """Wait until a process has started others."""
    pause = threading.Event()
    for _ in range(200):
        if found := children_of(pid):
            return found
        pause.wait(0.05)
    pytest.fail("no process was started")


def is_gone(pid: int) -> bool:
    """Wait a little for a process that is not our child; a zombie of another's counts as gone."""
    pause = threading.Event()
    for _ in range(100):
        with suppress(FileNotFoundError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                pause.wait(0.05)
                continue
        return True
    return False
