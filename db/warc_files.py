"""The files of the archive: appended to by one process at a time, rotated, and never changed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlmodel import col

from db.evidence import Capture
from db.session import reading
from db.warc import information
from reports.deadlines import china_date

MOST_BYTES = 100 * 1000 * 1000
MOST_FILES_A_DAY = 100_000


@dataclass(slots=True)
class _Open:
    """A file that this process alone appends to."""

    name: str
    descriptor: int
    end: int


class WarcFiles:
    """Files ``YYYYMM/nianshao-YYYYMMDD-NNN.warc.gz`` below ``root``, by the day in China.

    A file is taken up again only where it ends with its last indexed record: what a killed process left
    half written is never followed by anything, so that every earlier record stays readable in order.
    """

    def __init__(self, root: Path, engine: Engine) -> None:
        self.root = root
        self._engine = engine
        self._open: _Open | None = None
        self._is_dirty = False

    def append(self, records: bytes, at: datetime) -> tuple[str, int]:
        """Write records at the end of a file; return its name and where they begin."""
        if self._open is not None and self._open.end >= MOST_BYTES:
            self.close()
        file = self._open = self._open or self._take(at)
        ahead = information(Path(file.name).name, at) if file.end == 0 else b""
        self._is_dirty = True
        try:
            _write(file.descriptor, ahead + records)
        except OSError:
            # A full disk must not stay full of halves, and the next record wants a file of its own.
            with suppress(OSError):
                os.ftruncate(file.descriptor, file.end)
            self.close()
            raise
        begin = file.end + len(ahead)
        file.end = begin + len(records)
        return file.name, begin

    def sync(self) -> None:
        """Bring everything written to the disk."""
        if self._open is not None and self._is_dirty:
            os.fsync(self._open.descriptor)
        self._is_dirty = False

    def close(self) -> None:
        """Let go of the file that is written to."""
        if self._open is not None:
            with suppress(OSError):
                self.sync()
            os.close(self._open.descriptor)
            self._open = None

    def read(self, name: str, offset: int, length: int) -> bytes:
        """Return a part of a file, shorter where it ends; raises FileNotFoundError."""
        with (self.root / name).open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def has(self, name: str) -> bool:
        """Say whether the file is there."""
        return (self.root / name).is_file()

    @contextmanager
    def holding(self, name: str) -> Iterator[None]:
        """Hold a file against every writer; raises BlockingIOError when somebody writes to it."""
        with (self.root / name).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def _take(self, at: datetime) -> _Open:
        day = china_date(at)
        folder = self.root / f"{day:%Y%m}"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, MOST_FILES_A_DAY):
            name = f"{folder.name}/nianshao-{day:%Y%m%d}-{number:03}.warc.gz"
            file = self._lock(name)
            if file is not None:
                _sync_folder(folder)
                return file
        raise OSError(f"more than {MOST_FILES_A_DAY} files in {folder}")

    def _lock(self, name: str) -> _Open | None:
        """Open a file for this process alone; None when it is taken, full, or ends in a torn record."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        descriptor = os.open(self.root / name, flags, 0o644)
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            end = os.fstat(descriptor).st_size
            if end == self._indexed_end(name) and end < MOST_BYTES:
                return _Open(name, descriptor, end)
        os.close(descriptor)
        return None

    def _indexed_end(self, name: str) -> int:
        ends = select(func.max(Capture.offset + Capture.length + Capture.request_length))
        with reading(self._engine) as session:
            return session.execute(ends.where(col(Capture.file) == name)).scalar_one() or 0


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
