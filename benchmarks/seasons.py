"""Plays random seasons on virtual sites, and holds the ledger and the event log against the truth.

Each run is a deployment of its own: sites of every content system, a scripted life for each agency, a
logical clock, real requests on loopback. What a script makes provable must be said at once and told once;
what it does not must not be said. A disagreement prints the line from which it is played again:

    python -m benchmarks.seasons --seed 7 --runs 1 --site 12
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.farm.draw import Size, draw_season
from tests.farm.season import Played, play
from tests.farm.truth import Fault

_OFFICES = 17
_SHOWN = 40
_FAULTS = {
    "missing": Fault.MISSING,
    "late": Fault.LATE,
    "withdrawn": Fault.WITHDRAWN,
    "events": Fault.EVENT,
    "standings": Fault.STANDING,
    "sites": Fault.SITE,
}
_HEAD = ("seed", "sites", "agency-years", "passes", "publications", "at once", *_FAULTS)


def main() -> int:
    """Play the runs, print a line for each, and say whether truth and ledger agree in all of them."""
    asked = _arguments()
    logging.disable(logging.CRITICAL)
    gc.freeze()
    gc.set_threshold(20_000, 20)
    sites = -(-asked.agency_years // asked.offices)
    size = Size(sites, asked.offices, asked.site, few_passes=not asked.every_pass)
    print("  ".join((*_HEAD, "told", "requests", "seconds")), flush=True)
    agreed = True
    for seed in range(asked.seed, asked.seed + asked.runs):
        with TemporaryDirectory() as folder:
            played = play(draw_season(seed, size), Path(folder))
        agreed = agreed and not played.disagreements
        _show(played)
    print("truth and ledger agree" if agreed else "truth and ledger DISAGREE")
    return 0 if agreed else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--agency-years", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first run")
    parser.add_argument("--offices", type=int, default=_OFFICES, help="agencies of each site")
    parser.add_argument("--site", type=int, help="play this one site of the season alone")
    parser.add_argument("--every-pass", action="store_true", help="31 looks in place of 17")
    return parser.parse_args()


def _show(played: Played) -> None:
    print("  ".join(f"{value:>{len(name)}}" for name, value in _columns(played)), flush=True)
    for found in played.disagreements[:_SHOWN]:
        print(f"    {found}", flush=True)
    more = len(played.disagreements) - _SHOWN
    if more > 0:
        print(f"    and {more} more", flush=True)


def _columns(played: Played) -> Iterator[tuple[str, str]]:
    script = played.script
    figures = (
        script.seed,
        len(script.sites),
        script.agency_years,
        len(script.passes),
        played.publications,
        played.found_at_once,
        *(played.count(fault) for fault in _FAULTS.values()),
    )
    yield from zip(_HEAD, map(str, figures), strict=True)
    yield "told", str(played.events)
    yield "requests", str(played.requests)
    yield "seconds", f"{played.seconds:.0f}"


if __name__ == "__main__":
    sys.exit(main())
