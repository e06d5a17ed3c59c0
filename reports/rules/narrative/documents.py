"""N11: numbers of normative documents and regulations in the text against table 2. Pure."""

from __future__ import annotations

from reports.cells import PROACTIVE_2021, Label
from reports.claims.claim import Role
from reports.claims.reader import stated
from reports.findings import Severity
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import quoted
from reports.rules.figures import show, show_gap
from reports.rules.narrative.grounds import (
    AGREEMENT,
    comparable,
    contradiction,
    names_the_region_too,
)
from reports.rules.subject import Subject
from reports.words import Words

_COUNTED = tuple(label for label in PROACTIVE_2021 if label.key in set(Role))


@rule(
    code="N11",
    severity=Severity.WARNING,
    basis=AGREEMENT,
    statement=Words(
        "正文写的规章、规范性文件制发、废止、现行有效件数与第二表一致。",
        "Regulations and normative documents made, repealed and in force are the same in the text and in "
        "table 2.",
    ),
    clears=Words(
        "改正正文或第二表；口径不同的，在正文中说明。",
        "The text or table 2 is corrected; where they count differently, the text says so.",
    ),
    innocent=Words(
        "政府与部门的文件是两回事；只说发布、公开、代拟、审查、备案、清理失效的文件和规章制度不计。",
        "Documents of the government are not those of a department; documents published, drafted, reviewed, "
        "filed or expired, and internal rules do not count.",
    ),
    reach=Reach(scopes=lambda _report: _COUNTED, first_year=2021),
)
def documents_stated(subject: Subject, counted: Label) -> Breach | None:
    """Compare a stated number of documents with its cell of table 2."""
    claims = comparable(subject, stated(subject.report, subject.year, Role(counted.key)))
    if not claims:
        return None
    figure = subject.figure(counted.key)
    claim = contradiction(claims, figure)
    if claim is None or names_the_region_too(subject, claim, (figure,)):
        return None
    number, shown, gap = show(claim.number), show(figure), show_gap(claim.number, figure)
    return Breach(
        cells=(counted.key,),
        expected=number,
        actual=shown,
        message=Words(
            f"正文写“{quoted(claim.quote)}”，即 {number} 件，第二表“{counted.words.zh}”为 {shown}，差 {gap}。"
            "请核对正文与表格；口径不同的，请在正文说明。",
            f"The text states {number} (“{quoted(claim.quote)}”), table 2 shows {shown} for "
            f"“{counted.words.en}”, difference {gap}. Please check both, or say what is counted.",
        ),
    )
