"""Random seasons on real sites: the ledger says what the scripts allow, and tells each thing once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.farm.draw import Mixture, Size, draw_season
from tests.farm.season import play

pytestmark = pytest.mark.service


@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_season_is_told_as_it_was(seed: int, tmp_path: Path) -> None:
    script = draw_season(seed, Size(sites=10, offices=7, few_passes=True), Mixture())
    played = play(script, tmp_path)
    assert played.publications > 30
    assert not played.disagreements, "\n".join(map(str, played.disagreements))
