"""The kinds of values in ``config.toml``, each with the sentence that says what is wrong with one. Pure."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Strict

from reports.deadlines import MonthDay
from reports.documents.page.selector import selector_of
from reports.events import EventKind

_MOST = Decimal(1_000_000)


class Problem(ValueError):
    """A value that cannot be used; carries the sentence in Chinese and English as ``zh|en``."""


def _problem(zh: str, en: str) -> Problem:
    return Problem(f"{zh}|{en}")


def _key(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", value):
        raise _problem(
            "只能用小写字母、数字、- 和 _", "use lower-case letters, digits, - and _ only"
        )
    return value


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise _problem(
            "不是已知的时区，例如 Asia/Shanghai", "no known time zone; try Asia/Shanghai"
        )
    return value


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", value):
        raise _problem(
            "应是 http:// 或 https:// 开头的完整地址", "must be a full http(s):// address"
        )
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9\u0080-\uffff][A-Za-z0-9.\u0080-\uffff-]*(?::\d{1,5})?", value):
        raise _problem(
            "应为主机名，例如 www.example.gov.cn，不带 http:// 和路径",
            "must be a host name as www.example.gov.cn, without http:// and path",
        )
    return value.casefold()


def _id_code(value: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z]{10}", value):
        raise _problem("应为 10 位数字或字母", "must be ten letters or digits")
    return value.casefold()


def _month_day(value: Any) -> Any:
    found = re.fullmatch(r"(\d\d)-(\d\d)", value) if isinstance(value, str) else None
    try:
        if found is None:
            raise ValueError(value)
        day = MonthDay(int(found[1]), int(found[2]))
        day.in_year(2023)
    except ValueError:
        raise _problem("应写成 月-日，例如 01-31", "write it as MM-DD, for example 01-31") from None
    return day


def _time_of_day(value: Any) -> Any:
    try:
        if not (isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value)):
            raise ValueError(value)
        return time.fromisoformat(value)
    except ValueError:
        raise _problem("应写成 时:分，例如 08:30", "write it as HH:MM, for example 08:30") from None


def _hours(value: Any) -> Any:
    parts = value.split("-") if isinstance(value, str) else []
    if len(parts) != 2:
        raise _problem("应写成 21:00-07:30", "write it as 21:00-07:30")
    return tuple(_time_of_day(part.strip()) for part in parts)


def _article(value: str) -> str:
    if selector_of(value) is None:
        raise _problem(
            "应写成 #zoom、.article、div.article 或标签名",
            "write it as #zoom, .article, div.article or the name of a tag",
        )
    return value.strip()


def _event_kinds(value: str) -> str:
    if not any(fnmatchcase(kind.value, value) for kind in EventKind):
        raise _problem(
            "没有这样的事件类型，例如 report.missing 或 report.*",
            "no such kind of event; try report.missing or report.*",
        )
    return value


def amount(value: Any) -> Decimal:
    """Return a number of a rule profile: exact, finite, not negative."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _problem("应为数字", "a number is expected")
    number = Decimal(value)
    if not number.is_finite() or not 0 <= number <= _MOST:
        raise _problem(f"应在 0 至 {_MOST} 之间", f"must lie between 0 and {_MOST}")
    return number


# "off" is no false and true is no 1: what was not written as such is not taken for it.
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
YesOrNo = Annotated[bool, Strict()]
ArticleSelector = Annotated[str, AfterValidator(_article)]
Key = Annotated[str, AfterValidator(_key)]
Host = Annotated[str, AfterValidator(_host)]
SiteIDCode = Annotated[str, AfterValidator(_id_code)]
Zone = Annotated[str, AfterValidator(_zone)]
EventKinds = Annotated[str, AfterValidator(_event_kinds)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Day = Annotated[MonthDay, BeforeValidator(_month_day)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Hours = Annotated[tuple[time, time], BeforeValidator(_hours)]
