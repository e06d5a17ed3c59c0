"""S15: the report says which period its figures cover, and it is the report year. Pure."""

from __future__ import annotations

import re

from reports.cells import Label
from reports.findings import Severity
from reports.model import Period
from reports.rules.engine import Breach, Reach, rule
from reports.rules.subject import Subject
from reports.rules.texts import solid_texts
from reports.words import Words

_LONGEST_QUOTE = 80
# Whatever looks like the statement counts as one, also where 年, 月 and 日 were lost with their spans.
_STATED = re.compile(
    r"统计(?:的)?(?:期限|时限|时间|周期|区间|截[至止])|起止(?:时间|日期)|(?:期限|时限|报告期)(?:为|是|自|从|:)|"
    r"(?<!\d)0?1月0?1日起?[^。]{0,12}12月31日|截[至止](?:20\d\d年?)?12月31日|(?<!\d)20\d\d1{2,4}[^。\d]{0,3}(?:20\d\d)?1231日?|"
    r"(?<!\d)20\d{3,9}日|一月一日[^。]{0,12}十二月三十一日"
)


@rule(
    code="S15",
    severity=Severity.WARNING,
    basis=Words(
        "年报通行做法；四川省地方标准 DB51/T 2660—2019 第 2.1 条",
        "General practice; DB51/T 2660—2019, 2.1",
    ),
    statement=Words(
        "写明所列数据的统计期限，且为报告年度。",
        "The period that the figures cover is stated, and it is the report year.",
    ),
    clears=Words(
        "写明“所列数据的统计期限为当年 1 月 1 日至 12 月 31 日”。",
        "The statement names 1 January to 31 December of the report year.",
    ),
    innocent=Words(
        "文本转换丢失“年、月、日”的期限（如“2025111231日”）算已写明；年中成立的单位可以不是整年。没有写明"
        "只作提示。",
        "A period whose signs were lost in conversion counts as stated; a unit set up during the year need "
        "not cover all of it. That it is not stated is only noted.",
    ),
    reach=Reach(first_year=2019),
)
def period_covered(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the stated period with the report year, or look for any trace of a statement."""
    report = subject.report
    if report.period is not None:
        return _of_another_year(report.period, _year_due(subject))
    if not report.sections or any(_STATED.search(text) for text in solid_texts(report)):
        return None
    year = _year_due(subject)
    whose = "当年" if year is None else f"{year} 年"
    return Breach(
        cells=(),
        expected=None,
        actual=None,
        severity=Severity.NOTICE,
        message=Words(
            f"未见所列数据的统计期限。建议写明“统计期限为 {whose} 1 月 1 日至 12 月 31 日”。",
            "The report does not say which period its figures cover; please state it, 1 January to 31 "
            "December of the report year.",
        ),
    )


def _year_due(subject: Subject) -> int | None:
    """Return the year of the title, else that of the case; the year of the text would prove itself."""
    titled = set(subject.report.years_in_title)
    return titled.pop() if len(titled) == 1 else subject.case.year


def _of_another_year(period: Period, year: int | None) -> Breach | None:
    if year is None or period.first.year == period.last.year == year:
        return None
    quote = period.quote[:_LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected=f"{year}-01-01/{year}-12-31",
        actual=f"{period.first.isoformat()}/{period.last.isoformat()}",
        message=Words(
            f"本报告为 {year} 年度，所写统计期限为“{quote}”。请核对是否沿用了往年文本。",
            f"This is the report of {year}; the period stated is “{quote}”. Please check whether a "
            "sentence of another year was left in.",
        ),
    )
