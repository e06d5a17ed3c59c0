"""The migrations build the very schema that the rows describe, and keep what is there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel, select

from db.session import open_engine, reading, writing
from db.tables import Agency, Site
from db.upgrade import MIGRATIONS, upgrade


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


def test_who_was_not_expected_is_exempt_after_the_upgrade(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/x.db")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    row = text(
        "INSERT INTO agency (key, name, kind, region, aliases, columns, expected, active) "
        "VALUES (:key, '甲县局', 'department', '', '[]', '[]', :expected, 1)"
    )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        for key, expected in (("owes", 1), ("waived", 0)):
            connection.execute(row, {"key": key, "expected": expected})
    upgrade(engine)
    with reading(engine) as session:
        found = {agency.key: agency for agency in session.exec(select(Agency))}
    assert {key: agency.duty for key, agency in found.items()} == {
        "owes": "required",
        "waived": "exempt",
    }
    assert found["owes"].heir_of == []
