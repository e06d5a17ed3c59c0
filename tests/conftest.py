"""What every test shares: steady property tests, and the long tests first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.postgresql import PostgreSQL

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

_LONGEST = ("test_story", "test_kill", "test_proof", "test_once", "test_service")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A real server, started by the first test that wants it."""
    from tests.postgresql import running

    with running() as server:
        yield server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: two workers then end at the same time."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    if item.path.stem in _LONGEST:
        return _LONGEST.index(item.path.stem)
    return len(_LONGEST) + (item.get_closest_marker("service") is None)
