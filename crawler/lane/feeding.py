"""Reads the portions that hosts want, those of many hosts together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from crawler.lane.portions import COLUMNS_TOGETHER, Portion, Portions, Supply

Want: TypeAlias = tuple[Supply, asyncio.Future[Portion]]


class Feeder:
    """Reads in small groups between the answers.

    Not in another thread: that would ask for the processor at each row, and wait for it each time while
    the sweep is busy.
    """

    def __init__(self, portions: Portions) -> None:
        self._portions = portions
        self._wants: deque[Want] = deque()
        self._reading: asyncio.Task[None] | None = None

    async def first(self, supply: Supply) -> Portion:
        """Return the first portion of an origin that has a column in it, or the last one."""
        portion = await self.next(supply)
        rules = portion.rules
        while not portion.columns and not portion.is_last:
            portion = await self.next(supply)
        return Portion(portion.columns, portion.is_last, rules)

    async def next(self, supply: Supply) -> Portion:
        """Return the next portion of an origin. Raises what the database raises."""
        future: asyncio.Future[Portion] = asyncio.get_running_loop().create_future()
        self._wants.append((supply, future))
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return await future

    async def _read(self) -> None:
        while wants := tuple(self._some()):
            try:
                found = self._portions.read([supply for supply, _ in wants])
            except Exception as error:  # noqa: BLE001 - whoever waits for a portion raises it
                self._refuse((*wants, *self._wants), error)
                return
            for (_, future), portion in zip(wants, found, strict=True):
                if not future.done():
                    future.set_result(portion)
            await asyncio.sleep(0)

    def _refuse(self, wants: Sequence[Want], error: Exception) -> None:
        self._wants.clear()
        for _, future in wants:
            if not future.done():
                future.set_exception(error)

    def _some(self) -> Iterator[Want]:
        columns = 0
        while self._wants and columns < COLUMNS_TOGETHER:
            columns += self._portions.size(self._wants[0][0])
            yield self._wants.popleft()
