"""One whole season in rows: every status, a revised report, a torn one, a site that is down."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session

from db.session import writing
from db.tables import FindingRow, Look
from reports import status_words as say
from reports.deadlines import Deadlines, due_at
from reports.looks import Looks
from reports.words import Words
from tests.web_rows import (
    KIND,
    NOW,
    WRONG,
    YEAR,
    AgencyRow,
    Published,
    a_site,
    a_version,
    an_event,
    an_instant,
    an_obligation,
    stands_for,
)

DUE = due_at(KIND.STREET, YEAR, Deadlines())
ABSENT = Looks(5, an_instant(2, 1, 8), an_instant(2, 5, 8))
REFUSED = Words("网站无法连接：连接被拒绝", "the site cannot be reached: connection refused")

REVISED = AgencyRow(
    "kejiyuan",
    "洛龙区科技园街道办事处",
    "luolong",
    "410311",
    "on_time",
    say.seen(an_instant(1, 20), DUE),
    proof="seen",
    first_seen_at=an_instant(1, 20),
    shown_on=date(2026, 1, 20),
)
MISSING = AgencyRow(
    "xuefu", "洛龙区学府街道办事处", "luolong", "410311", "missing", say.missing(DUE, ABSENT)
)
FAULTY = AgencyRow(
    "kejiju",
    "平顶山市卫东区科学技术和工业信息化局",
    "weidong",
    "410403",
    "on_time",
    say.claimed(date(2026, 1, 28), date(2026, 1, 31), an_instant(1, 29)),
    kind=KIND.DEPARTMENT,
    proof="claimed",
    first_seen_at=an_instant(1, 29),
    shown_on=date(2026, 1, 28),
)
LATE = AgencyRow(
    "huiyuan",
    "鲁山县汇源街道办事处",
    "lushan",
    "410423",
    "late",
    say.late_by_absence(ABSENT, an_instant(2, 4)),
    first_seen_at=an_instant(2, 4),
    shown_on=date(2026, 2, 3),
)
OTHERS = (
    AgencyRow(
        "donggong",
        "平顶山市卫东区东工人镇街道办事处",
        "tanghe",
        "410403",
        "unverified",
        say.unverified(DUE, Looks(), REFUSED, ABSENT.last_at - ABSENT.first_at),
    ),
    AgencyRow(
        "caizhengju",
        "平顶山市卫东区财政局",
        "weidong",
        "410403",
        "withdrawn",
        say.withdrawn(Looks(4, an_instant(2, 2, 8), an_instant(2, 4, 20))),
        kind=KIND.DEPARTMENT,
        proof="seen",
        first_seen_at=an_instant(1, 16),
        shown_on=date(2026, 1, 15),
    ),
    AgencyRow(
        "lushan-zf",
        "鲁山县人民政府",
        "lushan",
        "410423",
        "awaited",
        say.awaited(due_at(KIND.GOVERNMENT, YEAR, Deadlines()), NOW),
        kind=KIND.GOVERNMENT,
    ),
    AgencyRow(
        "shizhiban",
        "鲁山县地方史志办公室",
        "lushan",
        "410423",
        "exempt",
        Words("已并入县委党史研究室。", "Merged into the county's party history office."),
        kind=KIND.DEPARTMENT,
    ),
)


def a_season(engine: Engine) -> None:
    """Write the season."""
    with writing(engine) as session:
        a_site(session, "luolong", "洛龙区人民政府")
        a_site(session, "weidong", "卫东区人民政府")
        a_site(session, "lushan", "鲁山县人民政府")
        a_site(session, "tanghe", "卫东区街道信息网", state="down")
        _revised(session)
        _faulty(session)
        _late(session)
        _missing(session)
        for row in OTHERS:
            an_obligation(session, row)
        because = Words("连接被拒绝，已连续 3 次。", "Connection refused, three times in a row.")
        an_event(session, "site.down", an_instant(2, 3, 8), None, because, site="tanghe")


def _revised(session: Session) -> None:
    duty = an_obligation(session, REVISED)
    first = a_version(session, REVISED, Published(figures=WRONG))
    later = Published(seen_at=an_instant(1, 26))
    stands_for(duty, a_version(session, REVISED, later, previous=first))
    an_event(session, "report.published", an_instant(1, 20), REVISED, REVISED.because)
    changed = Words("第三表“总计”等 3 处数字有修改。", "Three figures of table 3 were changed.")
    an_event(session, "report.revised", an_instant(1, 26), REVISED, changed)


def _faulty(session: Session) -> None:
    duty = an_obligation(session, FAULTY)
    shown = Published(figures=WRONG, seen_at=an_instant(1, 29))
    stands_for(duty, a_version(session, FAULTY, shown))
    an_event(session, "report.published", an_instant(1, 29), FAULTY, FAULTY.because)


def _late(session: Session) -> None:
    duty = an_obligation(session, LATE)
    shown = Published(tear="total_lost", seen_at=an_instant(2, 4))
    stands_for(duty, a_version(session, LATE, shown))
    session.add(
        FindingRow(
            agency_key=LATE.key,
            year=YEAR,
            outcome="broken",
            code="T04",
            severity="warning",
            message_zh="2026-02-04 首次见到，晚于期限 2026-01-31。",
            message_en="First seen on 2026-02-04, after the deadline 2026-01-31.",
            basis_zh="《政府信息公开条例》第四条",
            basis_en="Regulation on Disclosure, art. 4",
        )
    )
    an_event(session, "report.published_late", an_instant(2, 4), LATE, LATE.because)


def _missing(session: Session) -> None:
    an_obligation(session, MISSING)
    for day in (1, 2, 3, 4, 5):
        session.add(
            Look(agency_key=MISSING.key, year=YEAR, at=an_instant(2, day, 8), result="absent")
        )
    an_event(session, "report.missing", DUE, MISSING, MISSING.because)
