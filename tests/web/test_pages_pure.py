from __future__ import annotations

from datetime import date, datetime

import pytest

from reports.deadlines import CHINA, Deadlines
from reports.forms.catalogue import FORM_2021
from reports.model import (
    AnnualReport,
    Cell,
    FeeKind,
    FeeStatement,
    Place,
    Quality,
    Table,
    TableName,
)
from reports.words import Words
from web.board import last_good_at
from web.freshness import KnownColumn
from web.published import MOST_SPAN, Concern, published
from web.season import BAR_WIDTH, season_of
from web.show import readable_size, safe_address, shown_day, speaker
from web.words import because_of, cell_name, event_name, outcome_name


def a_report_with(*cells: Cell) -> AnnualReport:
    table = Table(TableName.DISPUTES, Quality.COMPLETE, {cell.key: cell for cell in cells})
    return AnnualReport(
        title=None,
        agency=None,
        year=2025,
        form=FORM_2021,
        sections=(),
        tables={TableName.DISPUTES: table},
        fee_statement=FeeStatement(FeeKind.MISSING),
    )


@pytest.mark.parametrize(
    ("now", "department", "government"),
    [
        (datetime(2026, 1, 1, tzinfo=CHINA), "还有 30 天", "还有 89 天"),
        (datetime(2026, 1, 30, 23, 59, tzinfo=CHINA), "还有 1 天", "还有 60 天"),
        (datetime(2026, 1, 31, 23, 59, tzinfo=CHINA), "今天 24:00 截止", "还有 59 天"),
        (datetime(2026, 2, 1, 0, 0, tzinfo=CHINA), "已过 1 天", "还有 58 天"),
        (datetime(2026, 4, 1, 0, 0, tzinfo=CHINA), "已过 60 天", "已过 1 天"),
    ],
)
def test_days_are_calendar_days_in_china(now: datetime, department: str, government: str) -> None:
    first, second = season_of(2025, (), Deadlines(), now).marks
    assert (first.count.zh, second.count.zh) == (department, government)
    assert (first.last_day, second.last_day) == ("2026-01-31", "2026-03-31")


def test_a_deadline_of_a_region_gets_its_own_mark() -> None:
    local = datetime(2026, 1, 21, tzinfo=CHINA)
    season = season_of(2025, (local,), Deadlines(), datetime(2026, 1, 10, tzinfo=CHINA))
    assert [mark.last_day for mark in season.marks] == ["2026-01-20", "2026-01-31", "2026-03-31"]
    assert season.marks[0].name.en == "Local deadline"


def test_the_bar_stays_within_its_width_before_and_after_the_season() -> None:
    long_ago, far_ahead = datetime(2020, 1, 1, tzinfo=CHINA), datetime(2030, 1, 1, tzinfo=CHINA)
    assert season_of(2025, (), Deadlines(), long_ago).today_x == 0
    assert season_of(2025, (), Deadlines(), far_ahead).today_x == BAR_WIDTH


def test_a_figure_in_a_merged_cell_is_found_where_that_cell_begins() -> None:
    grids = [[[["1", 2, 2, 0, 0]], []]]
    report = a_report_with(Cell("review.upheld", "1", 1, place=Place(0, 1, 1)))
    concern = Concern("finding-7", "C01", "error", ("review.upheld",))
    tables = published(grids, report, [concern])
    (cell,) = tables.grids[0].rows[0]
    assert (cell.rowspan, cell.colspan) == (2, 2)
    assert cell.concerns == (concern,)
    assert tables.anchors == {"review.upheld": cell.anchor}


def test_one_finding_on_two_figures_of_one_cell_is_marked_once() -> None:
    grids = [[[["1", 1, 2, 0, 0]]]]
    report = a_report_with(
        Cell("review.upheld", "1", 1, place=Place(0, 0, 0)),
        Cell("review.total", "1", 1, place=Place(0, 0, 1)),
    )
    concern = Concern("finding-7", "C01", "warning", ("review.upheld", "review.total"))
    (cell,) = published(grids, report, [concern]).grids[0].rows[0]
    assert cell.concerns == (concern,)
    assert len(cell.names) == 2


def test_a_lost_cell_has_no_anchor_and_breaks_nothing() -> None:
    report = a_report_with(
        Cell("review.upheld"), Cell("review.total", "1", 1, place=Place(9, 9, 9))
    )
    concern = Concern("finding-7", "C01", "error", ("review.upheld", "review.total"))
    tables = published([[[["x", 1, 1, 0, 0]]]], report, [concern])
    assert tables.anchors == {}
    assert tables.grids[0].rows[0][0].severity is None


def test_absurd_spans_are_bounded() -> None:
    (cell,) = published([[[["x", 10**9, -4, 0, 0]]]], None, []).grids[0].rows[0]
    assert (cell.rowspan, cell.colspan) == (MOST_SPAN, 1)


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://a.example/年报.html", True),
        ("HTTP://a.example/", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example/x", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, followed: bool) -> None:
    assert (safe_address(url) is not None) is followed


def test_words_are_set_in_the_chosen_order_and_escaped() -> None:
    both = Words("<b>年报</b>", "<b>report</b>")
    chinese, english = speaker("zh")(both), speaker("en")(both)
    assert chinese.index("年报") < chinese.index("report")
    assert english.index("report") < english.index("年报")
    assert "<b>" not in chinese + english


def test_an_agency_is_known_only_as_far_as_its_oldest_column() -> None:
    early, late = datetime(2026, 2, 1, tzinfo=CHINA), datetime(2026, 2, 5, tzinfo=CHINA)
    new, old, never = KnownColumn(late), KnownColumn(early), KnownColumn(None)
    assert last_good_at(["s/a", "s/b"], {"s/a": new, "s/b": old}) == early
    assert last_good_at(["s/a", "s/b"], {"s/a": new, "s/b": never}) is None
    assert last_good_at(["s/a", "s/gone"], {"s/a": new}) is None
    assert last_good_at([], {}) is None


def test_a_feed_beside_a_list_is_no_column_that_could_not_be_read() -> None:
    early, late = datetime(2026, 2, 1, tzinfo=CHINA), datetime(2026, 2, 5, tzinfo=CHINA)
    feed = KnownColumn(early, is_source=True)
    assert last_good_at(["s/a", "s/feed"], {"s/a": KnownColumn(late), "s/feed": feed}) == late
    assert last_good_at(["s/a", "s/feed"], {"s/a": KnownColumn(None), "s/feed": feed}) is None
    assert last_good_at(["s/feed"], {"s/feed": feed}) == early


def test_values_that_no_table_names_show_as_they_are() -> None:
    assert event_name("report.foreseen").zh == "report.foreseen"
    assert outcome_name("teapot").en == "teapot"
    assert cell_name("section.9").zh == "section.9"
    assert cell_name("section.5").zh == "第5部分 存在的主要问题及改进情况"
    assert cell_name("title").en == "Title"


def test_an_event_without_a_full_reason_shows_none() -> None:
    assert because_of({"because": {"zh": "原因", "en": "reason"}}) == Words("原因", "reason")
    assert because_of({"because": {"zh": "原因"}}) is None
    assert because_of({"because": "原因"}) is None
    assert because_of({}) is None


def test_days_and_sizes_are_shown_as_people_read_them() -> None:
    assert shown_day(date(2026, 1, 31)) == "2026-01-31"
    assert shown_day(datetime(2026, 1, 31, 23, 30, tzinfo=CHINA)) == "2026-01-31"
    assert shown_day(None) == "—"
    assert [readable_size(n) for n in (17, 2048)] == ["17 B", "2.0 KB"]
