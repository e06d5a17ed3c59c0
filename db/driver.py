"""The database through its driver alone, for what handles hundreds of rows at a time.

SQLite is spoken to without SQLAlchemy: loading that takes longer than a sweep of a thousand columns.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

from db import sqlite

_FILE = "sqlite:///"
_CARRIED_OVER_PAGES = 10_000


class DatabaseBroken(Exception):
    """The database could not be read or written; the words are the driver's own."""


class Cursor(Protocol):
    """Executes statements within one transaction."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Any:
        """Execute one statement."""


Lend: TypeAlias = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Driver:
    """Statements in the driver's own words.

    ``lend`` gives a connection for the calling thread, ``mark`` is what stands for a value, ``begin``
    opens a transaction where the driver does not by itself, ``written`` gives an aware instant the shape
    in which the models keep it, ``error`` is what the driver raises. ``close`` lets go of all connections.
    """

    lend: Lend
    mark: str
    begin: str | None
    written: Callable[[datetime], object]
    error: type[Exception]
    close: Callable[[], None]

    def select(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """Return all rows of a query. Raises DatabaseBroken."""
        with self._telling(), self.lend() as connection:
            cursor = connection.cursor()
            cursor.execute(statement, values)
            return cursor.fetchall()  # type: ignore[no-any-return]

    @contextmanager
    def writing(self) -> Iterator[Cursor]:
        """Open one write transaction: committed at the end, rolled back on any exception.

        Raises DatabaseBroken for what the driver raises.
        """
        with self._telling(), self.lend() as connection:
            cursor = connection.cursor()
            if self.begin is not None:
                cursor.execute(self.begin)
            try:
                yield cursor
                connection.commit()
            except BaseException:
                # Where the connection is lost, so is the transaction: what lost it is to be told.
                with suppress(self.error):
                    connection.rollback()
                raise

    def marks(self, count: int) -> str:
        """Return what stands for so many values."""
        return ", ".join([self.mark] * count)

    def in_shape(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """Return the values as the driver takes them."""
        return tuple(self.written(one) if isinstance(one, datetime) else one for one in values)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except self.error as error:
            raise DatabaseBroken(str(error)) from error


def open_driver(url: str) -> Driver:
    """Return the way to the database of an address. Raises DatabaseBroken where it cannot be opened."""
    if url.startswith(_FILE) and url != _FILE and "?" not in url:
        place = _SqliteFile(url.removeprefix(_FILE))
        return Driver(place.lend, "?", sqlite.WRITING, _as_text, sqlite3.Error, place.close)
    return _through_engine(url)


class _SqliteFile:
    """Keeps one connection for each thread."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._own = threading.local()
        self._open: list[sqlite3.Connection] = []

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        known: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if known is None:
            known = sqlite3.connect(
                self._path, timeout=sqlite.BUSY_SECONDS, check_same_thread=False
            )
            sqlite.configure(known)
            # Large heaps change the same pages again and again: they are carried over together.
            known.execute(f"PRAGMA wal_autocheckpoint={_CARRIED_OVER_PAGES}")
            self._own.connection = known
            self._open.append(known)
        yield known

    def close(self) -> None:
        """Close the connections of all threads; none of them may be at work."""
        self._own = threading.local()
        while self._open:
            self._open.pop().close()


def _through_engine(url: str) -> Driver:
    from db.engine import open_engine

    engine = open_engine(url)
    is_sqlite = engine.dialect.name == "sqlite"
    return Driver(
        lambda: closing(engine.raw_connection()),
        "?" if engine.dialect.paramstyle == "qmark" else "%s",
        sqlite.WRITING if is_sqlite else None,
        _as_text if is_sqlite else _as_it_is,
        engine.dialect.loaded_dbapi.Error,
        engine.dispose,
    )


# Rows of one pass share their instants.
@lru_cache(maxsize=256)
def _as_text(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _as_it_is(at: datetime) -> datetime:
    return at.astimezone(UTC)
