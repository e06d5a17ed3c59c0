"""One host of the sweep: its addresses one after another, never sooner than its delay permits."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Iterable
from typing import Protocol

from crawler.lane.progress import Hearer, Limits, Progress
from crawler.lane.requests import conditions, request_bytes
from crawler.lane.watches import ColumnWatch, Watched
from crawler.lane.wire import Raw, Wire
from crawler.pace import next_delay
from crawler.unpacking import PackingBroken, UnpackedTooLarge, unpack


class Door(Protocol):
    """The way to a host, in two steps: a look-up that waits for its turn is no silence of the host."""

    async def find(self) -> str:
        """Return the network address to call. Raises OSError."""

    async def open(self, address: str, wire: Wire) -> None:
        """Connect the wire. Raises OSError."""


class Line:
    """Asks for the addresses of one host and hears the answers; ``done`` ends when all is dealt with.

    ``heard_at`` is when the host last answered, or was asked in vain (seconds, monotonic clock): its rest
    is counted from then on, since only so two requests keep their distance at the other end, too.
    """

    __slots__ = (
        "_asked_at",
        "_asking",
        "_columns",
        "_connecting",
        "_door",
        "_expects_more",
        "_hearer",
        "_is_idle",
        "_least_delay",
        "_limits",
        "_loop",
        "_progress",
        "_retried",
        "_stopped",
        "_timer",
        "_wire",
        "delay",
        "done",
        "heard_at",
    )

    def __init__(
        self, delay: float, heard_at: float, limits: Limits, door: Door, hearer: Hearer
    ) -> None:
        self.delay = delay
        self.heard_at = heard_at
        self._loop = asyncio.get_running_loop()
        self.done: asyncio.Future[None] = self._loop.create_future()
        self._asked_at = float("-inf")
        self._least_delay = delay
        self._limits = limits
        self._door = door
        self._hearer = hearer
        self._columns: list[ColumnWatch] = []
        self._progress: Progress | None = None
        self._wire: Wire | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._asking = False
        self._retried = False
        self._connecting: asyncio.Task[None] | None = None
        self._stopped = False
        self._expects_more = True
        self._is_idle = True

    def add(self, columns: Iterable[ColumnWatch]) -> None:
        """Add columns behind those that wait."""
        self._columns.extend(columns)
        self._wake()

    def no_more(self) -> None:
        """Let the line end with the columns that it has."""
        self._expects_more = False
        self._wake()

    def keep_delay(self, delay: float) -> None:
        """Keep at least this pause between two requests, in seconds."""
        self._least_delay = self.delay = delay

    def stop(self) -> None:
        """Ask nothing more; columns not dealt with are left without a word."""
        self._stopped = True
        self._finish()

    def look_at_the_clock(self, now: float) -> None:
        """Give the host up when it has been silent for too long; ``now`` is of the monotonic clock."""
        if self._asking and now - self._asked_at > self._limits.probe_seconds:
            self._late()

    def answered(self, raw: Raw) -> None:
        """Take the answer to the request under way."""
        progress = self._progress
        if progress is None or self._stopped:
            return
        watched = progress.column.addresses[progress.place]
        self._asking = self._retried = False
        progress.requests += 1
        progress.bytes += len(raw.body)
        self.heard_at = time.monotonic()
        latency = self.heard_at - self._asked_at
        self.delay = next_delay(self._least_delay, self.delay, latency, in_trouble=False)
        # An address is answered once; whoever takes the column over needs not ask again.
        progress.answers[watched.url] = raw
        if not self._is_unchanged(watched, raw):
            self._hearer.unsettled(progress)
            self._progress = None
        else:
            progress.place += 1
            if raw.status == 200:
                progress.renewed.append((watched, raw))
        self._next()

    def broken(self, reason: BaseException | None) -> None:
        """Hear that the connection ended: a request under way is asked once more, then given up."""
        self._wire = None
        if self._progress is None or self._stopped or not self._asking:
            return
        self._asking = False
        self.heard_at = time.monotonic()
        self._progress.requests += 1
        if self._retried:
            self._give_up()
        else:
            self._retried = True
            self._later()

    def _next(self) -> None:
        """Go on to the next address, the next column, or the end."""
        if self._stopped:
            return
        progress = self._progress
        if progress is not None and progress.place == len(progress.column.addresses):
            self._hearer.unchanged(progress, time.monotonic() - progress.began)
            progress = None
        self._progress = progress or self._begun()
        if self._progress is not None:
            self._later()

    def _begun(self) -> Progress | None:
        """Begin with the next column; None while there is none, or when there will be none."""
        column = self._columns.pop(0) if self._columns else None
        if not self._columns and self._expects_more:
            self._hearer.running_low()
        if column is not None:
            return Progress(column, began=time.monotonic())
        self._is_idle = True
        if not self._expects_more:
            self._finish()
        return None

    def _wake(self) -> None:
        if self._is_idle and not self.done.done():
            self._is_idle = False
            self._loop.call_soon(self._next)

    def _later(self) -> None:
        """Ask when the delay is over."""
        self._timer = None
        # The loop's own clock may lag behind while it is busy.
        wait = self.heard_at + self.delay - time.monotonic()
        if self.delay > 0 and wait > 0:
            self._timer = self._loop.call_later(wait, self._later)
        else:
            self._ask()

    def _ask(self) -> None:
        if self._stopped or self._progress is None:
            return
        self._asking = True
        self.heard_at = self._asked_at = time.monotonic()
        if self._wire is not None and self._wire.is_open:
            self._send(self._wire)
        else:
            self._connecting = self._loop.create_task(self._open())

    async def _open(self) -> None:
        wire = Wire(self, self._limits.most_bytes)
        self._wire = wire
        try:
            self._asked_at = float("inf")
            address = await self._door.find()
            self.heard_at = self._asked_at = time.monotonic()
            await self._door.open(address, wire)
        except (OSError, ValueError) as error:
            self.broken(error)
            return
        if self._wire is wire and not self._stopped:
            self._send(wire)
        else:
            wire.close()

    def _send(self, wire: Wire) -> None:
        assert self._progress is not None
        watched = self._progress.column.addresses[self._progress.place]
        asked = conditions(watched.etag, watched.last_modified) if watched.is_conditional else {}
        wire.send(request_bytes(watched.url, self._limits.headers, asked))

    def _late(self) -> None:
        """The host is silent: one probe is all that it costs."""
        self._close()
        if self._progress is None:
            return
        self._progress.requests += 1
        seconds = time.monotonic() - self._progress.began
        self._hearer.silent(self._progress, seconds)
        for column in self._columns:
            self._hearer.silent(Progress(column), 0.0)
        self._end()

    def _give_up(self) -> None:
        """The host breaks connections: whole visits say how."""
        if self._progress is not None:
            self._hearer.unsettled(self._progress)
        self._hearer.broken_off()
        self._end()

    def _end(self) -> None:
        self._columns.clear()
        self._progress = None
        self._finish()

    def _finish(self) -> None:
        self._asking = False
        if self._timer is not None:
            self._timer.cancel()
        self._close()
        if not self.done.done():
            self.done.set_result(None)

    def _close(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def _is_unchanged(self, watched: Watched, raw: Raw) -> bool:
        if raw.status == 304:
            return watched.is_conditional and bool(watched.etag or watched.last_modified)
        return raw.status == 200 and _digest(raw, self._limits.most_bytes) == watched.sha256


def _digest(raw: Raw, most_bytes: int) -> bytes | None:
    """Return the SHA-256 of the body as it reads, None when it cannot be unpacked."""
    encodings = ",".join(raw.values("content-encoding"))
    try:
        return hashlib.sha256(unpack(raw.body, encodings, most_bytes)).digest()
    except (PackingBroken, UnpackedTooLarge):
        return None
