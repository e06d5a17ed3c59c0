"""Kept answers on their way into the index: written to a file, not yet a row of ``Capture``."""

from __future__ import annotations

import threading
from typing import Any, TypeAlias

RESPONSE, REVISIT, CONVERSION = "response", "revisit", "conversion"
WHOLE = (RESPONSE, CONVERSION)
"""Kinds whose records hold the bytes themselves."""

Row: TypeAlias = dict[str, Any]
"""The values of one row of ``Capture``, without its id."""


class Unindexed:
    """Rows in the order written, found by what was asked for and by their bytes; for several threads."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._of_key: dict[str, Row] = {}
        self._of_bytes: dict[str, Row] = {}
        self._lock = threading.Lock()

    def add(self, row: Row) -> None:
        """Add a row."""
        with self._lock:
            self._rows.append(row)
            self._of_key[row["key"]] = row
            if row["kind"] in WHOLE:
                self._of_bytes[row["sha256"]] = row

    def all(self) -> list[Row]:
        """Return the rows, oldest first."""
        with self._lock:
            return list(self._rows)

    def drop(self, count: int) -> None:
        """Forget the oldest rows: they are in the index now."""
        with self._lock:
            for row in self._rows[:count]:
                if self._of_key.get(row["key"]) is row:
                    del self._of_key[row["key"]]
                if self._of_bytes.get(row["sha256"]) is row:
                    del self._of_bytes[row["sha256"]]
            del self._rows[:count]

    def last_of(self, key: str) -> Row | None:
        """Return the newest row of what was asked for."""
        return self._of_key.get(key)

    def holding(self, sha256: str) -> Row | None:
        """Return the newest row whose record holds these bytes."""
        return self._of_bytes.get(sha256)
