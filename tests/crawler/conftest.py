from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.crawler.crawls import Crawls
from tests.crawler.sweeps import Sweeps


@pytest.fixture
def crawls(tmp_path: Path) -> Crawls:
    return Crawls(tmp_path)


@pytest.fixture
def sweeps(crawls: Crawls) -> Iterator[Sweeps]:
    with ExitStack() as stack:
        yield Sweeps(stack, crawls)
