"""The sentences that explain a status: neutral, with the figures, never an accusation. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from reports.deadlines import CHINA
from reports.looks import Looks
from reports.words import Words


def china_time(instant: datetime | None) -> str:
    """Return an instant as people in China read it, to the minute."""
    return "—" if instant is None else instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def due_time(due_at: datetime) -> str:
    """Return a due instant as the law counts it: the end of the last day, never the day after."""
    local = due_at.astimezone(CHINA)
    if local.time() != time():
        return china_time(due_at)
    return f"{(local - timedelta(days=1)).date()} 24:00"


def awaited(due_at: datetime, now: datetime) -> Words:
    """Explain that the report is not there and need not be yet."""
    days = max((due_at - now) // timedelta(days=1), 0)
    due = due_time(due_at)
    return Words(
        f"尚未发现报告；期限至 {due}，还有 {days} 天。",
        f"Not found yet; due by {due} (China time), {days} days left.",
    )


def seen(first_seen_at: datetime, due_at: datetime) -> Words:
    """Explain that we saw the report before the due instant."""
    at, due = china_time(first_seen_at), due_time(due_at)
    return Words(
        f"{at} 已见到报告，早于期限 {due}。",
        f"Seen by us at {at}, before the due instant {due} (China time).",
    )


def claimed(shown_on: date, due_day: date, first_seen_at: datetime) -> Words:
    """Explain that only the report's own date says that it was on time."""
    at = china_time(first_seen_at)
    return Words(
        f"页面日期为 {shown_on}，未超过期限 {due_day}；我方 {at} 才首次查看到，此前无可用的查看记录。",
        f"Its own date is {shown_on}, within the deadline {due_day}; first seen by us at {at}, "
        "with no good look in between.",
    )


def undated(first_seen_at: datetime) -> Words:
    """Explain that nothing speaks against publication in time."""
    at = china_time(first_seen_at)
    return Words(
        f"{at} 首次见到报告；页面没有日期，也没有证据表明超过期限。",
        f"First seen at {at}; the page shows no date and nothing contradicts publication in time.",
    )


def late_by_its_date(shown_on: date, due_day: date) -> Words:
    """Explain that the report's own date lies after the deadline."""
    days = (shown_on - due_day).days
    return Words(
        f"页面日期为 {shown_on}，晚于期限 {due_day} {days} 天。",
        f"Its own date is {shown_on}, {days} days after the deadline {due_day}.",
    )


def _absence(absent: Looks) -> Words:
    first, last = china_time(absent.first_at), china_time(absent.last_at)
    return Words(
        f"期限后 {absent.count} 次正常查看（{first} 至 {last}）均未见到报告",
        f"{absent.count} good looks after the deadline ({first} to {last}) did not find the report",
    )


def late_by_absence(absent: Looks, first_seen_at: datetime) -> Words:
    """Explain that our looks after the deadline prove that the report came later."""
    words, at = _absence(absent), china_time(first_seen_at)
    return Words(f"{words.zh}，{at} 首次见到。", f"{words.en}; first seen at {at}.")


def undated_after_one_look(absent: Looks, first_seen_at: datetime) -> Words:
    """Explain that too few looks stand between the deadline and the first sight to judge."""
    words, at = _absence(absent), china_time(first_seen_at)
    return Words(
        f"{words.zh}，{at} 首次见到；页面没有日期，查看次数不足以判定是否按期，请人工核实。",
        f"{words.en}; first seen at {at}. The page shows no date and the looks are too few to judge; "
        "please verify by hand.",
    )


def contradicted(shown_on: date, absent: Looks, first_seen_at: datetime, *, proven: bool) -> Words:
    """Explain that the report's date claims publication in time and our looks did not have it."""
    words, at = _absence(absent), china_time(first_seen_at)
    zh = f"页面日期为 {shown_on}，但{words.zh}，{at} 首次见到"
    en = f"Its own date is {shown_on}, but {words.en}; first seen at {at}"
    if proven:
        return Words(f"{zh}。", f"{en}.")
    return Words(
        f"{zh}；查看次数不足以判定，请人工核实。",
        f"{en}. The looks are too few to judge; please verify by hand.",
    )


