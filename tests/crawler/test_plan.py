from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from tempfile import TemporaryFile

import pytest

from crawler.plan import CrawlPlan, CrawlSettings
from crawler.plan_file import (
    PlanFile,
    PlanUnreadable,
    column_outline,
    plan_key,
    write_plan,
    written_key,
)
from reports.agencies import AgencyKind, Identity
from tests.crawler.crawls import site_plan

SITE = replace(
    site_plan(
        "甲",
        "http://a.example/x/",
        agencies=(
            Identity(
                "k", "甲县乙局", AgencyKind.STREET, ("乙\n局", "“乙”"), ("丙局",), ("丁局",), 2024
            ),
        ),
    ),
    hosts=("b.example", "c.example:8080"),
    id_code="bm12000001",
)
OTHER = site_plan("乙", "http://b.example/y/")
PLAN = CrawlPlan(
    datetime(2026, 1, 21, 2, 0, 0, 5, tzinfo=UTC),
    "sqlite:///数据.db",
    "档案",
    CrawlSettings("N/1 (+x)", True, 1.5, 32, 33_554_432),
    (SITE,),
)


@contextmanager
def written(text: bytes) -> Iterator[int]:
    with TemporaryFile() as file:
        file.write(text)
        file.flush()
        yield file.fileno()


def as_bytes(plan: CrawlPlan) -> bytes:
    with TemporaryFile() as file:
        write_plan(plan, file)
        file.seek(0)
        return file.read()


def test_plan_survives_its_journey_a_line_for_each_site() -> None:
    lines = as_bytes(replace(PLAN, sites=(SITE, OTHER)))
    assert lines.count(b"\n") == 3
    with written(lines) as file:
        plan = PlanFile(file)
        assert plan.head == replace(PLAN, sites=())
        assert [plan.site(number) for number in plan.numbers] == [SITE, OTHER]


def test_outline_tells_the_host_and_how_each_column_is_to_be_read() -> None:
    with written(as_bytes(PLAN)) as file:
        outline = PlanFile(file).outline(0)
    (column,) = SITE.columns
    assert (outline.base_url, outline.allow_private) == (SITE.base_url, True)
    assert [column_outline(one).key for one in outline.columns] == [column.key]
    assert written_key(SITE.base_url, outline.columns[0]) == plan_key(SITE.base_url, column)


def test_mark_of_a_column_does_not_depend_on_how_sure_a_look_must_be() -> None:
    (column,) = SITE.columns
    sure = replace(column, fresh=True)
    assert plan_key(SITE.base_url, sure) == plan_key(SITE.base_url, column)
    assert plan_key(SITE.base_url, replace(column, name="年报")) != plan_key(SITE.base_url, column)


def test_lines_longer_than_one_read_are_found() -> None:
    many = replace(SITE, columns=SITE.columns * 20_000)
    with written(as_bytes(replace(PLAN, sites=(many, SITE)))) as file:
        plan = PlanFile(file)
        assert plan.site(1) == SITE
        assert len(plan.outline(0).columns) == 20_000


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{\n",
        b"[]\n",
        b"null\n",
        b"{}\n",
        b"\xff\xfe\n",
        as_bytes(PLAN).replace(b"2026-01-21T02:00:00.000005Z", b"2026-01-21T02:00:00"),
        as_bytes(PLAN).replace(b'"delay_seconds"', b'"pace"'),
    ],
)
def test_anything_else_is_refused_as_unreadable(text: bytes) -> None:
    with written(text) as file, pytest.raises(PlanUnreadable):
        PlanFile(file)


def test_site_that_cannot_be_read_is_refused_when_its_turn_comes() -> None:
    with written(as_bytes(PLAN).replace(b"street", b"castle")) as file:
        plan = PlanFile(file)
        with pytest.raises(PlanUnreadable):
            plan.site(0)
