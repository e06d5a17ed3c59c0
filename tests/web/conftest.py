from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tests.web_client import a_client
from tests.web_rows import an_engine
from tests.web_season import a_season


@pytest.fixture(scope="session")
def season(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A database that holds one season; tests only read it."""
    engine = an_engine(tmp_path_factory.mktemp("season"))
    a_season(engine)
    return engine


@pytest.fixture(scope="session")
def pages(season: Engine) -> TestClient:
    return a_client(season)


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    return an_engine(tmp_path)
