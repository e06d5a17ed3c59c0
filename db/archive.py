"""The evidence archive: every distinct answer in WARC files that only ever grow, with its index as rows."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, bindparam, insert, literal, select, union_all
from sqlmodel import Session, col

from db.evidence import Capture
from db.session import writing
from db.unindexed import CONVERSION, RESPONSE, REVISIT, WHOLE, Row, Unindexed
from db.warc import (
    Earlier,
    Exchange,
    RecordDamaged,
    Written,
    answered,
    asked,
    converted,
    read_record,
    revisited,
)
from db.warc_files import WarcFiles
from reports.visits import GOOD, Outcome

MOST_OF_A_BAD_END = 256 * 1024
BAD_END_EVERY = timedelta(hours=6)
"""A refusal may be another page each time: of one address and outcome, one in six hours is kept."""


class ArchiveDamaged(Exception):
    """A stored body no longer has the hash that names it: restore the archive from its backup."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A kept answer, in the index or on its way there."""

    url: str
    at: datetime
    outcome: str
    sha256: str
    file: str | None
    offset: int
    length: int


_FIELDS = tuple(_Held.__slots__)
_COLUMNS = tuple(getattr(Capture, name) for name in _FIELDS)
_NEWEST_FIRST = col(Capture.id).desc()
_HOLDS = (
    col(Capture.sha256) == bindparam("sha256"),
    col(Capture.kind).in_(WHOLE),
    col(Capture.file).is_not(None),
)
_HOLDERS = select(*_COLUMNS).where(*_HOLDS).order_by(_NEWEST_FIRST)
_LAST = select(literal("last").label("role"), *_COLUMNS).where(col(Capture.key) == bindparam("key"))
_HOLDER = select(literal("holder").label("role"), *_COLUMNS).where(*_HOLDS)
# One question for both: it is asked for every answer that is kept.
_LAST_AND_HOLDER = union_all(
    *(select(query.order_by(_NEWEST_FIRST).limit(1).subquery()) for query in (_LAST, _HOLDER))
)


