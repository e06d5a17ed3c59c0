"""What the sweep asks of each host, read in portions from a plan and a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from tempfile import TemporaryFile

import pytest

from crawler.lane.portions import COLUMNS_TOGETHER, Portions, Share, hosts_of
from crawler.plan import SitePlan
from crawler.plan_file import PlanFile, plan_key, write_plan
from db.driver import open_driver
from db.session import writing
from db.tables import ColumnListing, Resource, Site, SiteColumn
from tests.crawler.crawls import START, Crawls, site_plan

DAY = timedelta(days=1)


def many_columns(key: str, host: str, count: int) -> SitePlan:
    site = site_plan(key, f"http://{host}/")
    (column,) = site.columns
    return replace(
        site,
        columns=tuple(
            replace(column, key=f"{key}/{number}", url=f"http://{host}/{number}/")
            for number in range(count)
        ),
    )


@contextmanager
def portions(crawls: Crawls, *sites: SitePlan, held: int) -> Iterator[Portions]:
    with TemporaryFile() as file:
        write_plan(crawls.plan(*sites, day=1), file)
        plan = PlanFile(file.fileno())
        yield Portions(plan, open_driver(crawls.url), Share(tuple(hosts_of(plan))), held)


def seen(crawls: Crawls, *sites: SitePlan) -> None:
    """Book a good look at every column."""
    with writing(crawls.engine) as session:
        for site in sites:
            session.add(Site(key=site.key, name=site.name, base_url=site.base_url))
            session.flush()
            for column in site.columns:
                at = {"last_good_at": START, "last_visit_at": START}
                named = {"key": column.key, "site_key": site.key, "url": column.url}
                session.add(SiteColumn(**named, **at, family="auto"))
                session.add(
                    Resource(url=column.url, sha256="00" * 32, outcome="ok", checked_at=START)
                )
                session.flush()
                session.add(
                    ColumnListing(
                        column_key=column.key,
                        plan_key=plan_key(site.base_url, column),
                        pages=[column.url],
                        links=3,
                        candidates=1,
                        whole_at=START,
                    )
                )


def all_keys(portions: Portions) -> dict[str, list[list[str]]]:
    """Read all hosts to their ends, and return the keys of each host's portions."""
    waiting = [supply for host in portions.hosts for supply in host]
    found: dict[str, list[list[str]]] = {supply.origin: [] for supply in waiting}
    while waiting:
        read = list(zip(waiting, portions.read(waiting), strict=True))
        for supply, portion in read:
            found[supply.origin].append([column.key for column in portion.columns])
        waiting = [supply for supply, portion in read if not portion.is_last]
    return found


@pytest.mark.parametrize("held", [1, 6, 1_000])
def test_every_column_comes_once_whatever_is_held_at_a_time(crawls: Crawls, held: int) -> None:
    sites = (many_columns("a", "a.example", 7), many_columns("b", "b.example", 3))
    seen(crawls, *sites)
    with portions(crawls, *sites, held=held) as read:
        found = all_keys(read)
    for site in sites:
        some = found[site.base_url]
        assert [key for keys in some for key in keys] == [column.key for column in site.columns]
        assert max(map(len, some)) <= max(1, held // 2)


def test_sites_of_one_host_are_one_supply(crawls: Crawls) -> None:
    sites = (many_columns("a", "a.example", 2), many_columns("b", "A.example", 2))
    with portions(crawls, *sites, held=100) as read:
        ((supply,),) = read.hosts
    assert (supply.origin, supply.sites) == ("http://a.example", [0, 1])


def test_http_and_https_of_one_host_are_asked_one_after_the_other(crawls: Crawls) -> None:
    plain, other = many_columns("a", "a.example", 1), many_columns("c", "c.example", 1)
    safe = replace(many_columns("b", "a.example", 1), base_url="https://a.example")
    with portions(crawls, plain, safe, other, held=100) as read:
        origins = [[supply.origin for supply in host] for host in read.hosts]
    assert origins == [["http://a.example", "https://a.example"], ["http://c.example"]]


def test_no_portion_is_larger_than_what_is_read_together(crawls: Crawls) -> None:
    site = many_columns("a", "a.example", 2 * COLUMNS_TOGETHER + 1)
    seen(crawls, site)
    with portions(crawls, site, held=1_000_000) as read:
        (some,) = all_keys(read).values()
    assert [len(keys) for keys in some] == [COLUMNS_TOGETHER, COLUMNS_TOGETHER, 1]


def test_column_that_only_a_whole_visit_can_read_is_left_out(crawls: Crawls) -> None:
    site = many_columns("a", "a.example", 5)
    seen(crawls, site)
    never_seen = many_columns("b", "a.example", 1)
    known, fresh, other, elsewhere, last = site.columns
    with writing(crawls.engine) as session:
        row = session.get_one(ColumnListing, elsewhere.key)
        row.pages = ["http://b.example/3/"]
        session.add(
            Resource(url="http://b.example/3/", sha256="00" * 32, outcome="ok", checked_at=START)
        )
    planned = (known, replace(fresh, fresh=True), replace(other, name="年报"), elsewhere, last)
    with portions(crawls, replace(site, columns=planned), never_seen, held=100) as read:
        found = all_keys(read)
    assert found == {"http://a.example": [["a/0", "a/4"]]}
