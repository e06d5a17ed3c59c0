"""The kinds of tables and values in ``config.toml``, each with the sentence on a wrong one. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Strict

from reports.deadlines import MonthDay
from reports.documents.page.selector import selector_of
from reports.events import EventKind

_MOST = Decimal(1_000_000)
_LONGEST = 200
# Control signs, half characters, unseen signs, line and paragraph ends.
_UNSEEN = frozenset({"Cc", "Cs", "Cf", "Zl", "Zp"})
_NO_SIGNS = frozenset("\ufffd\ufffe\uffff")
# GB 32100-2015: the signs of a credit code, in the order of their values.
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Part(BaseModel):
    """A table of the configuration: frozen, and knowing every one of its keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, strict=False
    )


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


def _day_of_year(value: Any) -> Any:
    if isinstance(value, datetime):
        raise _problem("应只写日期，例如 2025-06-30", "write the day alone, for example 2025-06-30")
    if isinstance(value, date):
        return value
    try:
        if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise _problem(
            "应写成 年-月-日，例如 2025-06-30", "write it as YYYY-MM-DD, for example 2025-06-30"
        ) from None


def _label(value: str) -> str:
    plain = value.strip()
    if not plain:
        raise _problem("不能为空", "must not be empty")
    if any(unicodedata.category(sign) in _UNSEEN or sign in _NO_SIGNS for sign in plain):
        raise _problem(
            "含有换行、不可见字符或乱码，请重新输入",
            "it holds a line break, unseen signs or garbled text; type it anew",
        )
    if len(plain) > _LONGEST:
        raise _problem(f"不能超过 {_LONGEST} 个字符", f"must not exceed {_LONGEST} characters")
    if plain.startswith(("=", "+", "-", "@")):
        raise _problem(
            "不能以 = + - @ 开头：表格软件会当作公式",
            "must not begin with = + - @: a spreadsheet takes it for a formula",
        )
    return plain


def _listed(value: str) -> str:
    plain = _label(value)
    if re.search("[;；]", plain):
        raise _problem("不能含有分号", "it must not hold a semicolon")
    return plain


def _remark(value: str | None) -> str | None:
    return _label(value) if value and value.strip() else None


def _credit_code(value: str) -> str:
    if not re.fullmatch(f"[{_CREDIT_SIGNS}]{{18}}", value):
        raise _problem(
            "应是 18 位统一社会信用代码（数字和大写字母，不含 I O S V Z）",
            "a unified social credit code has 18 digits and capitals, without I O S V Z",
        )
    total = sum(_CREDIT_SIGNS.index(sign) * 3**at for at, sign in enumerate(value[:17]))
    expected = _CREDIT_SIGNS[-total % 31]
    if value[17] != expected:
        raise _problem(
            f"末位校验码应为 {expected}，请核对", f"its last sign should be {expected}; check it"
        )
    return value


def _region_pattern(value: str) -> str:
    if not re.fullmatch(r"[0-9]{2,12}\*?", value):
        raise _problem(
            "应写成区划代码，末尾可加 *，例如 4103*",
            "write a division code, with * behind it for all inside, for example 4103*",
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
Label = Annotated[str, AfterValidator(_label)]
Remark = Annotated[str | None, AfterValidator(_remark)]
ListedLabel = Annotated[str, AfterValidator(_listed)]
CreditCode = Annotated[str, AfterValidator(_credit_code)]
RegionPattern = Annotated[str, AfterValidator(_region_pattern)]
DayOfYear = Annotated[date, BeforeValidator(_day_of_year)]
Day = Annotated[MonthDay, BeforeValidator(_month_day)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Hours = Annotated[tuple[time, time], BeforeValidator(_hours)]
