"""What the register and the configuration tell the rules: other places, and the day of a local notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from db.session import open_engine
from db.tables import Agency
from db.upgrade import upgrade
from monitor.surroundings import places_of
from tests.deployment import Agency as Listed
from tests.deployment import Deployment
from tests.season_site import SeasonSite


@pytest.fixture
def session() -> Iterator[Session]:
    engine = open_engine("sqlite://")
    upgrade(engine)
    with Session(engine) as made:
        names = {
            "luolong": ("洛龙区财政局", "410311"),
            "street": ("洛龙区科技园街道办事处", "410311001"),
            "jianxi": ("涧西区水利局", "410305"),
            "luanchuan": ("栾川县人民政府", "410324"),
            "city": ("洛阳市人民政府", "410300"),
            "bureau": ("市场监督管理局", "410305"),
            "far": ("南宁市青秀区财政局", "450103"),
        }
        made.add_all(
            Agency(key=key, name=name, kind="department", region=region)
            for key, (name, region) in names.items()
        )
        made.flush()
        yield made


@pytest.mark.parametrize(
    ("key", "others"),
    [
        ("luolong", ("栾川县", "涧西区")),
        ("street", ("栾川县", "涧西区")),
        ("jianxi", ("栾川县", "洛龙区")),
        ("city", ()),
        ("far", ()),
    ],
)
def test_other_places_are_the_neighbours_neither_above_nor_below(
    session: Session, key: str, others: tuple[str, ...]
) -> None:
    places = places_of(session, session.get_one(Agency, key))
    assert places is not None
    assert set(places.others) == set(others)


def test_without_a_region_no_place_is_another(session: Session) -> None:
    assert places_of(session, Agency(key="x", name="某局", kind="department")) is None


@pytest.mark.service
@pytest.mark.parametrize(("local", "codes"), [("01-15", {"T05"}), ("01-25", set())])
def test_a_missed_local_day_is_a_notice_and_no_lateness(
    tmp_path: Path, local: str, codes: set[str]
) -> None:
    with SeasonSite() as site:
        site.publish("甲县财政局", 2025, date(2026, 1, 20))
        house = Deployment(tmp_path, {"site": site.column_url}, (Listed("one", "甲县财政局"),))
        written = house.config.read_text(encoding="utf-8")
        house.config.write_text(f'[deadlines]\nlocal = "{local}"\n{written}', encoding="utf-8")
        house.once("2026-01-24T09:00")
        listed = house.command("findings", "list", "--json").stdout
    assert house.statuses() == {"one": "on_time"}
    assert {code for code in ("T01", "T05") if f'"{code}"' in listed} == codes
