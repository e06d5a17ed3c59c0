"""How the hosts of a pass fare: how long each rests, and its wish to be left alone for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from scrapy.http import Response

from crawler.memory import Memory, Pause
from crawler.pace import asked_to_wait, next_delay
from crawler.robots import origin_of
from reports.deadlines import CHINA
from reports.visits import Outcome
from reports.words import Words

_PAUSING = {429: Outcome.RATE_LIMITED, 503: Outcome.SERVER_ERROR}


def slot_of(url: str) -> str:
    """Return the key under which requests to one host and port wait for each other."""
    return urlsplit(url).netloc.casefold()


class Hosts:
    """Lets each host rest after its answers, and keeps what a host asks for.

    ``delay`` is the least rest in seconds, ``free_at`` when the hosts of the sweep are free (monotonic).
    """

    def __init__(self, delay: float, memory: Memory, free_at: Mapping[str, float]) -> None:
        self._delay = delay
        self._memory = memory
        self._pauses: dict[str, Pause | None] = {}
        self._least: dict[str, float] = {}
        self._rests: dict[str, float] = {}
        self._free_at: dict[str, float] = {}
        for origin, at in free_at.items():
            slot = slot_of(origin)
            self._free_at[slot] = max(at, self._free_at.get(slot, at))

    def keep_delay(self, url: str, delay: float) -> None:
        """Let the host rest at least so many seconds from now on, after the answer that asks for it, too."""
        slot = slot_of(url)
        self._least[slot] = max(delay, self._delay)
        self._free_at[slot] = time.monotonic() + self._least[slot]

    async def turn(self, url: str) -> None:
        """Wait until the host has rested; those who wait for one host go one after another."""
        slot = slot_of(url)
        while (wait := self._free_at.get(slot, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        self._free_at[slot] = time.monotonic() + self._rest(slot)

    def pause(self, url: str) -> Pause | None:
        """Return the wish of a host not to be asked now, None when it may be."""
        origin = origin_of(url)
        if origin not in self._pauses:
            self._pauses[origin] = self._memory.pause(origin)
        return self._pauses[origin]

    def heard(self, url: str, response: Response | None, latency: float | None) -> None:
        """Hear an answer, or (None) that there was none; ``latency`` in seconds.

        The rest begins with the answer: only so two requests keep their distance at the other end, too.
        """
        slot, status = slot_of(url), response.status if response is not None else None
        in_trouble = status is None or status == 429 or status >= 500
        least = self._least.get(slot, self._delay)
        self._rests[slot] = next_delay(least, self._rest(slot), latency, in_trouble=in_trouble)
        self._free_at[slot] = time.monotonic() + self._rests[slot]
        outcome = _PAUSING.get(status or 0)
        if response is None or outcome is None:
            return
        term = asked_to_wait(_text(response, "retry-after"), _text(response, "date"))
        if term is not None:
            origin = origin_of(url)
            self._pauses[origin] = self._memory.keep_pause(origin, term, outcome)

    def _rest(self, slot: str) -> float:
        return max(self._rests.get(slot, 0.0), self._least.get(slot, self._delay))


def pause_words(pause: Pause) -> Words:
    """Say until when a host wants to be left alone."""
    until = pause.until.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return Words(
        f"网站要求 {until} 之后再访问，届时再查", f"the site asks to be left alone until {until}"
    )


def _text(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:200] if value else None
