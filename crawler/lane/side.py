"""A lane in a process of its own, forked from the one that leads the sweep."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from crawler.lane.books import Ends
from crawler.lane.sweep import Swept
from crawler.lifeline import live_as_long_as
from db.driver import DatabaseBroken


class LaneBroken(Exception):
    """A lane ended before its hosts did; the words are those that it left."""


class SideLane:
    """Sweeps beside us from the start on. It ends with us, and tells how it ended through a pipe."""

    def __init__(self, sweep: Callable[[], Swept]) -> None:
        lifeline, self._lifeline = os.pipe()
        self._ends, told = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._lifeline)
            _live(sweep, lifeline, told)
        os.close(lifeline)
        os.close(told)
        self._said: Swept | LaneBroken | None = None
        self._is_stopped = False
        self._hearing: threading.Thread | None = None

    def listen(self, at_break: Callable[[], None]) -> None:
        """Wait for its end beside us; ``at_break`` is called from another thread if it is no good one."""
        self._hearing = threading.Thread(target=self._hear, args=(at_break,), daemon=True)
        self._hearing.start()

    def stop(self) -> None:
        """Let it ask nothing more, and end."""
        self._is_stopped = True
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGTERM)

    def swept(self) -> Swept:
        """Wait for its end, and return how it ended. Raises LaneBroken."""
        if self._hearing is not None:
            self._hearing.join()
        if isinstance(self._said, LaneBroken):
            raise self._said
        if self._said is None and not self._is_stopped:
            raise LaneBroken("a lane of the sweep ended without a word")
        # Whom the signal met before it had begun did nothing.
        return self._said or Swept(Ends(), {})

    def end(self) -> None:
        """End it now, if it has not ended."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._lifeline)

    def _hear(self, at_break: Callable[[], None]) -> None:
        with open(self._ends, "rb") as pipe:
            written = pipe.read()
        if written:
            self._said = pickle.loads(written)  # noqa: S301 - our own other half wrote it
        if not isinstance(self._said, Swept):
            at_break()


def _live(sweep: Callable[[], Swept], lifeline: int, told: int) -> NoReturn:
    """Sweep in the forked process, tell how it ended, and end."""
    live_as_long_as(lifeline)
    said: Swept | LaneBroken
    try:
        said = sweep()
    except (DatabaseBroken, OSError) as error:
        said = LaneBroken(str(error))
    except BaseException:  # noqa: BLE001 - the lane that leads tells it in full
        said = LaneBroken(traceback.format_exc())
    with open(told, "wb") as pipe:
        pickle.dump(said, pipe)
    # Nothing of the process that leads is to be run down here.
    os._exit(0)
