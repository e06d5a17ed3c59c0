"""Runs the measurements: ``python -m benchmarks.crawl [unchanged|polite|hanging|changed] [--small]``."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.crawl.changed import changed
from benchmarks.crawl.hanging import hanging
from benchmarks.crawl.polite import polite
from benchmarks.crawl.unchanged import unchanged

_MEMORY_DISK = Path("/dev/shm")


def main() -> int:
    """Run what was asked for; exit 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *_PARTS], help="default: all of them")
    parser.add_argument(
        "--small", action="store_true", help="a tenth of the size: minutes, no goal"
    )
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    scale = 10 if chosen.small else 1
    held = [_run(part, scale) for part in chosen.parts or list(_PARTS)]
    return 0 if all(held) else 1


def _unchanged(root: Path, scale: int) -> bool:
    (root / "small").mkdir()
    (root / "large").mkdir()
    small = unchanged(root / "small", 1_000 // scale, 10, with_urlwatch=True)
    large = unchanged(root / "large", 10_000 // scale, 100, with_urlwatch=True)
    return small and large


def _polite(root: Path, scale: int) -> bool:
    return polite(root, 10_000 // scale, 20, passes=3 if scale > 1 else 20)


def _hanging(root: Path, scale: int) -> bool:
    return hanging(root, 2_000 // scale, 20)


def _changed(root: Path, scale: int) -> bool:
    return changed(root, 4_000 // scale, 20)


_PARTS: dict[str, Callable[[Path, int], bool]] = {
    "unchanged": _unchanged,
    "polite": _polite,
    "hanging": _hanging,
    "changed": _changed,
}


def _run(part: str, scale: int) -> bool:
    disk = _MEMORY_DISK if _MEMORY_DISK.is_dir() else None
    with tempfile.TemporaryDirectory(dir=disk, prefix="nianshao-bench-") as folder:
        print(f"== {part}", flush=True)
        return _PARTS[part](Path(folder), scale)


if __name__ == "__main__":
    sys.exit(main())
