"""The migrations build the very schema that the rows describe, and keep what is there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from db.archive import Archive, ArchiveDamaged
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


def test_the_archive_keeps_bytes_once_and_notices_damage(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    name = archive.put("原文".encode())
    assert archive.put("原文".encode()) == name
    assert archive.get(name) == "原文".encode()
    (tmp_path / name[:2] / name).write_bytes(b"changed")
    with pytest.raises(ArchiveDamaged):
        archive.get(name)


def test_the_archive_leaves_no_half_written_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(b"one")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
