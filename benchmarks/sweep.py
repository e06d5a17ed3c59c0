"""``python -m benchmarks.sweep``: what a sweep costs over a nation of agencies of which nothing changed."""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, update

from db.session import open_engine, writing
from db.tables import Agency, Link, ReportVersion, Site, SiteColumn, Snapshot, Visit
from db.upgrade import upgrade
from monitor.seasons import Season
from monitor.sweep import sweep
from reports.deadlines import Deadlines
from reports.profile import DEFAULT
from reports.reading.read import READER_VERSION
from reports.rules.standing import rules_version

_FIRST = datetime(2026, 1, 20, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_PER_COLUMN = 10
_FOUND_OF_TEN = 7
_SEASON = Season(2025, Deadlines())


def main() -> None:
    """Print the seconds of each sweep: the first, idle ones, one after a pass that found nothing new."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--agencies", type=int, default=10_000)
    count = parser.parse_args().agencies
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'nianshao.db'}")
        upgrade(engine)
        _fill(engine, count)
        for name, at in (
            ("first", _FIRST),
            ("idle", _FIRST + timedelta(minutes=1)),
            ("pass that found nothing new", _FIRST + _DAY),
            ("idle", _FIRST + _DAY + timedelta(minutes=1)),
        ):
            if at == _FIRST + _DAY:
                _visit(engine, count, at)
            began = time.process_time()
            sweep(engine, _SEASON, at)
            print(f"{count} agencies, {name}: {time.process_time() - began:.2f} s CPU")


def _fill(engine: Engine, count: int) -> None:
    columns = range(count // _PER_COLUMN)
    agencies = range(count)
    rows: tuple[tuple[Any, list[dict[str, Any]]], ...] = (
        (Site, [_site(n) for n in columns]),
        (SiteColumn, [_column(n) for n in columns]),
        (Agency, [_agency(n) for n in agencies]),
        (Link, [_link(n) for n in agencies if _is_found(n)]),
        (Snapshot, [_snapshot(n) for n in agencies if _is_found(n)]),
        (ReportVersion, [_version(n) for n in agencies if _is_found(n)]),
    )
    with writing(engine) as session:
        for table, values in rows:
            session.execute(insert(table), values)
        session.execute(update(Link).values(snapshot_id=Link.id, read_snapshot_id=Link.id))
    _visit(engine, count, _FIRST)


def _is_found(number: int) -> bool:
    return number % 10 < _FOUND_OF_TEN


def _visit(engine: Engine, count: int, at: datetime) -> None:
    visits = [
        {"column_key": f"s{n}/c", "at": at, "outcome": "ok"} for n in range(count // _PER_COLUMN)
    ]
    with writing(engine) as session:
        session.execute(insert(Visit), visits)
        session.execute(update(SiteColumn).values(last_visit_at=at, last_good_at=at))
        session.execute(update(Link).values(last_listed_at=at, outcome_at=at))


def _site(number: int) -> dict[str, Any]:
    return {"key": f"s{number}", "name": f"甲{number}县", "base_url": f"http://s{number}.test/"}


def _column(number: int) -> dict[str, Any]:
    url = f"http://s{number}.test/nb/"
    return {"key": f"s{number}/c", "site_key": f"s{number}", "url": url, "state": "found"}


def _agency(number: int) -> dict[str, Any]:
    name, columns = f"甲{number}县财政局", [f"s{number // _PER_COLUMN}/c"]
    return {
        "key": f"a{number}",
        "name": name,
        "kind": "department",
        "columns": columns,
        "aliases": [],
    }


def _link(number: int) -> dict[str, Any]:
    site = number // _PER_COLUMN
    return {
        "id": number + 1,
        "column_key": f"s{site}/c",
        "url": f"http://s{site}.test/{number}.html",
        "title": f"甲{number}县财政局2025年政府信息公开工作年度报告",
        "year": 2025,
        "agency_key": f"a{number}",
        "first_listed_at": _FIRST,
        "last_listed_at": _FIRST,
        "outcome": "ok",
        "outcome_at": _FIRST,
    }


def _snapshot(number: int) -> dict[str, Any]:
    return {
        "id": number + 1,
        "url": f"http://s{number // _PER_COLUMN}.test/{number}.html",
        "sha256": f"{number:064}",
        "size": 1,
        "http_status": 200,
        "headers": {},
        "fetched_at": _FIRST,
    }


def _version(number: int) -> dict[str, Any]:
    return {
        "id": number + 1,
        "agency_key": f"a{number}",
        "year": 2025,
        "number": 1,
        "link_id": number + 1,
        "snapshot_id": number + 1,
        "content_key": f"{number}",
        "verdict": "consistent",
        "shown_on": date(2026, 1, 15),
        "first_seen_at": _FIRST,
        "reader_version": READER_VERSION,
        "rules_version": rules_version(DEFAULT),
        "report": {},
        "grids": [],
        "page": {},
        "changes": [],
    }


if __name__ == "__main__":
    main()
