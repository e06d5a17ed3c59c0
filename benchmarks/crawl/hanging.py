"""Hosts that hang cost one probe each, and none of the others waits for them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from benchmarks.crawl.farm import Farm, free_port, list_page, wait_for
from benchmarks.crawl.ours import primed
from benchmarks.crawl.verdicts import show
from db.session import open_engine

LATENCY = 0.3
EVERY = 50
"""One host in fifty hangs: 2 %."""


def hanging(root: Path, hosts: int, columns_per_host: int) -> bool:
    """Measure healthy hosts without and with hanging ones beside them; return whether the goals hold."""
    undisturbed = _healthy_seconds(root / "still", hosts, columns_per_host, hanging_every=0)
    disturbed = _healthy_seconds(root / "hung", hosts, columns_per_host, hanging_every=EVERY)
    name = f"{hosts} hosts × {columns_per_host}, {1000 * LATENCY:.0f} ms, 2 % hang"
    probes = _probes(root / "hung")
    print(f"     {name}: healthy done after {disturbed:.1f} s, undisturbed {undisturbed:.1f} s")
    return all(
        [
            show(f"{name}: time of the healthy", disturbed / undisturbed, 1.3, at_most=True),
            show(f"{name}: requests for each hung host", probes, 1, at_most=True),
        ]
    )


def _healthy_seconds(root: Path, hosts: int, columns_per_host: int, *, hanging_every: int) -> float:
    (root / "ours").mkdir(parents=True)
    with _far(root, hosts, columns_per_host, hanging_every) as grown:
        watch = primed(grown, root / "ours", delay_seconds=0.2, sweep_connections=hosts)
        watch.crawl()
        engine = open_engine(watch.url)
        with engine.connect() as connection:
            rows = connection.execute(_TIMES).all()
        engine.dispose()
    return max(float(seconds) for _, seconds in rows)


def _probes(root: Path) -> int:
    """Return how often the hanging host that was asked most was asked."""
    asked = Counter((root / "hung.txt").read_text().split())
    return max(asked.values())


# A host's columns follow one another: the sum of their seconds is when its last one was done.
_TIMES = text(
    "SELECT substr(column_key, 1, instr(column_key, '/')), sum(seconds) FROM visit "
    "WHERE outcome IN ('ok', 'not_modified') GROUP BY 1"
)


@contextmanager
def _far(root: Path, hosts: int, columns_per_host: int, hanging_every: int) -> Iterator[Farm]:
    grown = Farm(root, free_port(), hosts, columns_per_host)
    page = root / "page.html"
    page.write_text(list_page(0))
    command = [sys.executable, "-m", "benchmarks.crawl.slow_server", str(grown.port)]
    places = (str(page), str(root / "hung.txt"))
    server = subprocess.Popen([*command, str(LATENCY), str(hanging_every), *places])
    try:
        wait_for(grown.port)
        yield grown
    finally:
        server.terminate()
        server.wait()
