"""The anchors' side: the stock spider and urlwatch over the same addresses, each as a process."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.crawl.farm import Farm
from benchmarks.crawl.ours import Cost, measured


def stock_job(farm: Farm, database: Path, folder: Path, columns: int) -> Path:
    """Write the stock spider's job over the first columns, on a copy of our database."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / "stock.db"
    shutil.copy(database, copy)
    urls = {
        f"s{number // farm.columns_per_host}/c{number}": farm.url(number)
        for number in range(columns)
    }
    job = folder / "stock.json"
    job.write_text(json.dumps({"urls": urls, "database": str(copy)}))
    return job


def stock(job: Path) -> Cost:
    """Run the stock spider once."""
    with measured() as cost:
        subprocess.run([sys.executable, "-m", "benchmarks.crawl.stock", str(job)], check=True)
    return cost


def urlwatch_jobs(farm: Farm, folder: Path, columns: int) -> Path:
    """Write urlwatch's list of jobs: the list's links as text, as its manual shows it."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs = "---\n".join(
        f"name: c{number}\nurl: {farm.url(number)}\nfilter:\n  - css: ul\n  - html2text: re\n"
        for number in range(columns)
    )
    (folder / "urls.yaml").write_text(jobs)
    (folder / "urlwatch.yaml").write_text("report:\n  text:\n    details: false\n")
    return folder


def urlwatch(folder: Path) -> Cost:
    """Run urlwatch once over its jobs."""
    command = [
        str(Path(sys.executable).parent / "urlwatch"),
        f"--urls={folder / 'urls.yaml'}",
        f"--config={folder / 'urlwatch.yaml'}",
        f"--cache={folder / 'cache.db'}",
        f"--hooks={folder / 'hooks.py'}",
    ]
    with measured() as cost:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return cost
