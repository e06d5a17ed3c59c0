"""T rules on the date that a report shows: against our looks, its address, and the calendar. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from reports.case import Timeliness
from reports.cells import Label
from reports.deadlines import CHINA, china_date
from reports.findings import Severity
from reports.hidden_times import NAMES
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.gaps import NO_TIMELINESS
from reports.rules.subject import NotTold, Subject
from reports.rules.timeliness.notices import last_day_of, timeliness_of
from reports.status import Proof, Status
from reports.status_words import china_time
from reports.words import Words

_OBLIGATION = Reach(needs_report=False)
_BASIS = Words(
    "《政府信息公开条例》第六条（及时、准确公开）、第四十九条",
    "Regulation on Disclosure, art. 6 (timely and accurate) and art. 49",
)


@rule(
    code="T07",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "页面显示的日期不早于我们查看栏目而报告尚不在其中的时间。",
        "The date shown is not earlier than a look at the column that did not have the report.",
    ),
    clears=Words(
        "更正页面日期，或提供在该日期已经公布的记录。",
        "The date is corrected, or a record shows that the report was there on that date.",
    ),
    innocent=Words(
        "列表由缓存提供、分页隐藏条目、只查看过一次，都不足以证明，不作判定。",
        "A cached list, entries hidden on other pages, or a single look prove nothing and are not judged.",
    ),
    reach=_OBLIGATION,
    limits={"hours": "24"},
)
def shown_before_it_was_there(subject: Subject, _scope: Label) -> Breach | None:
    """Hold the shown date against the last look of a proven absence."""
    timeliness = timeliness_of(subject)
    shown = timeliness.shown_on
    proven = timeliness.status is Status.LATE and timeliness.proof is Proof.CONTRADICTED
    if not proven or shown is None:
        return None
    if timeliness.absent_at is None or timeliness.first_seen_at is None:
        raise NotTold(NO_TIMELINESS)
    # The report may have come in the last minute of the day that it shows.
    after = timeliness.absent_at - _end_of(shown)
    if after < timedelta(hours=int(subject.limits["hours"])):
        return None
    return _before_it_was_there(shown, timeliness.absent_at, timeliness.first_seen_at, timeliness)


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(days=1)


def _clues(timeliness: Timeliness) -> Words:
    """Return what the address says of the time: told for the reader to weigh, and judged by nobody."""
    zh, en = [], []
    if timeliness.url_on is not None:
        zh.append(f"网址中的日期为 {timeliness.url_on}")
        en.append(f"the address names {timeliness.url_on}")
    if timeliness.id_time is not None:
        made, how = china_time(timeliness.id_time.at), NAMES[timeliness.id_time.hiding]
        zh.append(f"网址编号（{how.zh}）对应 {made}")
        en.append(f"its number ({how.en}) stands for {made}")
    if not zh:
        return Words("", "")
    return Words(f"另：{'，'.join(zh)}。", f" Besides, {' and '.join(en)}.")


def _before_it_was_there(
    shown: date, absent_at: datetime, seen_at: datetime, timeliness: Timeliness
) -> Breach:
    absent, seen, clues = china_time(absent_at), china_time(seen_at), _clues(timeliness)
    return Breach(
        cells=(),
        expected=china_date(seen_at).isoformat(),
        actual=shown.isoformat(),
        message=Words(
            f"页面日期为 {shown}，但 {absent} 查看栏目时尚无此报告，{seen} 首次见到。"
            f"{clues.zh}请核对页面日期；如当时已公布，请提供记录以便更正。",
            f"The page shows {shown}, but at {absent} the column did not have the report; first seen at "
            f"{seen}.{clues.en} Please check the date; if it was there, send a record so that this is "
            "corrected.",
        ),
    )


@rule(
    code="T08",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "页面显示的日期不早于网址中的日期。",
        "The date shown is not earlier than the date in the address.",
    ),
    clears=Words("核对并更正页面显示的日期。", "The date shown is checked and corrected."),
    innocent=Words(
        "先写稿后上传、网站迁移改写网址，都会造成差异；相差很大的按迁移处理，不提示。",
        "Drafts uploaded later and migrated sites differ, too; a wide difference is taken as a migration.",
    ),
    reach=_OBLIGATION,
    limits={"days": "2", "most_days": "60", "season_days": "60"},
    default=Default.NOTICE,
)
def shown_before_its_address(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the shown date with that of the address, both in the season of this report."""
    timeliness = timeliness_of(subject)
    shown, named = timeliness.shown_on, timeliness.url_on
    if shown is None or named is None or shown < _opens(subject, timeliness):
        return None
    days = (named - shown).days
    if not int(subject.limits["days"]) <= days <= int(subject.limits["most_days"]):
        return None
    seen = _first_sight(timeliness)
    return Breach(
        cells=(),
        expected=named.isoformat(),
        actual=shown.isoformat(),
        message=Words(
            f"页面日期为 {shown}，网址中的日期为 {named}，早 {days} 天。{seen.zh}请核对页面日期。",
            f"The page shows {shown}, its address names {named}: {days} days earlier.{seen.en} Please "
            "check the date shown.",
        ),
    )


