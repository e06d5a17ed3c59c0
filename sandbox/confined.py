"""Runs a foreign program within bounds: ``python -m sandbox.confined BYTES PROGRAM ARGUMENTS…``."""

from __future__ import annotations

import os
import sys

from sandbox.limits import MEGABYTE, confine

_LARGEST_FILE = 64 * MEGABYTE

if __name__ == "__main__":
    confine(int(sys.argv[1]), largest_file=_LARGEST_FILE)
    os.execv(sys.argv[2], sys.argv[2:])
