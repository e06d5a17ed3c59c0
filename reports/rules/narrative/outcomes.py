"""How reviews and suits ended: the text against table 4, a part of N06. Pure."""

from __future__ import annotations

from reports.cells import Label, dispute_key
from reports.claims.claim import Role
from reports.claims.disputes import outcomes_of
from reports.findings import Severity
from reports.rules.engine import Breach
from reports.rules.explanations import quoted
from reports.rules.figures import show, show_gap, total
from reports.rules.narrative.grounds import contradiction
from reports.rules.subject import Subject
from reports.words import Words

_OUTCOMES = (
    (Role.UPHELD, "upheld", Words("结果维持", "upheld")),
    (Role.CORRECTED, "corrected", Words("结果纠正", "corrected")),
)


def outcome_differs(subject: Subject, kind: Label, blocks: tuple[Label, ...]) -> Breach | None:
    """Compare the stated outcomes of reviews or of suits with their cells; a difference is a warning."""
    claims = outcomes_of(subject.report, kind.key, subject.year)
    for role, result, words in _OUTCOMES:
        stated = [claim for claim in claims if claim.role is role]
        if not stated:
            continue
        keys = tuple(dispute_key(block.key, result) for block in blocks)
        figures = [subject.figure(key) for key in keys]
        claim = contradiction(stated, total(figures), *figures)
        if claim is None:
            continue
        number, shown = show(claim.number), show(total(figures))
        gap = show_gap(claim.number, total(figures))
        return Breach(
            cells=keys,
            expected=number,
            actual=shown,
            severity=Severity.WARNING,
            message=Words(
                f"正文写“{quoted(claim.quote)}”（{words.zh} {number} 件），第四表{kind.words.zh}“{words.zh}”"
                f"为 {shown}，差 {gap}。请核对正文与表格，改正其一；如统计口径不同，请在正文说明。",
                f"The text states {number} {kind.words.en} {words.en} (“{quoted(claim.quote)}”), table 4 "
                f"shows {shown}, difference {gap}. Please check both, or say in the text what is counted.",
            ),
        )
    return None
