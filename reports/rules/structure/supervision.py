"""S13: reports of governments tell the results of appraisal, public opinion and accountability. Pure."""

from __future__ import annotations

import re

from reports.agencies import AgencyKind
from reports.cells import Label
from reports.findings import Severity
from reports.model import AnnualReport
from reports.rules.engine import Breach, Reach, rule
from reports.rules.gaps import NO_IDENTITY
from reports.rules.subject import NotTold, Subject
from reports.rules.texts import solid
from reports.words import Words

_RESULTS = (
    (
        Label("appraisal", Words("工作考核", "appraisal of the work")),
        re.compile(r"考核|考评|绩效|测评|评估|检查评比"),
    ),
    (
        Label("opinion", Words("社会评议", "public opinion")),
        re.compile(r"评议|满意度|第三方.{0,4}评[估价]|问卷|(?:公众|群众|社会)评价|民意|行风"),
    ),
    (
        Label("accountability", Words("责任追究", "accountability")),
        re.compile(r"追究|追责|问责|责任落实"),
    ),
)
_PATTERNS = {label.key: pattern for label, pattern in _RESULTS}
_LABELS = tuple(label for label, _ in _RESULTS)


def _results(_report: AnnualReport) -> tuple[Label, ...]:
    return _LABELS


@rule(
    code="S13",
    severity=Severity.WARNING,
    basis=Words(
        "《政府信息公开条例》第五十条第（四）项：各级人民政府的年度报告还应当包括工作考核、社会评议和责任追究"
        "结果情况",
        "Regulation on Disclosure, art. 50(4): reports of governments also give the results of appraisal, "
        "public opinion and accountability",
    ),
    statement=Words(
        "政府的报告写明工作考核、社会评议和责任追究结果情况。",
        "The report of a government tells the results of appraisal, public opinion and accountability.",
    ),
    clears=Words(
        "补写缺少的结果；没有发生的，写明“未发生”。",
        "The absent result is added, also when there was nothing of the kind.",
    ),
    innocent=Words(
        "写作绩效考核、第三方评估、满意度调查、未发生追责等同样有效；部门和街道的报告不要求。乡镇政府的报告"
        "只作提示。",
        "Other words for the same count: performance, third-party assessment, satisfaction, nobody held "
        "to account. Departments and streets need not tell it; towns are only given a notice.",
    ),
    reach=Reach(scopes=_results, first_year=2019),
)
def results_of_supervision(subject: Subject, scope: Label) -> Breach | None:
    """Look for one of the three results in any section."""
    identity = subject.case.identity
    if identity is None:
        raise NotTold(NO_IDENTITY)
    if identity.kind not in {AgencyKind.GOVERNMENT, AgencyKind.TOWNSHIP}:
        return None
    pattern, sections = _PATTERNS[scope.key], subject.report.sections
    if not sections or any(pattern.search(solid(s.text)) for s in sections):
        return None
    name, is_town = scope.words, identity.kind is AgencyKind.TOWNSHIP
    return Breach(
        cells=(),
        expected=name.zh,
        actual=None,
        severity=Severity.NOTICE if is_town else None,
        message=Words(
            f"政府的年度报告应当包括{name.zh}结果情况，文中未见。请补写（通常写在第一部分“监督保障”）；"
            "没有的也请说明。",
            f"The report of a government also gives the results of {name.en}; none were found. Please add "
            "them, usually under supervision in section one, also when there were none.",
        ),
    )
