"""How SQLite is set up: the same for every connection, whoever opens it."""

from __future__ import annotations

import sqlite3

BUSY_SECONDS = 30
CACHE_KB = 4_096

CONNECT_ARGUMENTS = {"timeout": BUSY_SECONDS, "check_same_thread": False}
WRITING, READING = "BEGIN IMMEDIATE", "BEGIN"

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    # The upper levels of the indexes of a large register fit in; 2 MB, the usual size, hold none of them.
    f"cache_size=-{CACHE_KB}",
)


def configure(connection: sqlite3.Connection) -> None:
    """Set a new connection up: WAL, foreign keys, and transactions that begin where we say so."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
