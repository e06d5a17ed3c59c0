"""A05: regulations (规章) only from those who may make them. Pure."""

from __future__ import annotations

from reports.agencies import AgencyKind, Identity
from reports.cells import Label
from reports.findings import Severity
from reports.rules import gaps
from reports.rules.engine import Breach, rule
from reports.rules.figures import show
from reports.rules.proactive.cells import SINCE_2021, printed
from reports.rules.proactive.rank import is_below_a_city, is_local
from reports.rules.subject import NotTold, Subject
from reports.words import Words

_MADE = "regulations.made"
_OWN_BODIES = frozenset({AgencyKind.DEPARTMENT, AgencyKind.COMMITTEE})


@rule(
    code="A05",
    severity=Severity.WARNING,
    basis=Words(
        "规章由国务院部门和省、自治区、直辖市、设区的市、自治州人民政府制定（《立法法》）",
        "Regulations (规章) are made by departments of the State Council and by governments of provinces, "
        "cities with districts and autonomous prefectures (Legislation Law)",
    ),
    statement=Words(
        "无规章制定权的单位，“规章 本年制发件数”为 0。",
        "A unit that may not make regulations (规章) reports none made.",
    ),
    clears=Words(
        "把行政规范性文件移到“行政规范性文件”一行，规章填 0。",
        "Normative documents move to their own row, and regulations are written 0.",
    ),
    innocent=Words(
        "市政府及其办公室、国务院部门不在此列；省市部门可能代本级政府填报，只作提示。",
        "City governments and their offices and national departments are left out; a provincial or city "
        "department may report for its government, so that is a notice.",
    ),
    reach=SINCE_2021,
)
def made_by_who_may(subject: Subject, _scope: Label) -> Breach | None:
    """Compare regulations made with what this kind of unit may make."""
    figures = printed(subject, _MADE)
    if figures is None or figures[0] <= 0:
        return None
    identity = subject.case.identity
    if identity is None:
        raise NotTold(gaps.NO_IDENTITY)
    severity = _severity(identity)
    if severity is None:
        return None
    made = show(figures[0])
    return Breach(
        cells=(_MADE,),
        expected="0",
        actual=made,
        severity=severity,
        message=Words(
            f"第二表 规章 本年制发件数写 {made}，{identity.name}一般无权制定规章，应为 0。"
            "如为行政规范性文件，请移到下一行；如代本级政府填报，请在报告中说明。",
            f"Table 2 says {made} regulations (规章) made; {identity.name} as a rule may make none, expected "
            "0. If they are normative documents, please move them to the next row; if they are those of the "
            "government, please say so.",
        ),
    )


def _severity(identity: Identity) -> Severity | None:
    if is_below_a_city(identity):
        return Severity.WARNING
    if identity.kind in _OWN_BODIES and is_local(identity):
        return Severity.NOTICE
    return None
