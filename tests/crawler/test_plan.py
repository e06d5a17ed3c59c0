from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.plan import (
    CrawlPlan,
    CrawlSettings,
    PlanUnreadable,
    plan_from_json,
    plan_to_json,
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
PLAN = CrawlPlan(
    datetime(2026, 1, 21, 2, 0, 0, 5, tzinfo=UTC),
    "sqlite:///数据.db",
    "档案",
    CrawlSettings("N/1 (+x)", True, 1.5, 32, 33_554_432),
    (SITE,),
)


def test_plan_survives_its_journey_on_one_line() -> None:
    line = plan_to_json(PLAN)
    assert "\n" not in line
    assert plan_from_json(line) == PLAN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        plan_to_json(PLAN).replace("2026-01-21T02:00:00.000005+00:00", "2026-01-21T02:00:00"),
        plan_to_json(PLAN).replace("street", "castle"),
        json.dumps({**json.loads(plan_to_json(PLAN)), "settings": {"pace": 1}}),
    ],
)
def test_anything_else_is_refused_as_unreadable(text: str) -> None:
    with pytest.raises(PlanUnreadable):
        plan_from_json(text)
