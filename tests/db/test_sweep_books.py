"""What a sweep books: hundreds of looks in a few statements, as if each had been booked by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from db.driver import DatabaseBroken, Driver, open_driver
from db.seen import PageSeen, keep_pages
from db.session import open_engine, reading, writing
from db.sweep_books import ResourceRow, RulesRow, SweepRows, VisitRow, book
from db.sweeps import known_columns, known_links, known_resources, known_rules
from db.tables import ColumnListing, Link, Resource, Site, SiteColumn, Visit
from tests.postgresql import PostgreSQL

AT = datetime(2026, 1, 20, 2, tzinfo=UTC)
BEFORE = AT - timedelta(days=1)


@pytest.fixture(params=["SQLite", "SQLite through SQLAlchemy", "PostgreSQL"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "PostgreSQL":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        return server.new_database()
    file = f"sqlite:///{tmp_path}/x.db"
    return file if request.param == "SQLite" else f"{file}?timeout=30"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    SQLModel.metadata.create_all(engine)
    with writing(engine) as session:
        session.add(Site(key="s", name="甲", base_url="http://a"))
        seen = keep_pages(session, [PageSeen("http://a/0/", "00" * 32, 200, "ok")])
        for number in range(3):
            key, url = f"s/{number}", f"http://a/{number}/"
            column = SiteColumn(key=key, site_key="s", url=url, family="auto")
            column.last_good_at = column.last_visit_at = BEFORE
            session.add(column)
            session.add(Resource(url=url, sha256="00" * 32, outcome="ok", checked_at=BEFORE))
            session.flush()
            session.add(Visit(column_key=key, at=BEFORE, outcome="ok", pages_seen_id=seen))
            session.add(
                ColumnListing(
                    column_key=key,
                    plan_key="k",
                    pages=[url],
                    links=2,
                    candidates=1,
                    whole_at=BEFORE,
                )
            )
            for name, listed_at in (("now", BEFORE), ("once", BEFORE - timedelta(days=9))):
                session.add(
                    Link(
                        column_key=key,
                        url=f"{url}{name}.html",
                        title=name,
                        first_listed_at=listed_at,
                        last_listed_at=listed_at,
                    )
                )
    yield engine
    engine.dispose()


@pytest.fixture
def driver(engine: Engine, url: str) -> Driver:
    return open_driver(url)


def visit(key: str, outcome: str, seen_at: datetime) -> VisitRow:
    good = outcome == "not_modified"
    return VisitRow(
        key, AT, outcome, "甲", "a", 304 if good else None, 1, 2, 1, 1, 1, 0, 0.5, seen_at
    )


def test_unchanged_column_lists_what_it_listed_and_shows_what_it_showed(
    engine: Engine, driver: Driver
) -> None:
    book(driver, SweepRows(visits=[visit("s/0", "not_modified", BEFORE)], unchanged=["s/0"]), AT)
    with reading(engine) as session:
        looks = session.exec(select(Visit).where(Visit.at == AT)).all()
        links = session.exec(select(Link).where(Link.last_listed_at == AT)).all()
        column = session.get_one(SiteColumn, "s/0")
    assert [(look.column_key, look.pages_seen_id) for look in looks] == [("s/0", 1)]
    assert [link.url for link in links] == ["http://a/0/now.html"]
    assert (column.last_good_at, column.last_visit_at) == (AT, AT)


def test_silent_column_was_looked_at_and_not_well(engine: Engine, driver: Driver) -> None:
    book(driver, SweepRows(visits=[visit("s/1", "timeout", AT)], silent=["s/1"]), AT)
    with reading(engine) as session:
        (look,) = session.exec(select(Visit).where(Visit.at == AT)).all()
        column = session.get_one(SiteColumn, "s/1")
        listed = session.exec(select(Link).where(Link.last_listed_at == AT)).all()
    assert (look.outcome, look.http_status, look.pages_seen_id) == ("timeout", None, None)
    assert (column.last_good_at, column.last_visit_at) == (BEFORE, AT)
    assert listed == []
    assert set(known_columns(driver, ["s/0", "s/1"])) == {"s/0"}


def test_what_an_earlier_run_of_the_pass_booked_is_replaced(engine: Engine, driver: Driver) -> None:
    for outcome in ("timeout", "not_modified"):
        book(driver, SweepRows(visits=[visit("s/0", outcome, AT)]), AT)
    with reading(engine) as session:
        looks = session.exec(select(Visit).where(Visit.at == AT)).all()
    assert [look.outcome for look in looks] == ["not_modified"]


def test_more_rows_than_one_statement_takes_are_all_booked(engine: Engine, driver: Driver) -> None:
    keys = [f"s/{number}" for number in range(3)] * 800
    rows = [
        visit(key, "not_modified", BEFORE)._replace(at=AT + timedelta(minutes=number))
        for number, key in enumerate(keys)
    ]
    book(driver, SweepRows(visits=rows), AT)
    with reading(engine) as session:
        assert len(session.exec(select(Visit).where(Visit.at >= AT)).all()) == len(rows)


def test_validators_links_and_rules_are_known_the_next_time(driver: Driver) -> None:
    (link, _) = known_links(driver, ["s/0"])["s/0"]
    rows = SweepRows(
        links=[link.id],
        resources=[ResourceRow("http://a/0/", '"1"', None, AT)],
        rules=[RulesRow("http://a", 200, "User-agent: {x}\n%s ?", '"r"', None, AT)],
    )
    book(driver, rows, AT)
    book(driver, rows, AT)
    resource = known_resources(driver, ["http://a/0/", "http://a/none"])["http://a/0/"]
    assert (resource.etag, resource.last_modified, resource.full_at) == ('"1"', None, AT)
    rules = known_rules(driver, ["http://a"])["http://a"]
    assert (rules.status, rules.body, rules.at) == (200, "User-agent: {x}\n%s ?", AT)
    (asked, other) = known_links(driver, ["s/0"])["s/0"]
    assert (asked.outcome, asked.asked_at, other.outcome) == ("not_modified", AT, None)


def test_an_instant_of_another_zone_is_booked_as_the_same_instant(
    engine: Engine, driver: Driver
) -> None:
    at = AT.astimezone(timezone(timedelta(hours=8)))
    row = visit("s/0", "not_modified", BEFORE)._replace(at=at)
    book(driver, SweepRows(visits=[row], unchanged=["s/0"]), at)
    with reading(engine) as session:
        assert session.get_one(SiteColumn, "s/0").last_good_at == AT
        assert session.exec(select(Visit.at).where(Visit.at > BEFORE)).one() == AT


def test_what_breaks_in_the_middle_leaves_nothing_behind(engine: Engine, driver: Driver) -> None:
    rows = SweepRows(visits=[visit("s/0", "not_modified", BEFORE), visit("s/none", "timeout", AT)])
    with pytest.raises(DatabaseBroken, match="(?i)foreign key"):
        book(driver, rows, AT)
    with reading(engine) as session:
        assert not session.exec(select(Visit).where(Visit.at == AT)).all()
    book(driver, SweepRows(visits=rows.visits[:1]), AT)


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "y.db").write_bytes(b"no database" * 99)
    with pytest.raises(DatabaseBroken, match="not a database"):
        known_columns(open_driver(f"sqlite:///{tmp_path}/y.db"), ["s/0"])
