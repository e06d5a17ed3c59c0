"""The migrations build the very schema that the rows describe, and keep what is there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from db.session import open_engine, reading, writing
from db.tables import Site
from db.upgrade import upgrade


def test_the_migrations_lead_to_the_schema_of_the_rows(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/x.db")
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_upgrading_again_keeps_every_row(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/x.db")
    upgrade(engine)
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    with writing(engine) as session:
        session.add(Site(key="a", name="甲", base_url="http://a/", since=noon))
    upgrade(engine)
    with reading(engine) as session:
        site = session.get(Site, "a")
        assert site is not None
        assert site.since == noon
