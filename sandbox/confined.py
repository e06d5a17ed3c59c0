"""Runs a foreign program within bounds: ``python -m sandbox.confined BYTES SECONDS PROGRAM ARGUMENTS…``.

Whoever started this ends its process group in time. If that one is gone, the group ends itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from sandbox.limits import MEGABYTE, confine

_LARGEST_FILE = 64 * MEGABYTE

if __name__ == "__main__":
    confine(int(sys.argv[1]), largest_file=_LARGEST_FILE)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(0, signal.SIGKILL))
    signal.alarm(int(sys.argv[2]))
    sys.exit(subprocess.call(sys.argv[3:]))