def missing(due_at: datetime, absent: Looks) -> Words:
    """Explain a proven absence."""
    words, due = _absence(absent), due_time(due_at)
    return Words(
        f"期限 {due} 已过；{words.zh}。如已在别处发布，请告知地址。",
        f"The deadline {due} has passed; {words.en}. If it stands elsewhere, please tell us the address.",
    )


def unverified(
    due_at: datetime, absent: Looks, last_failure: Words | None, span: timedelta
) -> Words:
    """Explain that the deadline has passed and nothing is proven yet."""
    due, hours = due_time(due_at), span // timedelta(hours=1)
    zh = f"期限 {due} 已过，尚不能判定："
    en = f"The deadline {due} has passed and nothing can be said yet: "
    if last_failure is not None:
        return Words(f"{zh}{last_failure.zh}。", f"{en}{last_failure.en}.")
    if not absent.count:
        return Words(f"{zh}期限后还没有正常查看过栏目。", f"{en}no good look since the deadline.")
    at = china_time(absent.last_at)
    return Words(
        f"{zh}{at} 查看时未见到报告，需间隔至少 {hours} 小时再次查看才能认定。",
        f"{en}not there at {at}; a second look at least {hours} hours later is needed as proof.",
    )


def withdrawn(gone: Looks) -> Words:
    """Explain that a published report is gone."""
    first, last = china_time(gone.first_at), china_time(gone.last_at)
    return Words(
        f"报告曾经发布，但 {first} 至 {last} 的 {gone.count} 次查看都已不在原地址，网站其他页面正常。",
        f"Was published, but {gone.count} looks from {first} to {last} found it gone while the site "
        "was healthy.",
    )


def extended(because: Words, basis: str) -> Words:
    """Add to a standing reason which notice the deadline rests on."""
    return Words(
        f"{because.zh} 期限依据当地规定：{basis}。",
        f"{because.en} The deadline is that of a local notice: {basis}.",
    )


def not_required(first_seen_at: datetime) -> Words:
    """Explain that a report is there although none is required, so that nothing is said of its time."""
    at = china_time(first_seen_at)
    return Words(
        f"{at} 首次见到报告；登记为不要求公布，不判定是否按期。",
        f"First seen at {at}; registered as not required, so its time is not judged.",
    )


def suspect(because: Words, gone: Looks) -> Words:
    """Add to a standing reason that the report was not at its address when last looked at."""
    first = china_time(gone.first_at)
    return Words(
        f"{because.zh} 备注：自 {first} 起 {gone.count} 次查看未能在原地址打开，继续核实。",
        f"{because.en} Remark: since {first} it could not be opened at its address "
        f"({gone.count} looks); being verified.",
    )


def replaced(now_there: Words) -> Words:
    """Remark that another report stands at the address where this one was seen."""
    return Words(
        f"备注：原地址现在显示的是{now_there.zh}；本报告当时的原件已存档，认定不变。",
        f"Remark: its address now shows {now_there.en}; the original as it was seen is archived, and the "
        "standing is unchanged.",
    )


def as_remark(words: Words) -> Words:
    """Return a sentence as a remark."""
    return Words(f"备注：{words.zh}", f"Remark: {words.en}")


def remarked(because: Words, remark: Words) -> Words:
    """Add a remark to the reason of a standing."""
    return Words(f"{because.zh} {remark.zh}", f"{because.en} {remark.en}")


def gone_together(gone: int, known: int, at: datetime) -> Words:
    """Explain that many reports of a column went at once: a rebuilt site rather than withdrawals."""
    when = china_time(at)
    return Words(
        f"{when} 起该栏目已知的 {known} 份报告中有 {gone} 份同时打不开，可能是网站改版或栏目清理，"
        "不据此认定撤下，请人工核实。",
        f"Since {when} {gone} of the {known} known reports of this column cannot be opened, all at once: "
        "the site may have been rebuilt. None is called withdrawn; please verify by hand.",
    )