def _first_sight(timeliness: Timeliness) -> Words:
    if timeliness.first_seen_at is None:
        return Words("", "")
    seen = china_time(timeliness.first_seen_at)
    return Words(f"我方 {seen} 首次见到。", f" First seen by us at {seen}.")


def _opens(subject: Subject, timeliness: Timeliness) -> date:
    return last_day_of(timeliness) - timedelta(days=int(subject.limits["season_days"]))


@rule(
    code="T09",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "页面显示的公布日期在报告年度结束之后，且不晚于首次见到的日期。",
        "The date shown lies after the end of the report year and not after the day of first sight.",
    ),
    clears=Words("更正页面显示的日期。", "The date shown is corrected."),
    innocent=Words(
        "年底最后几天即公布的、首次见到次日的日期（时区、定时发布），都不算。",
        "Reports of the year's last days, and a date one day ahead (zones, timers), do not count.",
    ),
    reach=_OBLIGATION,
    limits={"days_ahead": "1", "days_before": "3"},
)
def shown_date_impossible(subject: Subject, _scope: Label) -> Breach | None:
    """Hold the shown date against the calendar and the day of first sight."""
    timeliness = timeliness_of(subject)
    shown = timeliness.shown_on
    if shown is None:
        return None
    seen_at, year = timeliness.first_seen_at or timeliness.judged_at, subject.year
    if seen_at is None or year is None:
        raise NotTold(NO_TIMELINESS)
    seen = china_date(seen_at)
    if shown > seen + timedelta(days=int(subject.limits["days_ahead"])):
        return _in_the_future(shown, seen)
    opens = date(year + 1, 1, 1)
    if shown < opens - timedelta(days=int(subject.limits["days_before"])):
        return _before_the_years_end(shown, opens)
    return None


def _in_the_future(shown: date, seen: date) -> Breach:
    return Breach(
        cells=(),
        expected=seen.isoformat(),
        actual=shown.isoformat(),
        message=Words(
            f"页面日期为 {shown}，比首次见到的 {seen} 还晚 {(shown - seen).days} 天。请更正页面日期。",
            f"The page shows {shown}, {(shown - seen).days} days after it was first seen ({seen}). Please "
            "correct the date.",
        ),
    )


def _before_the_years_end(shown: date, opens: date) -> Breach:
    return Breach(
        cells=(),
        expected=opens.isoformat(),
        actual=shown.isoformat(),
        message=Words(
            f"页面日期为 {shown}，早于报告年度结束（{opens} 起方可公布全年数据）。请核对页面日期。",
            f"The page shows {shown}, before the report year had ended (figures of the whole year exist "
            f"from {opens}). Please check the date.",
        ),
    )
