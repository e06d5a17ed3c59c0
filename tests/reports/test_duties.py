"""Who owes the report of a year, when, and who continues whom: only what the register says, by its days."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.agencies import AgencyKind
from reports.deadlines import CHINA, Deadlines, MonthDay, RegionalDays, last_day_of, term_of
from reports.duties import Charge, Duty, closed_at, waiver_of
from reports.looks import Looks
from reports.status import Facts, Proof, Status, derive
from reports.succession import MOST_HANDS, Body, has_no_end, names_continued

LAST = date(2026, 1, 31)
DAYS = st.none() | st.dates(date(2024, 1, 1), date(2027, 12, 31))
MARCH = datetime(2026, 3, 1, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("charge", "says"),
    [
        (Charge(), None),
        (Charge(since=date(2025, 12, 31)), None),
        (Charge(since=date(2026, 1, 1)), "自 2026-01-01 起"),
        (Charge(until=date(2026, 1, 31)), None),
        (Charge(until=date(2026, 1, 30)), "待确认"),
        (Charge(Duty.EXEMPT), "无需"),
        (Charge(Duty.EXEMPT, reason="市里统一公布"), "市里统一公布"),
        (Charge(Duty.EXEMPT, since=date(2026, 1, 1)), None),
        (Charge(Duty.EXEMPT, until=date(2025, 12, 30)), None),
        (Charge(Duty.VOLUNTARY), "自愿"),
        (Charge(Duty.VOLUNTARY, since=date(2026, 6, 1)), None),
        (Charge(Duty.MERGED, date(2025, 6, 30), successor="甲县农业农村局"), "并入甲县农业农村局"),
        (Charge(Duty.MERGED, date(2025, 12, 31), successor="某局"), "由承接其职能的单位公布"),
        (Charge(Duty.MERGED, date(2026, 1, 1), successor="某局"), "待确认"),
        (Charge(Duty.MERGED, date(2026, 1, 31), successor="某局"), "待确认"),
        (Charge(Duty.MERGED, date(2026, 2, 1), successor="某局"), None),
        (Charge(Duty.ABOLISHED, date(2025, 3, 1), reason="机构改革"), "机构改革"),
    ],
)
def test_a_year_is_judged_by_its_last_day(charge: Charge, says: str | None) -> None:
    waiver = waiver_of(charge, 2025, LAST)
    if says is None:
        assert waiver is None
    else:
        assert waiver is not None
        assert says in waiver.reason.zh
        assert waiver.reason.en == waiver.reason.en.strip()


@given(duty=st.sampled_from(Duty), since=DAYS, until=DAYS, absent=st.integers(0, 9))
def test_what_is_not_required_is_never_late_missing_or_withdrawn(
    duty: Duty, since: date | None, until: date | None, absent: int
) -> None:
    waiver = waiver_of(Charge(duty, since, until, successor="某局"), 2025, LAST)
    looks = Looks(absent, MARCH, datetime(2026, 3, 9, tzinfo=CHINA))
    for seen in (None, MARCH):
        facts = Facts(MARCH, waiver, first_seen_at=seen, absent=looks, gone=looks)
        status = derive(facts, datetime(2026, 4, 1, tzinfo=CHINA)).status
        assert waiver is None or status in (Status.EXEMPT, Status.ON_TIME)
        assert waiver is None or seen is not None or status is Status.EXEMPT


def test_a_voluntary_report_is_shown_when_it_appears_and_its_time_is_not_judged() -> None:
    waiver = waiver_of(Charge(Duty.VOLUNTARY), 2025, LAST)
    due = term_of(AgencyKind.OTHER, "", 2025, Deadlines()).due_at
    late = Facts(due, waiver, first_seen_at=MARCH, shown_on=date(2026, 2, 20))
    standing = derive(late, MARCH)
    assert (standing.status, standing.proof) == (Status.ON_TIME, Proof.NONE)
    assert "不判定是否按期" in standing.because.zh


def test_an_exemption_stands_even_where_a_report_is_found() -> None:
    waiver = waiver_of(Charge(Duty.EXEMPT), 2025, LAST)
    assert derive(Facts(MARCH, waiver, first_seen_at=MARCH), MARCH).status is Status.EXEMPT


def test_looks_count_until_the_body_is_no_more() -> None:
    day = date(2026, 2, 10)
    assert closed_at(Charge(Duty.MERGED, day)) == datetime(2026, 2, 10, tzinfo=CHINA)
    assert closed_at(Charge(Duty.REQUIRED, until=day)) == datetime(2026, 2, 11, tzinfo=CHINA)
    assert closed_at(Charge(Duty.REQUIRED, since=day)) is None


CITY = RegionalDays("4103*", "洛政办〔2025〕3号", department=MonthDay(1, 20), local=MonthDay(1, 15))
COUNTY = RegionalDays("410311", "洛龙政办〔2025〕9号", department=MonthDay(2, 20))
PROVINCE = RegionalDays("41*", "豫政办〔2025〕1号", government=MonthDay(4, 15))
NOTICED = Deadlines(local=MonthDay(1, 25), regions=(PROVINCE, COUNTY, CITY))


@pytest.mark.parametrize(
    ("kind", "region", "last_day", "extended_by", "local_day", "local_by"),
    [
        ("department", "410311", date(2026, 2, 20), COUNTY.basis, date(2026, 1, 15), CITY.basis),
        ("department", "410311001", LAST, None, date(2026, 1, 15), CITY.basis),
        ("department", "410305", LAST, None, date(2026, 1, 15), CITY.basis),
        ("department", "450103", LAST, None, date(2026, 1, 25), None),
        ("department", "", LAST, None, date(2026, 1, 25), None),
        ("government", "410305", date(2026, 4, 15), PROVINCE.basis, None, None),
        ("government", "450103", date(2026, 3, 31), None, None, None),
        ("street", "410311", date(2026, 2, 20), COUNTY.basis, date(2026, 1, 15), CITY.basis),
    ],
)
def test_the_longest_code_that_sets_a_day_counts(
    kind: str,
    region: str,
    last_day: date,
    extended_by: str | None,
    local_day: date | None,
    local_by: str | None,
) -> None:
    term = term_of(AgencyKind(kind), region, 2025, NOTICED)
    assert (term.last_day, term.extended_by) == (last_day, extended_by)
    assert (term.local_day, term.local_by) == (local_day, local_by)


@given(
    kind=st.sampled_from(AgencyKind),
    month=st.integers(1, 12),
    day=st.integers(1, 28),
    government=st.booleans(),
)
def test_no_regional_day_makes_a_report_due_before_the_usual_day(
    kind: AgencyKind, month: int, day: int, government: bool
) -> None:
    name = "government" if government else "department"
    notice = RegionalDays("41*", "文号", **{name: MonthDay(month, day)})
    usual = last_day_of(kind, 2025, Deadlines())
    term = term_of(kind, "410311", 2025, Deadlines(regions=(notice,)))
    assert term.last_day >= usual
    assert (term.extended_by is not None) == (term.last_day > usual)
    assert term.local_day is None or term.local_day < usual


def test_an_earlier_regional_day_is_a_local_day() -> None:
    notice = RegionalDays("41*", "文号", department=MonthDay(1, 20))
    term = term_of(AgencyKind.DEPARTMENT, "410311", 2025, Deadlines(regions=(notice,)))
    assert (term.last_day, term.local_day, term.local_by) == (LAST, date(2026, 1, 20), "文号")


def test_the_standing_names_the_notice_that_extends_the_term() -> None:
    due = term_of(AgencyKind.DEPARTMENT, "410311", 2025, NOTICED).due_at
    standing = derive(Facts(due, extended_by=COUNTY.basis), datetime(2026, 2, 1, tzinfo=CHINA))
    assert standing.status is Status.AWAITED
    assert "2026-02-20 24:00" in standing.because.zh
    assert COUNTY.basis in standing.because.zh


def test_names_come_down_through_several_hands() -> None:
    bodies = (
        Body("a", ("扶贫办", "扶贫开发办")),
        Body("b", ("乡村振兴局",), "c"),
        Body("c", ("农业农村局",)),
    )
    bodies = (Body("a", bodies[0].names, "b"), *bodies[1:])
    assert names_continued(bodies) == {
        "b": ("扶贫办", "扶贫开发办"),
        "c": ("扶贫办", "扶贫开发办", "乡村振兴局"),
    }


@pytest.mark.parametrize(
    ("successors", "endless"),
    [
        ({"a": "b", "b": None}, False),
        ({"a": "a"}, True),
        ({"a": "b", "b": "a"}, True),
        ({"a": "b", "b": "c", "c": "b"}, True),
        ({**{str(n): str(n + 1) for n in range(MOST_HANDS)}, "a": "0"}, True),
    ],
)
def test_successors_that_lead_nowhere_are_seen(
    successors: dict[str, str | None], endless: bool
) -> None:
    assert has_no_end("a", successors) is endless
