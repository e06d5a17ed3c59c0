"""The index of narratives: proposes what shares words, leaves out what a region has in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from db.likeness import (
    LONGEST_LIST,
    Resembling,
    Sample,
    enter,
    forget,
    known_sample,
    region_mates,
    resembling,
)
from db.session import open_engine, writing
from db.tables import Agency, NarrativeGram
from db.upgrade import upgrade

YEAR = 2025
Grams = frozenset[int]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("likeness")
    engine = open_engine(f"sqlite:///{folder}/x.db")
    upgrade(engine)
    return engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session
        session.rollback()


def grams(seed: int, count: int = 2_000) -> Grams:
    random = Random(seed)
    return frozenset(random.getrandbits(64) for _ in range(count))


def unit(session: Session, key: str, region: str = "410311", kind: str = "department") -> Agency:
    agency = Agency(key=key, name=key, kind=kind, region=region)
    session.add(agency)
    session.flush()
    return agency


def entered(session: Session, agency: Agency, words: Grams, version: int, year: int = YEAR) -> bool:
    return bool(enter(session, Sample.of(agency, year, words), version))


def alike(session: Session, sample: Sample) -> tuple[Resembling, ...]:
    return resembling(session, sample, 0.3, region_mates(session, sample))


def near(session: Session, agency: Agency, words: Grams, year: int = YEAR) -> dict[str, float]:
    found = alike(session, Sample.of(agency, year, words))
    return {one.agency_key: round(one.of_ours, 2) for one in found}


def rows(session: Session) -> int:
    return len(session.exec(select(NarrativeGram)).all())


def test_same_words_of_another_unit_are_found_and_other_words_are_not(session: Session) -> None:
    one, two, three = (unit(session, key) for key in "abc")
    entered(session, two, grams(1), 2)
    entered(session, three, grams(2), 3)
    assert near(session, one, grams(1)) == {"b": 1.0}
    assert near(session, one, grams(9)) == {}


def test_own_report_is_never_like_itself(session: Session) -> None:
    one = unit(session, "a")
    entered(session, one, grams(1), 1)
    assert near(session, one, grams(1)) == {}


@pytest.mark.parametrize(("year", "kind"), [(2024, "department"), (2025, "street")])
def test_only_the_same_year_and_kind_of_unit_count(session: Session, year: int, kind: str) -> None:
    entered(session, unit(session, "b", kind=kind), grams(1), 2, year)
    assert near(session, unit(session, "a"), grams(1)) == {}


def test_both_shares_are_told(session: Session) -> None:
    one, two = unit(session, "a"), unit(session, "b")
    entered(session, two, grams(1) | grams(2), 2)
    (found,) = alike(session, Sample.of(one, YEAR, grams(1)))
    assert found.of_ours == 1.0
    assert 0.4 < found.of_theirs < 0.6


def test_what_a_fifth_of_the_region_shares_is_left_out(session: Session) -> None:
    template, one = grams(0), unit(session, "a")
    for number in range(8):
        entered(session, unit(session, f"m{number}"), template | grams(10 + number), number)
    assert near(session, one, template | grams(99)) == {}
    assert near(session, one, template | grams(13)) == {"m3": 1.0}


def test_few_units_have_nothing_in_common_unless_the_wider_region_has(session: Session) -> None:
    one = unit(session, "a", "410311")
    entered(session, unit(session, "b", "410311"), grams(0), 1)
    assert "b" in near(session, one, grams(0))
    for number in range(6):
        entered(session, unit(session, f"w{number}", f"41030{number}"), grams(0), 10 + number)
    assert len(region_mates(session, Sample.of(one, YEAR, grams(0)))) == 7
    assert near(session, one, grams(0)) == {}


def test_entering_the_same_words_again_changes_nothing(session: Session) -> None:
    one = unit(session, "a")
    assert entered(session, one, grams(1), 1)
    before = rows(session)
    assert not entered(session, one, grams(1), 7)
    assert rows(session) == before
    (found,) = alike(session, Sample.of(unit(session, "b"), YEAR, grams(1)))
    assert found.version_id == 7


def test_other_words_take_the_place_of_the_old_ones(session: Session) -> None:
    one, two = unit(session, "a"), unit(session, "b")
    entered(session, one, grams(1), 1)
    entered(session, one, grams(2), 2)
    assert near(session, two, grams(1)) == {}
    assert near(session, two, grams(2)) == {"a": 1.0}
    known = known_sample(session, one, YEAR)
    assert known == Sample.of(one, YEAR, grams(2))


def test_what_is_forgotten_leaves_no_row(session: Session) -> None:
    one = unit(session, "a")
    entered(session, one, grams(1), 1)
    forget(session, one.key, YEAR)
    forget(session, one.key, YEAR)
    assert rows(session) == 0
    assert known_sample(session, one, YEAR) is None


def test_what_everybody_writes_is_not_stored_for_ever(session: Session) -> None:
    for number in range(LONGEST_LIST + 10):
        entered(session, unit(session, f"n{number}", f"{100_000 + number}"), grams(0, 300), number)
    kept = len(Sample.of(unit(session, "x"), YEAR, grams(0, 300)).grams)
    assert rows(session) == kept * LONGEST_LIST
    assert near(session, unit(session, "y", "999999"), grams(0, 300)) == {}


def test_endless_text_keeps_a_bounded_sample(session: Session) -> None:
    assert len(Sample.of(unit(session, "a"), YEAR, grams(1, 60_000)).grams) == 512


def test_text_without_grams_is_like_nothing(session: Session) -> None:
    assert near(session, unit(session, "a"), frozenset()) == {}
