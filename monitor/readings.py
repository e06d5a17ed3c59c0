"""Reads archived bodies in the sandbox, and remembers the ones that no worker survived."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db.archive import Archive, ArchiveDamaged
from db.session import reading, writing
from db.tables import ReaderFault, Snapshot
from monitor.errors import Refusal
from reports.profile import DEFAULT, Profile
from reports.reading.read import READER_VERSION
from reports.words import Words
from sandbox.faults import Fault, SandboxUnavailable
from sandbox.pool import Sandbox
from sandbox.readings import Body, Reading, is_picture

logger = logging.getLogger(__name__)

MOST_TRIES = 2
MOST_RECOGNISED = 12
"""Pictures whose characters are recognised in one pass, beside those whose turn a rereading brings."""

TOGETHER = 16
_BYTES_TOGETHER = 64 << 20
_FAULTS = frozenset(fault.value for fault in Fault)


WAITS = Reading(
    "",
    unreadable=Words("图片等待文字识别。", "The picture waits for its characters."),
    code="waits",
)
"""Stands for a picture whose characters are not recognised yet."""


def is_fault(reading: Reading) -> bool:
    """Say whether the reading failed without the reader's own word on the bytes."""
    return reading.code in _FAULTS


@dataclass(frozen=True, slots=True)
class BodyReader:
    """Reads what the archive holds; a body that ended its worker twice is not tried a third time.

    ``articles`` is host → where the pages of that host hold the article; ``profile`` that by which what it
    read is judged anew.
    """

    engine: Engine
    archive: Archive
    sandbox: Sandbox
    articles: Mapping[str, str] = field(default_factory=dict)
    profile: Profile = DEFAULT

    def read(self, snapshots: Sequence[Snapshot], *, recognise: bool = True) -> dict[int, Reading]:
        """Return snapshot id → reading; a body that the archive lost is logged and left out.

        Without ``recognise`` a picture gives WAITS where its characters could be recognised.
        Raises Refusal when no worker can be started: nothing may be judged by what was not read.
        """
        wanted = {self._bytes_of(snapshot): snapshot for snapshot in snapshots}
        found = self._given_up(wanted.values())
        left = [snapshot for snapshot in wanted.values() if snapshot.sha256 not in found]
        by_bytes = {key: found[key[0]] for key in wanted if key[0] in found}
        for part in _parts(left):
            by_bytes |= self._read_part(part, recognise)
        return {
            snapshot.id: by_bytes[key]
            for snapshot in snapshots
            if snapshot.id is not None and (key := self._bytes_of(snapshot)) in by_bytes
        }

    def _given_up(self, snapshots: Iterable[Snapshot]) -> dict[str, Reading]:
        """Return what is known of bodies that ended their workers too often."""
        with reading(self.engine) as session:
            faults = session.exec(
                select(ReaderFault).where(
                    col(ReaderFault.sha256).in_([snapshot.sha256 for snapshot in snapshots]),
                    ReaderFault.reader_version == READER_VERSION,
                    ReaderFault.times >= MOST_TRIES,
                )
            ).all()
        return {
            fault.sha256: Reading(
                fault.sha256, unreadable=Words(fault.reason_zh, fault.reason_en), code=fault.code
            )
            for fault in faults
        }

    def _read_part(self, snapshots: Sequence[Snapshot], recognise: bool) -> dict[_Bytes, Reading]:
        bodies: dict[_Bytes, Body] = {}
        for snapshot in snapshots:
            content = self._content(snapshot)
            if content is not None:
                key = self._bytes_of(snapshot)
                bodies[key] = Body(content, *key[1:])
        try:
            readings = self.sandbox.read_many(tuple(bodies.values()), recognise=recognise)
            if not recognise and any(map(is_picture, readings)) and self.sandbox.recognises():
                readings = tuple(WAITS if is_picture(found) else found for found in readings)
        except SandboxUnavailable as unavailable:
            raise Refusal(unavailable.words) from None
        found = dict(zip(bodies, readings, strict=True))
        self._remember({key[0]: reading for key, reading in found.items() if reading is not WAITS})
        return found

    def _bytes_of(self, snapshot: Snapshot) -> _Bytes:
        """Return what the reading of a body depends on."""
        article = self.articles.get(urlsplit(snapshot.url).netloc)
        return snapshot.sha256, snapshot.media_type, snapshot.charset, article

    def _content(self, snapshot: Snapshot) -> bytes | None:
        try:
            return self.archive.get(snapshot.sha256)
        except (OSError, ArchiveDamaged) as error:
            logger.error("event=body_lost snapshot=%s detail=%s", snapshot.id, error)
            return None

    def _remember(self, readings: dict[str, Reading]) -> None:
        """Count the faults; a body that was read after all starts anew."""
        with reading(self.engine) as session:
            known = _faults(session, list(readings))
        if not known and not any(map(is_fault, readings.values())):
            return
        with writing(self.engine) as session:
            known = _faults(session, list(readings))
            for sha256, found in readings.items():
                fault = known.get(sha256)
                if is_fault(found):
                    session.add(_counted(sha256, fault, found))
                elif fault is not None:
                    session.delete(fault)


_Bytes = tuple[str, str | None, str | None, str | None]


def _parts(snapshots: Sequence[Snapshot]) -> Iterator[Sequence[Snapshot]]:
    """Divide bodies so that few enough, and small enough, are in memory together."""
    part: list[Snapshot] = []
    size = 0
    for snapshot in snapshots:
        if part and (len(part) == TOGETHER or size + snapshot.size > _BYTES_TOGETHER):
            yield part
            part, size = [], 0
        part.append(snapshot)
        size += snapshot.size
    if part:
        yield part


def _faults(session: Session, bodies: Sequence[str]) -> dict[str, ReaderFault]:
    found = session.exec(select(ReaderFault).where(col(ReaderFault.sha256).in_(bodies)))
    return {fault.sha256: fault for fault in found}


def _counted(sha256: str, known: ReaderFault | None, found: Reading) -> ReaderFault:
    assert found.unreadable is not None
    fault = known or ReaderFault(
        sha256=sha256, reader_version="", times=0, code="", reason_zh="", reason_en=""
    )
    same_reader = fault.reader_version == READER_VERSION
    fault.times = fault.times + 1 if same_reader else 1
    fault.reader_version = READER_VERSION
    fault.code = found.code or ""
    fault.reason_zh, fault.reason_en = found.unreadable.zh, found.unreadable.en
    logger.warning("event=reader_lost sha256=%s code=%s times=%d", sha256, fault.code, fault.times)
    return fault
