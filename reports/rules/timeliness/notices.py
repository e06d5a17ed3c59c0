"""T rules before the law's day: the local notice's earlier day, and the deadline that is near. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from reports.case import Timeliness
from reports.cells import Label
from reports.deadlines import basis_of, china_date
from reports.findings import Severity
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.gaps import NO_TIMELINESS
from reports.rules.subject import NotTold, Subject
from reports.status import Status
from reports.words import Words

_OBLIGATION = Reach(needs_report=False)
_DAY = timedelta(days=1)
_JUDGED_OTHERWISE = frozenset({Status.LATE, Status.EXEMPT})


@rule(
    code="T05",
    severity=Severity.NOTICE,
    basis=Words(
        "当地年报工作安排（早于法定期限的内部时限）",
        "The local notice on annual reports (a day before the statutory one)",
    ),
    statement=Words(
        "当地通知另定较早日期的，报告在该日期前（含当日）公布。",
        "Where a local notice sets an earlier day, the report is published by that day, included.",
    ),
    clears=Words(
        "提供更早公布的记录，或更正登记的当地期限；不影响法定期限的判定。",
        "A record of an earlier publication, or the local day corrected in the register; the statutory "
        "deadline is another matter.",
    ),
    innocent=Words(
        "登记的当地期限可能是往年的；只凭首次所见时间而没有此前未见到的记录，不作判定。",
        "The local day in the register may be last year's; a late first sight alone is not judged.",
    ),
    reach=_OBLIGATION,
)
def local_day_missed(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the proven day of publication with the local day, within the statutory term."""
    timeliness = timeliness_of(subject)
    local, last_day = timeliness.local_due_on, last_day_of(timeliness)
    if local is None or local >= last_day or timeliness.status in _JUDGED_OTHERWISE:
        return None
    day, notice = _proven_day(timeliness, local), timeliness.local_by
    if day is None or not local < day <= last_day:
        return None
    return Breach(
        cells=(),
        expected=local.isoformat(),
        actual=day.isoformat(),
        message=Words(
            f"当地安排应不晚于 {local} 公布，实际为 {day}，晚 {(day - local).days} 天，但仍在法定期限 "
            f"{last_day} 之内。如当地期限已调整，请更正登记。",
            f"The local notice sets {local}; published on {day}, {(day - local).days} day(s) after, within "
            f"the statutory term ({last_day}). If the local day has changed, please correct the register.",
        ),
        basis=None if notice is None else Words(notice, notice),
    )


def timeliness_of(subject: Subject) -> Timeliness:
    """Return where the obligation stands. Raises NotTold when nobody told."""
    if subject.case.timeliness is None:
        raise NotTold(NO_TIMELINESS)
    return subject.case.timeliness


def last_day_of(timeliness: Timeliness) -> date:
    """Return the last day, included, of the statutory term."""
    return china_date(timeliness.due_at - timedelta(seconds=1))


def _proven_day(timeliness: Timeliness, local: date) -> date | None:
    """Return the day the report shows; else that of first sight, if it was not there after the local day."""
    if timeliness.shown_on is not None:
        return timeliness.shown_on
    seen, absent = timeliness.first_seen_at, timeliness.absent_at
    if seen is None or absent is None or china_date(absent) <= local:
        return None
    return china_date(seen)


@rule(
    code="T06",
    severity=Severity.NOTICE,
    basis=Words("《政府信息公开条例》第四十九条", "Regulation on Disclosure, art. 49"),
    statement=Words(
        "期限临近而报告尚未见到的，提前提醒。",
        "A deadline that is near while no report was seen is called to mind.",
    ),
    clears=Words("报告公布并在栏目中能查到。", "The report is published and can be found."),
    innocent=Words(
        "这只是到期前的提醒，期限未到，不是问题。",
        "A reminder before the deadline; nothing is overdue and nothing is wrong.",
    ),
    reach=_OBLIGATION,
    limits={"days": "14"},
    default=Default.NOTICE,
)
def deadline_near(subject: Subject, _scope: Label) -> Breach | None:
    """Remind of a deadline within the given number of days while the report is awaited."""
    timeliness, year = timeliness_of(subject), subject.year
    if timeliness.status is not Status.AWAITED:
        return None
    if timeliness.judged_at is None:
        raise NotTold(NO_TIMELINESS)
    left = timeliness.due_at - timeliness.judged_at
    if not timedelta() < left <= int(subject.limits["days"]) * _DAY:
        return None
    last_day, days = last_day_of(timeliness), -(-left // _DAY)
    report = "" if year is None else f" {year} "
    return Breach(
        cells=(),
        expected=last_day.isoformat(),
        actual=None,
        message=Words(
            f"距期限 {last_day}（含当日）还有 {days} 天，栏目中尚未见到{report}年度报告。"
            "请在期限内公布；已在别处公布的，请告知地址。",
            f"{days} day(s) to the deadline {last_day} (included); the report{report.rstrip()} is not in "
            "its column yet. Please publish it in time, or tell us where it stands.",
        ),
        basis=None if subject.case.identity is None else basis_of(subject.case.identity.kind),
    )
