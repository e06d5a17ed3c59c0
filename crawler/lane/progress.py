"""How far the look at one column has come, and who is told of its end."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.lane.watches import ColumnWatch, Watched
from crawler.lane.wire import Raw


@dataclass(frozen=True, slots=True)
class Limits:
    """Politeness and bounds of one pass; ``headers`` are the lines that every request ends with."""

    headers: bytes
    most_bytes: int
    probe_seconds: float


@dataclass(slots=True)
class Progress:
    """How far the look at one column has come: answers so far, what they cost, new validators."""

    column: ColumnWatch
    place: int = 0
    """Which of the column's addresses is asked for next."""
    answers: dict[str, Raw] = field(default_factory=dict)
    requests: int = 0
    bytes: int = 0
    began: float = 0.0
    renewed: list[tuple[Watched, Raw]] = field(default_factory=list)


class Hearer:
    """Who is told how columns ended; each ends in one call at most, and is left to a visit without any."""

    def unchanged(self, progress: Progress, seconds: float) -> None:
        """Every address of the column is as it was."""
        raise NotImplementedError

    def unsettled(self, progress: Progress) -> None:
        """Something is not as it was: a whole visit must name it. The answers so far are kept."""
        raise NotImplementedError

    def silent(self, progress: Progress, seconds: float) -> None:
        """The host did not answer in time; its other columns are not asked in this pass."""
        raise NotImplementedError

    def broken_off(self) -> None:
        """The host broke a connection twice: it is asked nothing more."""
        raise NotImplementedError

    def running_low(self) -> None:
        """No column waits any more: others can be added, or it can be told that there are none."""
        raise NotImplementedError
