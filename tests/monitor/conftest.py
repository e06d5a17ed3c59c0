"""A desk that records reports as the ingest does, on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.session import open_engine, writing
from db.tables import Site, SiteColumn
from db.upgrade import upgrade
from tests.desk import Desk


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("beside")
    engine = open_engine(f"sqlite:///{folder}/x.db")
    upgrade(engine)
    return engine


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    with writing(engine) as session:
        session.add(Site(key="s", name="站", base_url="http://x.gov.cn/"))
        session.flush()
        session.add(SiteColumn(key="s/c", site_key="s", url="http://x.gov.cn/list"))
        session.flush()
        yield Desk(session)
        session.rollback()
