"""Lets a process end with the one that started it."""

from __future__ import annotations

import os
import threading

EXIT_ORPHANED = 3


def live_as_long_as(descriptor: int) -> None:
    """End this process at once when the other end of a pipe is closed, as it is by its owner's death."""
    threading.Thread(target=_wait, args=(descriptor,), daemon=True).start()


def _wait(descriptor: int) -> None:
    # Read past any buffered stream: its lock must be free when the interpreter ends.
    while os.read(descriptor, 4096):
        pass
    os._exit(EXIT_ORPHANED)
