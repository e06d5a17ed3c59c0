"""I rules: is it the right year and the right agency. Pure."""

from __future__ import annotations

from reports.agencies import Identity
from reports.cells import Label
from reports.claims.years import contradicting_year
from reports.findings import Severity
from reports.names import names_predecessor, names_same_agency
from reports.rules.engine import Breach, rule
from reports.rules.subject import NotTold, Subject
from reports.words import Words

_TITLE = Words(
    "年度报告一年一份，标题写明单位和年度（《政府信息公开条例》第四十九条、第五十条）",
    "One report a year, its title naming agency and year (Regulation on Disclosure, arts. 49 and 50)",
)
_OFFICES = ("办公室", "办公厅")


@rule(
    code="I01",
    severity=Severity.ERROR,
    basis=_TITLE,
    statement=Words("标题年度与应报年度一致。", "The year in the title is the year that is due."),
    clears=Words(
        "发布应报年度的报告，或改正标题中的年度。",
        "The report of the year that is due is published, or the year in the title corrected.",
    ),
    innocent=Words(
        "标题没有年度时以正文为准，只作提醒；标题年度重复不算错误。",
        "A title without a year is judged by the text, as a warning; a year named twice is no error.",
    ),
)
def title_year(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the years of the title, else the year of the text, with the case's year."""
    expected, report = subject.case.year, subject.report
    if expected is None:
        raise NotTold(Words("没有给出应报年度，无法核对。", "The year that is due was not given."))
    if report.years_in_title:
        found, severity = report.years_in_title, None
    elif report.year is not None:
        found, severity = (report.year,), Severity.WARNING
    else:
        raise NotTold(
            Words("标题和正文都没有写明年度。", "Neither the title nor the text names a year.")
        )
    return None if expected in found else _wrong_year(expected, found, severity)


def _wrong_year(expected: int, found: tuple[int, ...], severity: Severity | None) -> Breach:
    years = "、".join(str(year) for year in dict.fromkeys(found))
    place = Words("标题", "title") if severity is None else Words("正文", "text")
    return Breach(
        cells=(),
        expected=str(expected),
        actual=years,
        severity=severity,
        message=Words(
            f"应为 {expected} 年度报告，{place.zh}写的是 {years} 年。请核对是否发错文件或写错年度。",
            f"The report of {expected} is due; the {place.en} says {years}. Please check whether the "
            "wrong file was published or the year is mistyped.",
        ),
    )


@rule(
    code="I02",
    severity=Severity.WARNING,
    basis=_TITLE,
    statement=Words(
        "正文陈述的年度与标题年度一致。", "The year that the text speaks of is that of the title."
    ),
    clears=Words(
        "改正正文中沿用的往年年份。", "The year left over from an earlier text is corrected."
    ),
    innocent=Words(
        "与上年比较、下一年计划中的年份不计；写明统计期限的，以期限为准（见 S15）。",
        "Years in comparisons with last year and in plans for the next do not count; a stated period "
        "decides (S15).",
    ),
    version=2,
)
def text_year(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the prevailing year of section one with the title where no period is stated."""
    titled = set(subject.report.years_in_title)
    if len(titled) != 1:
        return None
    (year,) = titled
    found = _other_year_of_the_text(subject, year)
    if found is None:
        return None
    return Breach(
        cells=(),
        expected=str(year),
        actual=str(found),
        message=Words(
            f"标题为 {year} 年，正文陈述的是 {found} 年的情况。请核对正文年份是否沿用了往年文本。",
            f"The title says {year}, the text speaks of {found}. Please check whether sentences of "
            "another year were left in.",
        ),
    )


def _other_year_of_the_text(subject: Subject, titled: int) -> int | None:
    """Return the prevailing year of section one; a stated period decides, and S15 judges it."""
    first = subject.report.section(1)
    if first is None or subject.report.period is not None:
        return None
    return contradicting_year(first.text, titled)


@rule(
    code="I04",
    severity=Severity.ERROR,
    basis=_TITLE,
    statement=Words(
        "标题中的单位是应报单位。", "The agency named in the title is the one that has to report."
    ),
    clears=Words(
        "换成本单位的报告，或在登记表中加入单位的其他名称。",
        "The unit's own report takes its place, or its other name is entered in the register.",
    ),
    innocent=Words(
        "简称、别名、上级地名有无都算同一单位；汇总栏目中的其他单位报告应逐条匹配。",
        "Short names, aliases and region prefixes count as the same; a column may hold many agencies.",
    ),
)
def title_agency(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the unit in the title with the identity of the case."""
    identity, unit = subject.case.identity, subject.report.agency
    if identity is None:
        raise NotTold(
            Words("没有给出应报单位，无法核对。", "The agency that is due was not given.")
        )
    if not unit:
        raise NotTold(Words("标题没有写明单位名称。", "The title names no agency."))
    if names_same_agency(unit, identity) or names_predecessor(unit, identity):
        return None
    return Breach(
        cells=(),
        expected=identity.name,
        actual=unit,
        severity=Severity.WARNING if _may_be_short_for(unit, identity) else None,
        message=Words(
            f"应为“{identity.name}”的报告，标题写的是“{unit}”。请核对是否发错文件；如为同一单位的"
            "其他名称，请在登记表中加为别名。",
            f"The report of “{identity.name}” is due; the title names “{unit}”. Please check whether the "
            "wrong file was published; if it is another name of the same agency, add it as an alias.",
        ),
    )


def _may_be_short_for(unit: str, identity: Identity) -> bool:
    """Say whether one name holds the other, so that "wrong agency" is not sure.

    A government and its office hold each other too, but are surely two agencies.
    """
    for name in identity.names:
        longer, shorter = (unit, name) if len(unit) >= len(name) else (name, unit)
        rest = longer.replace(shorter, "", 1)
        if shorter in longer and not rest.endswith(_OFFICES):
            return True
    return False
