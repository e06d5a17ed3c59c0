"""Checks what a deployment rests on: every archived record, the chain of events, the foreign keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select, text

from db.archive import Archive, ArchiveDamaged
from db.chain import breaks
from db.evidence import Capture
from db.session import reading
from db.tables import Snapshot
from db.unindexed import REVISIT
from db.warc import RecordDamaged, read_record, require_whole
from reports.words import Words

_AT_ONCE = 500
_MOST_NAMED = 20


def faults(
    engine: Engine, archive: Archive, progress: Callable[[int, int], None]
) -> Iterator[Words]:
    """Yield a sentence for each thing that is wrong; ``progress`` is told of records done and in all."""
    yield from _damaged_records(engine, archive, progress)
    yield from _lost_bodies(engine, archive)
    with reading(engine) as session:
        yield from breaks(session)
    yield from _broken_references(engine)


def _damaged_records(
    engine: Engine, archive: Archive, progress: Callable[[int, int], None]
) -> Iterator[Words]:
    with reading(engine) as session:
        total = session.exec(select(func.count()).where(col(Capture.file).is_not(None))).one()
    for done, capture in enumerate(_captures(engine), 1):
        progress(done, total)
        reason = _trouble(archive, capture)
        if reason is not None:
            place = f"{capture.file} @{capture.offset}"
            yield Words(
                f"归档 {place}（{capture.key}，{capture.sha256[:12]}）：{reason.zh}；请从备份恢复该文件。",
                f"Archive {place} ({capture.key}, {capture.sha256[:12]}): {reason.en}; restore the file "
                "from its backup.",
            )


def _captures(engine: Engine) -> Iterator[Capture]:
    after = 0
    while True:
        with reading(engine) as session:
            rows = session.exec(
                select(Capture)
                .where(col(Capture.file).is_not(None), col(Capture.id) > after)
                .order_by(col(Capture.id))
                .limit(_AT_ONCE)
            ).all()
        if not rows:
            return
        yield from rows
        after = rows[-1].id or after


def _trouble(archive: Archive, capture: Capture) -> Words | None:
    """Return what is wrong with a record, None when it opens and its bytes have their hash."""
    try:
        packed = archive.packed(capture)
        if len(packed) < capture.length + capture.request_length:
            return Words("文件比索引所记的短", "the file is shorter than the index says")
        require_whole(packed)
        record = read_record(packed, is_revisit=capture.kind == REVISIT)
    except FileNotFoundError:
        return Words("文件不在", "the file is not there")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Words(f"无法读取（{reason}）", f"cannot be read ({reason})")
    except RecordDamaged:
        return Words("记录已损坏", "the record is damaged")
    if record.sha256 != capture.sha256:
        return Words("内容与哈希不符", "its bytes do not have the hash")
    return None


def _lost_bodies(engine: Engine, archive: Archive) -> Iterator[Words]:
    """Yield the snapshots of earlier releases whose file is lost or damaged."""
    indexed = select(Capture.id).where(Capture.sha256 == Snapshot.sha256)
    with reading(engine) as session:
        old = session.exec(select(Snapshot.sha256).where(~indexed.exists()).distinct()).all()
    for sha256 in old:
        try:
            archive.get(sha256)
        except (OSError, ArchiveDamaged):
            path = Path(archive.earlier_file(sha256))
            yield Words(
                f"归档文件 {path} 缺失或已损坏；请从备份恢复。",
                f"Archived file {path} is lost or damaged; restore it from its backup.",
            )


def _broken_references(engine: Engine) -> Iterator[Words]:
    """Yield rows that refer to rows which are not there; other databases than SQLite never allow them."""
    if engine.dialect.name != "sqlite":
        return
    with reading(engine) as session:
        rows = Session.execute(session, text("PRAGMA foreign_key_check")).all()
    for table, row, parent, _ in rows[:_MOST_NAMED]:
        yield Words(
            f"数据表 {table} 第 {row} 行指向 {parent} 中不存在的行；请从备份恢复数据库。",
            f"Table {table}, row {row} refers to a row of {parent} that is not there; restore the database.",
        )
