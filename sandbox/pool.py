"""The sandbox: workers that read foreign bytes, and second opinions where the first reading falls short."""

from __future__ import annotations

import hashlib
import os
import queue
import weakref
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType

from sandbox.faults import Fault, WorkerLost, reason_of
from sandbox.limits import READING, RECOGNISING, Limits
from sandbox.office import Office
from sandbox.process import Worker
from sandbox.readings import (
    NOTHING_RECOGNISED,
    Body,
    Reading,
    cells_read,
    is_picture,
    is_whole,
)

_MOST_WORKERS = 2
_FAULTS = frozenset(Fault)
_OF_PICTURES = _FAULTS | {"too_large", "damaged"}
"""What only the recogniser learns: the first reading opens no picture."""

_FINAL = _FAULTS | {"too_large", "encrypted", "empty"}
"""What no converter mends: it would only spend its own minute on the same bytes."""


class Sandbox:
    """Reads bodies in worker processes. Any thread may use it; nothing starts before it is needed.

    Closing ends the workers, and so does the end of this process, however it comes.
    """

    def __init__(
        self,
        limits: Limits = READING,
        *,
        size: int | None = None,
        office: Office | None = None,
        recognising: Limits = RECOGNISING,
    ) -> None:
        count = size or min(_MOST_WORKERS, os.cpu_count() or 1)
        self._readers = _Workers("reading", limits, count)
        self._recognisers = _Workers("recognising", recognising, 1)
        self._office = office or Office()
        self._end = weakref.finalize(self, _end_all, self._readers, self._recognisers)

    def __enter__(self) -> Sandbox:
        """Return the sandbox; leaving the block ends its workers."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers."""
        self.close()

    def close(self) -> None:
        """End every worker that is idle; one at work ends when its document does."""
        self._end()

    @property
    def pids(self) -> tuple[int, ...]:
        """Return the ids of the worker processes that are idle now."""
        return (*self._readers.pids(), *self._recognisers.pids())

    def read(self, body: Body) -> Reading:
        """Read one body. Raises SandboxUnavailable when no worker starts, and nothing else."""
        return self.read_many((body,))[0]

    def recognises(self) -> bool:
        """Say whether the characters of pictures can be recognised here. Raises SandboxUnavailable."""
        return self._recognisers.are_able()

    def read_many(self, bodies: Sequence[Body], *, recognise: bool = True) -> tuple[Reading, ...]:
        """Read bodies side by side; the readings come in their order. Raises SandboxUnavailable.

        Pictures take seconds a page: without ``recognise`` they are only told, by the code ``image``.
        """
        first = self._read_all(bodies)
        second = self._office_opinions(bodies, first)
        return tuple(
            self._recognised(body, reading) if recognise and is_picture(reading) else reading
            for body, reading in zip(bodies, second, strict=True)
        )

    def _read_all(self, bodies: Sequence[Body]) -> list[Reading]:
        if len(bodies) < 2:
            return [self._readers.read(body) for body in bodies]
        with ThreadPoolExecutor(self._readers.count) as threads:
            return list(threads.map(self._readers.read, bodies))

    def _office_opinions(self, bodies: Sequence[Body], first: Sequence[Reading]) -> list[Reading]:
        """Have office files that were not read to the last cell converted, and take the better reading."""
        wanting = [
            number
            for number, reading in enumerate(first)
            if reading.code not in _FINAL
            and not is_whole(reading)
            and not _is_torn(reading, bodies[number].content)
            and self._office.takes(bodies[number].content)
        ]
        readings = list(first)
        converted = self._office.convert([bodies[number].content for number in wanting])
        found = [(n, c) for n, c in zip(wanting, converted, strict=True) if c is not None]
        again = self._read_all([Body(conversion.content) for _, conversion in found])
        for (number, conversion), other in zip(found, again, strict=True):
            if cells_read(other) > cells_read(first[number]):
                readings[number] = _as_published(other, conversion.media_type)
        return readings

    def _recognised(self, body: Body, first: Reading) -> Reading:
        if not self.recognises():
            return first
        found = self._recognisers.read(body)
        if found.report is not None or found.code in _OF_PICTURES:
            return found
        # A picture that holds no report stays one: nothing is to be installed for it.
        return replace(first, unreadable=NOTHING_RECOGNISED)


def _is_torn(reading: Reading, content: bytes) -> bool:
    """Say whether an RTF was damaged: a converter mends it by moving its cells into other columns.

    Nothing in an RTF says what it held, so that no second reading is better than a strict one.
    """
    is_rtf = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")
    return is_rtf and (reading.code == "damaged" or reading.report is not None)


class _Workers:
    """Workers of one kind and whoever waits for one; the one used last is taken first."""

    def __init__(self, kind: str, limits: Limits, count: int) -> None:
        self.count = count
        self._limits = limits
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._able: bool | None = None
        for _ in range(count):
            self._idle.put(Worker(kind, limits))

    def are_able(self) -> bool:
        """Say whether what this kind needs is installed; asked of a worker once."""
        if self._able is None:
            with self._one() as worker:
                self._able = worker.is_able()
                if not self._able:
                    worker.end()
        return self._able

    def read(self, body: Body) -> Reading:
        """Read one body in the next free worker; what ends the worker is a reading, too."""
        try:
            with self._one() as worker:
                reading = worker.read(body)
        except WorkerLost as lost:
            words = reason_of(lost.fault, self._limits)
            reading = Reading("", unreadable=words, code=lost.fault.value)
        if reading.report is not None:
            return reading
        return replace(reading, content_key=hashlib.sha256(body.content).hexdigest())

    def pids(self) -> list[int]:
        """Return the process ids of the idle workers."""
        return [pid for worker in list(self._idle.queue) if (pid := worker.pid) is not None]

    def end(self) -> None:
        """End the idle ones."""
        for worker in list(self._idle.queue):
            worker.end()

    @contextmanager
    def _one(self) -> Iterator[Worker]:
        worker = self._idle.get()
        try:
            yield worker
        finally:
            self._idle.put(worker)


def _end_all(*kinds: _Workers) -> None:
    for workers in kinds:
        workers.end()


def _as_published(reading: Reading, media_type: str) -> Reading:
    """Return the reading of a converted file under the media type of what was published."""
    assert reading.document is not None
    return replace(reading, document=replace(reading.document, media_type=media_type))
