"""A pass that is stopped says nothing about the columns that it did not reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.session import reading
from monitor.locks import pass_lock
from monitor.passes import Stop, run_pass
from monitor.planning import all_columns, due_columns
from tests.deployment import Agency, Deployment, china
from tests.season_site import SeasonSite

pytestmark = pytest.mark.service


def test_the_columns_of_a_stopped_pass_are_due_again_at_once(tmp_path: Path) -> None:
    now = china("2026-02-05T09:00")
    with SeasonSite() as site:
        site.publish("甲县财政局", 2025, date(2026, 1, 20))
        house = Deployment(tmp_path, {"site": site.column_url}, (Agency("one", "甲县财政局"),))
        settings = house.house.settings
        with pass_lock(settings.data_dir, lambda: None) as lock:
            stop = Stop(lambda: True)
            stopped = run_pass(house.house, all_columns(settings), now, lock, stop)
        assert stopped.events == 0
        with reading(house.house.engine) as session:
            assert due_columns(session, settings, now) == ("site/reports",)
        assert house.events() == []
