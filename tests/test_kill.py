"""A pass that is killed at any moment and run again ends where an undisturbed pass ends."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.deployment import Agency, Deployment
from tests.season_site import SeasonSite

pytestmark = pytest.mark.service

AT = "2026-02-05T09:00"
AGENCIES = tuple(Agency(f"agency-{n}", f"甲县第{n}局") for n in range(1, 6))
MOMENTS = (1.0, 1.5, 2.0)


@pytest.fixture
def site() -> Iterator[SeasonSite]:
    with SeasonSite() as made:
        for n, day in ((1, date(2026, 1, 20)), (2, date(2026, 2, 3)), (3, date(2026, 1, 31))):
            made.publish(f"甲县第{n}局", 2024, date(2025, 1, 10))
            made.publish(f"甲县第{n}局", 2025, day, as_docx=n == 3)
        yield made


def _story(house: Deployment) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    events = house.events()
    for event in events:
        del event["id"]
        event["data"].pop("report_id", None)
    return sorted(house.obligations().values(), key=lambda row: row["agency"]), events


def test_a_killed_pass_run_again_ends_as_an_undisturbed_one(
    site: SeasonSite, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("undisturbed", "killed")]
    for folder in folders:
        folder.mkdir()
    calm, killed = (
        Deployment(folder, {"site": site.column_url}, AGENCIES, delay_seconds=0.1)
        for folder in folders
    )
    calm.once(AT)
    for moment in MOMENTS:
        _kill_after(killed, moment)
    again = killed.command("once", "--at", AT)
    assert again.returncode == 0, again.stderr
    assert _story(killed) == _story(calm)


def _kill_after(house: Deployment, seconds: float) -> None:
    line = [*house.command_line("once", "--at", AT), "--config", str(house.config)]
    with subprocess.Popen(line, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as child:
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
