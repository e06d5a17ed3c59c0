"""The sweep in two processes side by side: one thread of Python asks some eight thousand hosts a second."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import uvloop

from crawler.lane.books import Ends
from crawler.lane.portions import Share, hosts_of
from crawler.lane.side import SideLane
from crawler.lane.sweep import Sweep, Swept
from crawler.plan_file import PlanFile
from db.driver import open_driver

MOST_LANES = 2
"""More would take more memory than a small machine should give."""

HOSTS_WORTH_A_LANE = 25


class Lanes:
    """The lanes of one sweep; those beside ours begin at once, in processes forked from this one.

    Threads must not have been started yet.
    """

    def __init__(self, plan: PlanFile) -> None:
        hosts = tuple(hosts_of(plan))
        count = lanes_for(len(hosts), len(os.sched_getaffinity(0)))
        shares = [Share(hosts[number::count], count) for number in range(count)]
        if count > 1:
            # What all lanes read stays in one place as long as nobody looks through it for garbage.
            gc.freeze()
        self._own = partial(Lane, plan, shares[0])
        self._beside = [SideLane(Lane(plan, share).sweep) for share in shares[1:]]

    def sweep(self) -> tuple[Swept, bool]:
        """Sweep what may be found unchanged; return how that ended, and whether it was stopped early.

        Raises DatabaseBroken, OSError and LaneBroken; then nothing more is asked in any lane.
        """
        own = self._own(self._beside)
        try:
            swept = [own.sweep(), *(lane.swept() for lane in self._beside)]
        finally:
            for lane in self._beside:
                lane.end()
        return together(swept), own.is_stopped


class Lane:
    """The sweep of one share in this process, until it is done or told to stop."""

    def __init__(self, plan: PlanFile, share: Share, beside: Sequence[SideLane] = ()) -> None:
        self._plan = plan
        self._share = share
        self._beside = beside
        self.is_stopped = False

    def sweep(self) -> Swept:
        """Sweep all hosts of the share."""
        sweep = Sweep(self._plan, open_driver(self._plan.head.database_url), self._share)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            loop = runner.get_loop()
            loop.add_signal_handler(signal.SIGTERM, self._stop, sweep)
            for lane in self._beside:
                lane.listen(partial(_break, loop, sweep))
            return runner.run(sweep.run())

    def _stop(self, sweep: Sweep) -> None:
        self.is_stopped = True
        sweep.stop()
        for lane in self._beside:
            lane.stop()


def _break(loop: asyncio.AbstractEventLoop, sweep: Sweep) -> None:
    """Hear from another thread that a lane beside us broke; it is raised once we have stopped."""
    # A loop that is closed has nothing left to stop.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(sweep.stop)


def lanes_for(hosts: int, processors: int) -> int:
    """Return how many lanes are worth their start."""
    return max(1, min(MOST_LANES, processors, hosts // HOSTS_WORTH_A_LANE))


def together(swept: Sequence[Swept]) -> Swept:
    """Return what several lanes did as if it were one; no two have a site in common."""
    ends, free_at = Ends(), dict[str, float]()
    for lane in swept:
        ends.requests += lane.ends.requests
        ends.not_modified += lane.ends.not_modified
        ends.bytes += lane.ends.bytes
        ends.settled |= lane.ends.settled
        ends.answers |= lane.ends.answers
        free_at |= lane.free_at
    return Swept(ends, free_at)
