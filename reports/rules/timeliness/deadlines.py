"""T rules: was the report there in time. They judge the obligation, not the text. Pure."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from reports.agencies import AgencyKind
from reports.case import Timeliness
from reports.cells import Label
from reports.deadlines import basis_of, china_date
from reports.findings import Severity
from reports.rules.engine import Breach, Reach, rule
from reports.rules.gaps import NO_TIMELINESS
from reports.rules.subject import NotTold, Subject
from reports.status import Status
from reports.words import Words

_OBLIGATION = Reach(needs_report=False)

_GOVERNMENTS = frozenset({AgencyKind.GOVERNMENT})
_DEPARTMENTS = frozenset({AgencyKind.DEPARTMENT, AgencyKind.GOVERNMENT_OFFICE, AgencyKind.VERTICAL})
_BY_PRACTICE = frozenset(AgencyKind) - _GOVERNMENTS - _DEPARTMENTS
"""Bodies for which article 49 names no day: one step milder."""

_AFTER_LATE = Words(
    "如有更早的公布记录，请提供地址或截图以便更正；下一年度请在期限内公布。",
    "If it was published earlier, please send the address or a record so that this can be corrected; "
    "next year please publish within the term.",
)
_AFTER_MISSING = Words(
    "请尽快公布，或告知已公布的地址。", "Please publish it or tell us where it stands."
)


@rule(
    code="T01",
    severity=Severity.ERROR,
    basis=basis_of(AgencyKind.DEPARTMENT),
    statement=Words(
        "县级以上人民政府部门的年度报告应在次年 1 月 31 日前（含当日）公布。",
        "A department's report is published by 31 January of the next year, that day included.",
    ),
    clears=Words(
        "提供更早公布的地址或截图，经核实后更正；逾期本身不能补救。",
        "A record of an earlier publication, once verified; lateness itself cannot be mended.",
    ),
    innocent=Words(
        "网站迁移会改写旧页面的日期；只凭首次所见时间而没有期限后未见到的记录，不作判定。",
        "A migration re-dates old pages; a late first sight without a proven absence is not judged.",
    ),
    reach=_OBLIGATION,
)
def department_late(subject: Subject, _scope: Label) -> Breach | None:
    """Judge departments, offices and vertical bodies by status ``late``."""
    return _judge(subject, _DEPARTMENTS, {Status.LATE})


@rule(
    code="T02",
    severity=Severity.ERROR,
    basis=basis_of(AgencyKind.DEPARTMENT),
    statement=Words(
        "期限过后，部门的年度报告应当能在其公开栏目中查到。",
        "After the deadline a department's report can be found in its column.",
    ),
    clears=Words(
        "报告公布并在栏目中能查到，或告知已公布的地址。",
        "The report is published and can be found in its column, or its address is made known.",
    ),
    innocent=Words(
        "发布在其他栏目、单位已撤并、网站无法访问或拒绝读取，都不是“未公布”。",
        "Another column, a merged agency, or a site that is down or refuses readers is not absence.",
    ),
    reach=_OBLIGATION,
)
def department_missing(subject: Subject, _scope: Label) -> Breach | None:
    """Judge departments, offices and vertical bodies by status ``missing``."""
    return _judge(subject, _DEPARTMENTS, {Status.MISSING})


@rule(
    code="T03",
    severity=Severity.ERROR,
    basis=basis_of(AgencyKind.GOVERNMENT),
    statement=Words(
        "县级以上地方人民政府的年度报告应在次年 3 月 31 日前（含当日）公布。",
        "A local government's report is published by 31 March of the next year, that day included.",
    ),
    clears=Words(
        "报告公布并在栏目中能查到；逾期的，提供更早公布的记录。",
        "The report is published and can be found; for lateness, a record of an earlier publication.",
    ),
    innocent=Words(
        "政府办公室 1 月的报告与政府 3 月的报告是两份不同的报告。",
        "The office's report of January and the government's report of March are two reports.",
    ),
    reach=_OBLIGATION,
)
def government_late_or_missing(subject: Subject, _scope: Label) -> Breach | None:
    """Judge governments by status ``late`` and ``missing``."""
    return _judge(subject, _GOVERNMENTS, {Status.LATE, Status.MISSING})


@rule(
    code="T04",
    severity=Severity.WARNING,
    basis=basis_of(AgencyKind.TOWNSHIP),
    statement=Words(
        "乡镇、街道以及条例未写明日期的其他单位，通常也在次年 1 月 31 日前（含当日）公布。",
        "Townships, streets and other bodies without a statutory day publish by 31 January in practice.",
    ),
    clears=Words(
        "报告公布并在栏目中能查到；当地另有期限的，在登记表中写明。",
        "The report is published and can be found; a local deadline is entered in the register.",
    ),
    innocent=Words(
        "条例没有写明日期，当地通知可以另定；因此只作提醒。",
        "No statutory day exists and a local notice may set another one; hence a warning only.",
    ),
    reach=_OBLIGATION,
)
def township_late_or_missing(subject: Subject, _scope: Label) -> Breach | None:
    """Judge bodies whose day is set by practice by status ``late`` and ``missing``."""
    return _judge(subject, _BY_PRACTICE, {Status.LATE, Status.MISSING})


def _judge(
    subject: Subject, kinds: AbstractSet[AgencyKind], broken_by: AbstractSet[Status]
) -> Breach | None:
    timeliness, identity = subject.case.timeliness, subject.case.identity
    if timeliness is None or identity is None:
        raise NotTold(NO_TIMELINESS)
    if identity.kind not in kinds or timeliness.status not in broken_by:
        return None
    return _breach(timeliness, identity.kind)


def _breach(timeliness: Timeliness, kind: AgencyKind) -> Breach:
    last_day = china_date(timeliness.due_at - timedelta(seconds=1))
    published = _published_on(timeliness, last_day)
    advice = _AFTER_MISSING if timeliness.status is Status.MISSING else _AFTER_LATE
    because = timeliness.because
    return Breach(
        cells=(),
        expected=last_day.isoformat(),
        actual=None if published is None else published.isoformat(),
        message=Words(
            f"应不晚于 {last_day} 公布。{because.zh}{advice.zh}",
            f"Due by {last_day}. {because.en} {advice.en}",
        ),
        basis=basis_of(kind),
    )


def _published_on(timeliness: Timeliness, last_day: date) -> date | None:
    """Return the day that proves the lateness: its own date when that is late, else our first sight."""
    if timeliness.status is Status.MISSING:
        return None
    if timeliness.shown_on is not None and timeliness.shown_on > last_day:
        return timeliness.shown_on
    seen = timeliness.first_seen_at
    return None if seen is None else china_date(seen)
