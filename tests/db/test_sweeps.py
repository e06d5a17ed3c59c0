"""What the sweep books by hand-written statements is what the models read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlmodel import SQLModel, select

from db.session import open_engine, reading, writing
from db.sweeps import SweepRows, book
from db.tables import Site, SiteColumn


def test_an_instant_of_another_zone_is_booked_as_the_same_instant(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/sweeps.db")
    SQLModel.metadata.create_all(engine)
    with writing(engine) as session:
        session.add(Site(key="s", name="甲县", base_url="http://127.0.0.1:1/"))
        session.flush()
        session.add(SiteColumn(key="s/c", site_key="s", url="/"))
    at = datetime(2026, 2, 1, 15, 56, tzinfo=timezone(timedelta(hours=8)))
    book(engine, SweepRows(columns=[{"key": "s/c", "visit_at": at, "good_at": at}]))
    with reading(engine) as session:
        assert session.exec(select(SiteColumn.last_good_at)).one() == at
