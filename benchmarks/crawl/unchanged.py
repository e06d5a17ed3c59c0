"""Unchanged columns are the daily work: ours against the stock spider and urlwatch, in turn."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks.crawl.anchors import stock, stock_job, urlwatch, urlwatch_jobs
from benchmarks.crawl.farm import farm
from benchmarks.crawl.ours import Cost, Watch
from benchmarks.crawl.verdicts import show

ROUNDS = 3


def unchanged(root: Path, columns: int, columns_per_host: int, *, with_urlwatch: bool) -> bool:
    """Measure passes over columns of which none has changed; return whether the goals hold."""
    (root / "ours").mkdir()
    with farm(root, columns // columns_per_host, columns_per_host) as grown:
        watch = Watch(grown, root / "ours")
        _, first = watch.crawl()
        print(f"     first pass, everything new: {1000 * first.cpu / columns:.1f} ms CPU a column")
        job = stock_job(grown, root / "ours" / "bench.db", root / "stock", columns)
        jobs = urlwatch_jobs(grown, root / "urlwatch", columns) if with_urlwatch else None
        if jobs:
            urlwatch(jobs)
        ours, anchor, peer = [], [], []
        for _ in range(ROUNDS):
            summary, cost = watch.crawl()
            assert summary.not_modified == columns, summary
            ours.append(cost)
            anchor.append(stock(job))
            if jobs:
                peer.append(urlwatch(jobs))
    return _tell(columns, columns_per_host, ours, anchor, peer)


def _tell(
    columns: int, columns_per_host: int, ours: list[Cost], anchor: list[Cost], peer: list[Cost]
) -> bool:
    name = f"{columns} unchanged columns, {columns // columns_per_host} hosts"
    cpu, wall = median(c.cpu for c in ours), median(c.wall for c in ours)
    print(f"     {name}: ours {cpu:.2f} s CPU, {wall:.2f} s, {1e6 * cpu / columns:.0f} µs a column")
    goals = [show(f"{name}: stock Scrapy CPU / ours", median(c.cpu for c in anchor) / cpu, 10)]
    if peer:
        goal = 20 if columns >= 10_000 else 5
        ratio = median(c.wall for c in peer) / wall
        goals.append(show(f"{name}: urlwatch wall / ours", ratio, goal))
    return all(goals)
