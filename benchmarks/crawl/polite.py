"""Politeness is the only bound: many hosts at one request a second, and never sooner."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from benchmarks.crawl.farm import Farm, farm
from benchmarks.crawl.ours import primed
from benchmarks.crawl.verdicts import show

DELAY = 1.0


def polite(root: Path, hosts: int, columns_per_host: int, passes: int) -> bool:
    """Measure paced passes; return whether the goals hold."""
    (root / "ours").mkdir()
    with farm(root, hosts, columns_per_host, same=True) as grown:
        watch = primed(grown, root / "ours", delay_seconds=DELAY, sweep_connections=hosts)
        _, first = watch.crawl()
        print(f"     pass 1, validators learnt: {first.wall:.1f} s, {first.cpu:.1f} s CPU")
        grown.forget_requests()
        goals: list[bool] = []
        peaks = [first.peak_mb]
        for number in range(2, passes + 1):
            summary, cost = watch.crawl()
            peaks.append(cost.peak_mb)
            goals += _tell(grown, number, summary.not_modified, cost.wall, cost.cpu)
        name = f"peak memory of the crawl child over {passes} passes, MB"
        goals.append(show(name, max(peaks), 200, at_most=True))
    return all(goals)


def _tell(grown: Farm, number: int, unchanged: int, wall: float, cpu: float) -> list[bool]:
    gap, rules = _smallest_gap(grown)
    # Of each host one page less than it has columns is waited for, and its rules where they were asked.
    ideal = DELAY * (grown.columns_per_host - 1 + rules)
    name = f"{grown.hosts} hosts × {grown.columns_per_host} columns, pass {number}"
    print(f"     {name}: {unchanged} unchanged in {wall:.1f} s, {cpu:.1f} s CPU")
    return [
        show(f"{name}: time / ideal {ideal:.0f} s", wall / ideal, 1.1, at_most=True),
        show(f"{name}: smallest distance at the host, seconds", gap, DELAY),
    ]


def _smallest_gap(grown: Farm) -> tuple[float, int]:
    """Return the smallest distance between two requests to a host, and its requests beside its columns."""
    times: dict[str, list[float]] = {}
    for host, at in grown.requests():
        times.setdefault(host, []).append(at)
    grown.forget_requests()
    gaps = (after - before for some in times.values() for before, after in pairwise(sorted(some)))
    most = max(len(some) for some in times.values())
    return min(gaps), most - grown.columns_per_host
