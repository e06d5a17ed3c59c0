"""How the hosts of a pass fare: their pace, and their wish to be left alone for a while."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.memory import Memory, Pause
from crawler.middlewares import plan_of, slot_of
from crawler.pace import asked_to_wait, next_delay
from crawler.robots import origin_of
from reports.deadlines import CHINA
from reports.visits import Outcome
from reports.words import Words

_PAUSING = {429: Outcome.RATE_LIMITED, 503: Outcome.SERVER_ERROR}


class Hosts:
    """Hears every answer, sets the pace of its host, and keeps what a host asks for."""

    def __init__(self, crawler: Crawler, memory: Memory) -> None:
        self._crawler = crawler
        self._memory = memory
        self._pauses: dict[str, Pause | None] = {}
        self._rests: dict[str, float] = {}

    def pause(self, url: str) -> Pause | None:
        """Return the wish of a host not to be asked now, None when it may be."""
        origin = origin_of(url)
        if origin not in self._pauses:
            self._pauses[origin] = self._memory.pause(origin)
        return self._pauses[origin]

    def heard(self, url: str, response: Response | None, latency: float | None) -> None:
        """Hear an answer, or (None) that there was none; ``latency`` in seconds."""
        status = response.status if response is not None else None
        self._set_pace(url, latency, in_trouble=status is None or status == 429 or status >= 500)
        outcome = _PAUSING.get(status or 0)
        if response is None or outcome is None:
            return
        term = asked_to_wait(_text(response, "retry-after"), _text(response, "date"))
        if term is not None:
            origin = origin_of(url)
            self._pauses[origin] = self._memory.keep_pause(origin, term, outcome)

    def _set_pace(self, url: str, latency: float | None, *, in_trouble: bool) -> None:
        engine, slot = self._crawler.engine, slot_of(url)
        assert engine is not None
        if slot not in engine.downloader.slots:
            return
        least = self._least_delay(slot)
        rest = next_delay(least, self._rests.get(slot, least), latency, in_trouble=in_trouble)
        self._rests[slot] = rest
        # The engine counts from the request on, the rest begins with the answer.
        engine.downloader.slots[slot].delay = rest + (latency or 0.0) if rest else 0.0

    def _least_delay(self, slot: str) -> float:
        engine = self._crawler.engine
        assert engine is not None
        told = engine.downloader.per_slot_settings.get(slot, {}).get("delay")
        return float(told or plan_of(self._crawler).settings.delay_seconds)


def pause_words(pause: Pause) -> Words:
    """Say until when a host wants to be left alone."""
    until = pause.until.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return Words(
        f"网站要求 {until} 之后再访问，届时再查", f"the site asks to be left alone until {until}"
    )


def _text(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:200] if value else None
