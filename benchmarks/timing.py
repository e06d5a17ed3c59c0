"""Ratios of two things done in turn in one run: the machine's mood strikes both alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Ratio:
    """Medians in milliseconds of ours and of the anchor; ``value`` is ours / anchor."""

    ours: float
    anchor: float

    @property
    def value(self) -> float:
        """Return how much of the anchor's time ours takes."""
        return self.ours / self.anchor


def compare(ours: Callable[[], object], anchor: Callable[[], object], rounds: int) -> Ratio:
    """Time both in turn; the first round of each only warms up."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for work, found in zip((ours, anchor), times, strict=True):
            begin = time.perf_counter()
            work()
            if number:
                found.append(1000 * (time.perf_counter() - begin))
    return Ratio(median(times[0]), median(times[1]))


def show(name: str, ratio: Ratio, limit: float) -> bool:
    """Print one line and say whether the ratio is within its limit."""
    holds = ratio.value <= limit
    print(
        f"{'ok  ' if holds else 'MISS'} {name}: {ratio.value:.2f} (≤ {limit}) "
        f"ours {ratio.ours:.2f} ms, anchor {ratio.anchor:.2f} ms",
        flush=True,
    )
    return holds
