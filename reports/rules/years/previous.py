"""Last year's report as rules may use it: same agency, the year before, figures that stand firm. Pure."""

from __future__ import annotations

from functools import lru_cache

from reports.agencies import Identity
from reports.model import AnnualReport, Quality, Table, Value
from reports.names import names_same_agency
from reports.rules.subject import NotTold, Subject, table_of
from reports.words import Words

NO_PREVIOUS = Words(
    "没有上一年度的报告可供对照。", "There is no report of the year before to compare with."
)
OTHER_AGENCY = Words(
    "上一年度报告的单位名称与本单位不同（可能改名或机构调整），不作跨年对照。",
    "The report of the year before names another agency (renamed or reorganised); not compared.",
)
PREVIOUS_LOST = Words(
    "上一年度报告没有可用的相应数字。",
    "The report of the year before gives no usable figure to compare with.",
)
_SHOWN_DIGITS = 12
_MOST_NAMED = 5


def previous_report(subject: Subject) -> AnnualReport:
    """Return the report of the year before. Raises NotTold without one of the same agency."""
    previous, identity, joined = subject.case.previous, subject.case.identity, subject.case.joined
    if joined:
        raise NotTold(_joined(joined))
    if previous is None or subject.year is None or previous.year != subject.year - 1:
        raise NotTold(NO_PREVIOUS)
    if identity is None or previous.agency is None:
        return previous
    if not _is_of(previous.agency, identity):
        raise NotTold(OTHER_AGENCY)
    return previous


# Every rule on two years asks this of the same two names.
@lru_cache(maxsize=256)
def _is_of(unit: str, identity: Identity) -> bool:
    """Say whether a report is of the agency, under any name that it bore, or of one that it continues."""
    before = (*identity.former_names, *identity.heir_of)
    everything = Identity(identity.key, identity.name, identity.kind, (*identity.aliases, *before))
    return names_same_agency(unit, everything)


def _joined(names: tuple[str, ...]) -> Words:
    zh, en = "、".join(names[:_MOST_NAMED]), ", ".join(names[:_MOST_NAMED])
    return Words(
        f"上一年度报告之后有单位并入（{zh}），两年的数字口径不同，不作跨年对照。",
        f"Since last year's report other bodies joined ({en}), so the years are not compared.",
    )


def figure_before(subject: Subject, key: str) -> Value:
    """Return last year's figure of a cell. Raises NotTold when there is none that stands firm."""
    previous = previous_report(subject)
    value = previous.cell(key).value
    if value is None or _table(previous, key).quality is Quality.SHIFTED:
        raise NotTold(PREVIOUS_LOST)
    return value


def count_before(subject: Subject, key: str) -> int:
    """Return last year's count of a cell. Raises NotTold when there is no whole number."""
    value = figure_before(subject, key)
    if value != int(value):
        raise NotTold(PREVIOUS_LOST)
    return int(value)


def asked_before(subject: Subject, key: str) -> bool:
    """Say whether last year's form asked for this cell at all: another form asks for other things."""
    previous = previous_report(subject)
    table = _table(previous, key)
    return not table.cells or key in table.cells


def origin(subject: Subject) -> Words:
    """Return where last year's report was read, in brackets; nothing where nobody told."""
    source = subject.case.previous_source
    digest = "" if source.sha256 is None else f"SHA-256 {source.sha256[:_SHOWN_DIGITS]}"
    known = [part for part in (source.url, digest) if part]
    if not known:
        return Words("", "")
    return Words(
        f"（上一年度报告：{'，'.join(known)}）", f" (report of the year before: {', '.join(known)})"
    )


def _table(report: AnnualReport, key: str) -> Table:
    name = table_of(key)
    return report.tables.get(name, Table(name, Quality.ABSENT))
