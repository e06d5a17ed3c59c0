"""Locks on the data folder: one service, and one pass at a time, whoever starts it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import Refusal
from reports.words import Words

SERVICE, PASS = "service.lock", "pass.lock"


class AlreadyRunning(Refusal):
    """Another service holds the data folder."""


@contextmanager
def service_lock(data_dir: Path) -> Iterator[None]:
    """Hold the folder as its only service; raises AlreadyRunning that names the other process."""
    descriptor = _open(data_dir / SERVICE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "?"
        os.close(descriptor)
        raise AlreadyRunning(
            Words(
                f"数据目录 {data_dir} 已有一个服务在运行（进程 {holder}）；请先停止它，或换一个 data_dir。",
                f"A service (process {holder}) already runs on {data_dir}; stop it first or use "
                "another data_dir.",
            )
        ) from None
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def pass_lock(data_dir: Path, waiting: Callable[[], None]) -> Iterator[int]:
    """Hold the right to run a pass; waits for one under way after calling ``waiting`` once.

    Yields the descriptor: handed to the crawling child, it keeps the lock for as long as that child
    writes, even when this process is killed.
    """
    descriptor = _open(data_dir / PASS)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Refusal(
            Words(
                f"无法写入数据目录 {path.parent}：{error.strerror}；请检查权限和磁盘空间。",
                f"The data folder {path.parent} cannot be written: {error.strerror}; check its "
                "permissions and the disk.",
            )
        ) from None
