"""Opens the database: one engine per address. Without the models, which take long to load."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection

from db import sqlite


def open_engine(url: str) -> Engine:
    """Return an engine; on SQLite with WAL, foreign keys, and BEGIN IMMEDIATE for writing sessions."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args=sqlite.CONNECT_ARGUMENTS)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    sqlite.configure(connection)


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql(sqlite.READING if reading else sqlite.WRITING)
