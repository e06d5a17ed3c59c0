"""What every test shares: steady property tests, and the long tests first."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

_LONGEST = ("test_story", "test_kill", "test_proof", "test_once", "test_service")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: two workers then end at the same time."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    if item.path.stem in _LONGEST:
        return _LONGEST.index(item.path.stem)
    return len(_LONGEST) + (item.get_closest_marker("service") is None)
