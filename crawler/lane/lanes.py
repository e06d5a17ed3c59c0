"""The sweep in two processes side by side: one thread of Python asks some eight thousand hosts a second."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Sequence

import uvloop

from crawler.lane.portions import Share, hosts_of
from crawler.lane.side import SideLane
from crawler.lane.sweep import Sweep, Swept
from crawler.plan_file import PlanFile
from db.driver import open_driver

logger = logging.getLogger("crawler.lanes")

MOST_LANES = 2
"""More would take more memory than a small machine should give."""

HOSTS_WORTH_A_LANE = 25


class Lanes:
    """The lanes of one sweep; those beside ours begin at once, in processes forked from this one.

    Threads must not have been started yet.
    """

    def __init__(self, plan: PlanFile) -> None:
        hosts = tuple(hosts_of(plan))
        connections = plan.head.settings.sweep_connections
        count = lanes_for(len(hosts), processors(), connections)
        shares = [Share(hosts[lane::count], count, lane) for lane in range(count)]
        if count > 1:
            # What all lanes read stays in one place as long as nobody looks through it for garbage.
            gc.freeze()
        try:
            self._beside = [SideLane(Lane(plan, share).sweep) for share in shares[1:]]
        except OSError as refused:
            logger.warning("event=one_lane detail=%s", refused.strerror)
            self._beside, shares = [], [Share(hosts)]
        self._own = Lane(plan, shares[0], self._beside)

    def sweep(self) -> tuple[Swept, bool]:
        """Sweep what may be found unchanged; return how that ended, and whether it was stopped early.

        Raises DatabaseBroken, OSError and LaneBroken; then nothing more is asked in any lane.
        """
        try:
            swept = self._own.sweep()
            for lane in self._beside:
                other = lane.swept()
                swept.ends.absorb(other.ends)
                swept.free_at.update(other.free_at)
        finally:
            for lane in self._beside:
                lane.end()
        return swept, self._own.is_stopped


class Lane:
    """The sweep of one share in this process, until it is done or told to stop."""

    def __init__(self, plan: PlanFile, share: Share, beside: Sequence[SideLane] = ()) -> None:
        self._plan = plan
        self._share = share
        self._beside = beside
        self.is_stopped = False

    def sweep(self) -> Swept:
        """Sweep all hosts of the share, and wait for the lanes beside it; a stop is heard until then."""
        driver = open_driver(self._plan.head.database_url)
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                sweep = Sweep(self._plan, driver, self._share)
                runner.get_loop().add_signal_handler(signal.SIGTERM, self._stop, sweep)
                return runner.run(self._swept(sweep))
        finally:
            # The loop leaves a handler behind that hears a signal and does nothing.
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            driver.close()

    async def _swept(self, sweep: Sweep) -> Swept:
        waiting = [asyncio.create_task(_wait(lane, sweep)) for lane in self._beside]
        try:
            swept = await sweep.run()
            await asyncio.gather(*waiting)
        except BaseException:
            # Whoever waits for their word would wait for their last host.
            for lane in self._beside:
                lane.kill()
            raise
        return swept

    def _stop(self, sweep: Sweep) -> None:
        self.is_stopped = True
        sweep.stop()
        for lane in self._beside:
            lane.stop()


async def _wait(lane: SideLane, sweep: Sweep) -> None:
    """Wait for a lane beside us; when it broke, we stop as well, and its words are raised then."""
    if not await asyncio.to_thread(lane.wait):
        sweep.stop()


def lanes_for(hosts: int, processors: int, connections: int) -> int:
    """Return how many lanes are worth their start."""
    return max(1, min(MOST_LANES, processors, connections, hosts // HOSTS_WORTH_A_LANE))


def processors() -> int:
    """Return how many processors we may use; 1 where the system does not say, or bears a fork badly."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
