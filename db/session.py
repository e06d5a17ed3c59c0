"""Sessions on the database: write transactions that never lose an update, consistent views."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import open_engine as open_engine
from db.link_changes import CountingSession


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Open one write transaction: committed at the end, rolled back on any exception."""
    with CountingSession(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a consistent read-only view."""
    with (
        engine.connect().execution_options(reading=True) as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        yield session
