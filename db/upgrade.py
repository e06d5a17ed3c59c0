"""Brings a database to the newest schema, step by step; safe to call at every start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Apply every missing migration in one transaction.

    Foreign keys are off meanwhile: SQLite rebuilds a table by dropping it, and a cascade would take
    the rows of its children along.
    """
    # A fifth of a second to load: only who opens a deployment waits for it.
    from alembic import command

    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.upgrade(_configured(connection), "head")
        if sqlite:
            connection.connection.execute("PRAGMA foreign_keys=ON")


def _configured(connection: object) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
