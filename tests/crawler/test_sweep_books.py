"""The books of a sweep lose nothing, however slowly they are written."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import SQLModel, select

from crawler.lane.books import SweepBooks
from crawler.robots import RobotsAnswer
from db.driver import open_driver
from db.session import open_engine, reading
from db.tables import HostRules

AT = datetime(2026, 1, 20, 2, tzinfo=UTC)
GONE = RobotsAnswer(404)


def test_what_comes_while_the_last_heap_is_being_written_is_written_too(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/books.db")
    SQLModel.metadata.create_all(engine)
    begun = threading.Event()
    driver = open_driver(f"sqlite:///{tmp_path}/books.db")

    @contextmanager
    def lend() -> Iterator[sqlite3.Connection]:
        begun.set()
        with driver.lend() as connection:
            yield connection

    async def keep() -> None:
        books = SweepBooks(replace(driver, lend=lend), AT)
        keeping = asyncio.create_task(books.keep_writing())
        books.rules("http://first", GONE)
        await asyncio.to_thread(begun.wait, 10)
        books.rules("http://last", GONE)
        books.close()
        await keeping

    # Another writer holds the database until the first heap waits for it.
    other = open_engine(f"sqlite:///{tmp_path}/books.db").connect()
    other.exec_driver_sql("SELECT 1")
    release = threading.Thread(target=lambda: (begun.wait(10), other.rollback()))
    release.start()
    asyncio.run(keep())
    release.join()
    other.close()
    with reading(engine) as session:
        origins = session.exec(select(HostRules.origin).order_by(HostRules.origin)).all()
    assert origins == ["http://first", "http://last"]