class Archive:
    """The WARC files below ``root``, and the rows that say where in them each answer lies.

    A record is written first and indexed afterwards, by ``recording``; it is on the disk before a row
    speaks of it. Bodies of releases before 0.4 lie below ``root`` as files named by their hash, and are
    still read. Safe to use from several threads; several processes write to different files.
    """

    def __init__(self, root: Path, engine: Engine) -> None:
        self.root = root
        self._engine = engine
        self._files = WarcFiles(root, engine)
        self._unindexed = Unindexed()
        self._unreadable: set[str] = set()
        self._lock, self._indexing = threading.Lock(), threading.Lock()

    def keep(self, exchange: Exchange, outcome: Outcome, at: datetime) -> str:
        """Write the answer unless it is what was kept of its key last; return the SHA-256 of its bytes.

        A good answer is kept whole. Of a bad end the first 256 KB are kept, which the hash is then of,
        and of one that is ever another page only one in six hours.
        """
        body = exchange.body if outcome in GOOD else exchange.body[:MOST_OF_A_BAD_END]
        sha256 = hashlib.sha256(body).hexdigest()
        with self._lock:
            last, holder = self._known(exchange.key, sha256)
            if last is None or not self._suffices(last, sha256, outcome, at):
                holder = holder if holder is not None and self._is_there(holder) else None
                self._write(exchange, outcome, at, body, sha256, holder)
        return sha256

    def keep_written(self, page: Written, at: datetime) -> str:
        """Write a page that scripts wrote unless some record holds its bytes; return their SHA-256.

        It has no headers that another record would have to tell.
        """
        sha256 = hashlib.sha256(page.body).hexdigest()
        with self._lock:
            _, holder = self._known(page.key, sha256)
            if holder is None or not self._is_there(holder):
                row = _row(page, CONVERSION, at, sha256)
                self._append(row, converted(page, at, sha256), b"")
        return sha256

    def flush(self) -> list[Row]:
        """Bring all records to the disk; return the rows of ``Capture`` that are to be inserted for them."""
        with self._lock:
            self._files.sync()
            return self._unindexed.all()

    def settle(self, rows: list[Row]) -> None:
        """Take note that these rows, the oldest of those to be inserted, are committed."""
        self._unindexed.drop(len(rows))

    @contextmanager
    def recording(self) -> Iterator[Session]:
        """Open a write transaction that also indexes every record written so far."""
        # Held until the rows are settled: another thread would insert them a second time.
        with self._indexing:
            rows = self.flush()
            with writing(self._engine) as session:
                if rows:
                    session.connection().execute(insert(Capture), rows)
                yield session
            self.settle(rows)

    def get(self, sha256: str) -> bytes:
        """Return the bytes; raises FileNotFoundError, or ArchiveDamaged when they have changed."""
        damaged = False
        for held in self._holders(sha256):
            try:
                body = read_record(self._files.read(held.file or "", held.offset, held.length)).body
            except FileNotFoundError:
                continue
            except RecordDamaged:
                damaged = True
                continue
            if hashlib.sha256(body).hexdigest() == sha256:
                return body
            damaged = True
        return self._of_an_earlier_release(sha256, damaged)

    def packed(self, capture: Capture) -> bytes:
        """Return the compressed records of an answer and its request; raises FileNotFoundError."""
        if capture.file is None:
            raise FileNotFoundError(capture.sha256)
        length = capture.length + capture.request_length
        return self._files.read(capture.file, capture.offset, length)

    def copy(self, capture: Capture, at: datetime) -> tuple[str, int]:
        """Write the records of an answer once more, into a file that grows; return where they are."""
        with self._lock:
            return self._files.append(self.packed(capture), at)

    @contextmanager
    def holding(self, file: str) -> Iterator[None]:
        """Hold a file against every writer; raises BlockingIOError when somebody writes to it."""
        self.let_go()
        with self._files.holding(file):
            yield

    def let_go(self) -> None:
        """Close the file that is written to."""
        with self._lock:
            self._files.close()

    def earlier_file(self, sha256: str) -> Path:
        """Return where a release before 0.4 put a body."""
        return self.root / sha256[:2] / sha256

    def _suffices(self, last: _Held, sha256: str, outcome: Outcome, at: datetime) -> bool:
        """Say whether what was kept last makes another record needless."""
        is_good = outcome in GOOD
        if last.sha256 == sha256 and (last.outcome in GOOD) == is_good:
            return self._is_there(last)
        return not is_good and last.outcome == outcome and at - last.at < BAD_END_EVERY

    def _is_there(self, held: _Held) -> bool:
        if held.file is None or held.sha256 in self._unreadable:
            return False
        return self._files.has(held.file)

    def _write(
        self,
        exchange: Exchange,
        outcome: Outcome,
        at: datetime,
        body: bytes,
        sha256: str,
        holder: _Held | None,
    ) -> None:
        if holder is not None:
            kind, answer = REVISIT, revisited(exchange, at, sha256, Earlier(holder.url, holder.at))
        else:
            kind, answer = RESPONSE, answered(exchange, at, body, sha256)
        row = _row(exchange, kind, at, sha256) | {"outcome": outcome.value, "kept": len(body)}
        self._append(row, answer, asked(exchange, at))

    def _append(self, row: Row, record: bytes, request: bytes) -> None:
        """Write a record and that of its request, and note the row that will speak of them."""
        file, offset = self._files.append(record + request, row["at"])
        self._unreadable.discard(row["sha256"])
        place = {"file": file, "offset": offset, "length": len(record)}
        self._unindexed.add({**row, **place, "request_length": len(request)})

    def _known(self, key: str, sha256: str) -> tuple[_Held | None, _Held | None]:
        """Return what was kept of a key last, and the newest record that holds these bytes."""
        waiting = self._unindexed.last_of(key), self._unindexed.holding(sha256)
        last, holder = (None if row is None else _held(row) for row in waiting)
        if last is None or (holder is None and last.sha256 != sha256):
            with self._engine.connect().execution_options(reading=True) as connection:
                rows = connection.execute(_LAST_AND_HOLDER, {"key": key, "sha256": sha256}).all()
            found = {role: _Held(*fields) for role, *fields in rows}
            last, holder = last or found.get("last"), holder or found.get("holder")
        return last, holder

    def _holders(self, sha256: str) -> list[_Held]:
        waiting = self._unindexed.holding(sha256)
        with self._engine.connect().execution_options(reading=True) as connection:
            found = connection.execute(_HOLDERS, {"sha256": sha256}).all()
        return [*([] if waiting is None else [_held(waiting)]), *(_Held(*row) for row in found)]

    def _of_an_earlier_release(self, sha256: str, damaged: bool) -> bytes:
        with suppress(FileNotFoundError):
            body = self.earlier_file(sha256).read_bytes()
            if hashlib.sha256(body).hexdigest() == sha256:
                return body
            damaged = True
        # When it is asked for again it is to be written again, whatever the index says.
        self._unreadable.add(sha256)
        if damaged:
            raise ArchiveDamaged(f"归档文件已损坏 / archived body is damaged: {sha256}")
        raise FileNotFoundError(sha256)


def _held(row: Row) -> _Held:
    return _Held(*(row[name] for name in _FIELDS))


def _row(source: Exchange | Written, kind: str, at: datetime, sha256: str) -> Row:
    """Return the row of a good record that is kept whole, as yet without its place."""
    size = len(source.body)
    return {
        "key": source.key,
        "url": source.url,
        "at": at,
        "kind": kind,
        "outcome": Outcome.OK.value,
        "status": source.status,
        "sha256": sha256,
        "size": size,
        "kept": size,
    }
