"""A lane in a process of its own, forked from the one that leads the sweep."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, NoReturn

from crawler.lane.books import Ends
from crawler.lane.sweep import Swept
from crawler.lifeline import live_as_long_as
from db.driver import DatabaseBroken


class LaneBroken(Exception):
    """A lane ended before its hosts did; the words are those that it left."""


class SideLane:
    """Sweeps beside us from the start on. It ends with us, and tells how it ended through a pipe.

    Raises OSError when the system permits no other process.
    """

    def __init__(self, sweep: Callable[[], Swept]) -> None:
        lifeline, self._lifeline = os.pipe()
        self._ends, told = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            for end in (lifeline, self._lifeline, self._ends, told):
                os.close(end)
            raise
        if self._pid == 0:
            os.close(self._lifeline)
            _live(sweep, lifeline, told)
        os.close(lifeline)
        os.close(told)
        self._said: Swept | LaneBroken | None = None
        self._is_stopped = False

    def stop(self) -> None:
        """Let it ask nothing more, and end."""
        self._is_stopped = True
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGTERM)

    def wait(self) -> bool:
        """Wait until it has told how it ended; return whether it ended well."""
        with open(self._ends, "rb") as pipe:
            if pipe.peek(1):
                self._said = _heard(pipe)
        # Whom the signal met before it had begun did nothing.
        if self._said is None and self._is_stopped:
            self._said = Swept(Ends(), {})
        return isinstance(self._said, Swept)

    def swept(self) -> Swept:
        """Return how it ended, once; to be asked after ``wait``. Raises LaneBroken."""
        said, self._said = self._said, None
        if isinstance(said, Swept):
            return said
        raise said or LaneBroken("a lane of the sweep ended without a word")

    def kill(self) -> None:
        """End it now, if it has not ended."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def end(self) -> None:
        """End it now, if it has not ended, and let nothing of it stay."""
        self.kill()
        os.waitpid(self._pid, 0)
        os.close(self._lifeline)


def _heard(pipe: BinaryIO) -> Swept | LaneBroken:
    try:
        said = pickle.load(pipe)  # noqa: S301 - our own other half wrote it
    except (pickle.UnpicklingError, EOFError) as error:
        return LaneBroken(f"a lane of the sweep broke off in the middle of its report: {error}")
    assert isinstance(said, Swept | LaneBroken)
    return said


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
