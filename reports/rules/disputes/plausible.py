"""C05–C07: reviews and suits that do not fit together, the text, or last year. Pure."""

from __future__ import annotations

import re

from reports.cells import DISPUTE_BLOCKS, Label
from reports.findings import Severity
from reports.forms.catalogue import FORM_2021
from reports.model import TableName
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import sentence_with
from reports.rules.figures import show, show_sum, total
from reports.rules.subject import NotStated, Subject
from reports.rules.years.previous import figure_before, origin
from reports.words import Words

_REVIEW, _DIRECT, _AFTER_REVIEW = DISPUTE_BLOCKS
_REVIEWS = FORM_2021.block_keys(_REVIEW.key)[-1]
_SUITS_AFTER = FORM_2021.block_keys(_AFTER_REVIEW.key)[-1]
_CORRECTED = tuple(f"{block.key}.corrected" for block in DISPUTE_BLOCKS)
_REACH = Reach(table=TableName.DISPUTES, first_year=2019)


@rule(
    code="C05",
    severity=Severity.NOTICE,
    basis=Words(
        "“复议后起诉”以行政复议为前提（年度报告格式第四表）",
        "A suit after review presupposes a review (report form, table 4)",
    ),
    statement=Words(
        "有“复议后起诉”时，本年或上年有行政复议。",
        "Where there are suits after review, there were reviews this year or last year.",
    ),
    clears=Words(
        "补填行政复议，或把案件移到“未经复议直接起诉”；更早的案件在报告中说明。",
        "The reviews are filled in, or the suits move to “without prior review”; older cases are explained.",
    ),
    innocent=Words(
        "复议发生在更早年度的，不算问题，故只作提示；上年有复议的不计。",
        "The review may lie further back, hence a notice; reviews last year are enough.",
    ),
    reach=_REACH,
)
def suits_follow_reviews(subject: Subject, _scope: Label) -> Breach | None:
    """Look for suits after review where neither year has a review."""
    suits = subject.figure(_SUITS_AFTER)
    if suits <= 0 or subject.figure(_REVIEWS) > 0 or figure_before(subject, _REVIEWS) > 0:
        return None
    source = origin(subject)
    return Breach(
        cells=(_SUITS_AFTER, _REVIEWS),
        expected="> 0",
        actual="0",
        message=Words(
            f"第四表 复议后起诉总计 {show(suits)} 件，本年和上年行政复议总计都是 0{source.zh}。"
            "请核对是否应为“未经复议直接起诉”，或漏填行政复议；更早的案件请说明。",
            f"Table 4: {show(suits)} suits after review, yet no review this year or last{source.en}. Please "
            "check whether they came without review or reviews were left out; explain older cases.",
        ),
    )


_DISCUSSED = re.compile(r"纠正|纠错|败诉|复议|诉讼|应诉")
_DISCUSSION = (1, 5)
_NO_TEXT = Words(
    "所得文本中没有第一、五部分，无法核对是否说明。",
    "Sections 1 and 5 are not in the text that we have, so it cannot be seen whether they explain it.",
)


@rule(
    code="C06",
    severity=Severity.NOTICE,
    basis=Words(
        "评估要求：有纠错、败诉的，应在报告中说明原因和改进（《政府信息公开条例》第五十条第四项）",
        "Examiners ask for it: decisions that were corrected are to be discussed (art. 50 (4))",
    ),
    statement=Words(
        "第四表有“结果纠正”时，正文提到复议、诉讼或纠错。",
        "Where table 4 shows corrections, the text speaks of reviews, suits or corrections.",
    ),
    clears=Words(
        "在第一或第五部分说明被纠正的原因和改进措施。",
        "Section 1 or 5 says why decisions were corrected and what was improved.",
    ),
    innocent=Words(
        "任何一部分提到复议、诉讼、纠错、败诉的，都算已说明。",
        "A mention of reviews, suits or corrections in any section is enough.",
    ),
    reach=_REACH,
)
def corrections_discussed(subject: Subject, _scope: Label) -> Breach | None:
    """Look for corrections of which the text says nothing."""
    found = tuple(key for key in _CORRECTED if (subject.value(key) or 0) > 0)
    if not found:
        lost = [key for key in _CORRECTED if subject.value(key) is None]
        if lost:
            raise NotStated(lost)
        return None
    if sentence_with(subject.report, _DISCUSSED) is not None:
        return None
    if all(subject.report.section(number) is None for number in _DISCUSSION):
        raise NotStated((), _NO_TEXT)
    number = show_sum([subject.figure(key) for key in found])
    return Breach(
        cells=found,
        expected=None,
        actual=show(total(subject.figure(key) for key in found)),
        message=Words(
            f"第四表“结果纠正”{number} 件，正文没有提到复议、诉讼或纠错。请在第一或第五部分说明原因和改进。",
            f"Table 4 shows {number} corrected, while the text speaks of no review, suit or correction. "
            "Please say in section 1 or 5 why and what was improved.",
        ),
    )


@rule(
    code="C07",
    severity=Severity.NOTICE,
    basis=Words(
        "上年“尚未审结”的案件本年应有结果或继续在审（年度报告格式第四表）",
        "Cases pending last year end or go on this year (report form, table 4)",
    ),
    statement=Words(
        "上年有“尚未审结”的，本年相应部分不全为 0。",
        "Where cases were pending last year, the block is not all zeros this year.",
    ),
    clears=Words(
        "填入上年结转案件的结果；只统计本年新案的，在报告中说明。",
        "The outcome of those cases is filled in; if only new cases are counted, the report says so.",
    ),
    innocent=Words(
        "有的地方只统计本年新发生的案件，故只作提示。",
        "Some places count only cases of the year, hence a notice.",
    ),
    reach=_REACH,
)
def pending_cases_go_on(subject: Subject, _scope: Label) -> Breach | None:
    """Look for blocks that are all zeros although cases were pending a year ago."""
    empty = [block for block in DISPUTE_BLOCKS if _all_zero(subject, block)]
    pending = {
        block: before
        for block in empty
        if (before := figure_before(subject, f"{block.key}.pending")) > 0
    }
    if not pending:
        return None
    source = origin(subject)
    zh = "；".join(f"{block.words.zh} {show(before)} 件" for block, before in pending.items())
    en = "; ".join(f"{block.words.en}: {show(before)}" for block, before in pending.items())
    return Breach(
        cells=tuple(key for block in pending for key in FORM_2021.block_keys(block.key)),
        expected="> 0",
        actual="0",
        message=Words(
            f"上年第四表尚未审结 {zh}{source.zh}，本年该部分全为 0。请核对这些案件的结果；"
            "只统计本年新案的请说明。",
            f"Last year's table 4 had cases pending ({en}){source.en}; the block is all zeros this year. "
            "Please check how they ended; if only new cases are counted, please say so.",
        ),
    )


def _all_zero(subject: Subject, block: Label) -> bool:
    """Say whether a block is all zeros. Raises NotStated when cells are lost and none is above 0."""
    keys = FORM_2021.block_keys(block.key)
    values = {key: subject.value(key) for key in keys}
    if any(values.values()):
        return False
    lost = [key for key, value in values.items() if value is None]
    if lost:
        raise NotStated(lost)
    return True
