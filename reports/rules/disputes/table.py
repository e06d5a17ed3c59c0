"""C rules: the arithmetic of table 4, administrative review and litigation. Pure."""

from __future__ import annotations

from reports.cells import DISPUTE_BLOCKS, Label
from reports.findings import Severity
from reports.model import TableName
from reports.rules.engine import Breach, Reach, rule
from reports.rules.figures import show, show_gap, show_sum, tally, total
from reports.rules.requests.cells import not_counts
from reports.rules.subject import Subject
from reports.words import Words

_FORM = Words(
    "年度报告格式第四表（国办公开办函〔2021〕30号；2019—2020 年为〔2019〕60号）",
    "Report form, table 4 (国办公开办函〔2021〕30号; 〔2019〕60号 for 2019–2020)",
)
_INNOCENT = Words(
    "表头误读为数据、缺失或未填的格不作判定。",
    "A head row taken for data, and lost or blank cells, are not assessed.",
)
_REACH = Reach(table=TableName.DISPUTES, first_year=2019)
_REVIEW, _DIRECT, _AFTER_REVIEW = DISPUTE_BLOCKS


def _statement(block: Label) -> Words:
    return Words(
        f"{block.words.zh}：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计。",
        f"{block.words.en}: upheld + corrected + other + pending = total.",
    )


@rule(
    code="C01",
    severity=Severity.ERROR,
    basis=_FORM,
    statement=_statement(_REVIEW),
    clears=Words(
        "改正行政复议各项或总计，使相加相等。",
        "A result or the total of the reviews is corrected, so that they add up.",
    ),
    innocent=_INNOCENT,
    reach=_REACH,
)
def review_adds_up(subject: Subject, _scope: Label) -> Breach | None:
    """Add up the block on administrative review."""
    return _block_sum(subject, _REVIEW)


@rule(
    code="C02",
    severity=Severity.ERROR,
    basis=_FORM,
    statement=_statement(_DIRECT),
    clears=Words(
        "改正未经复议直接起诉各项或总计，使相加相等。",
        "A result or the total of the direct suits is corrected, so that they add up.",
    ),
    innocent=_INNOCENT,
    reach=_REACH,
)
def direct_litigation_adds_up(subject: Subject, _scope: Label) -> Breach | None:
    """Add up the block on litigation without prior review."""
    return _block_sum(subject, _DIRECT)


@rule(
    code="C03",
    severity=Severity.ERROR,
    basis=_FORM,
    statement=_statement(_AFTER_REVIEW),
    clears=Words(
        "改正复议后起诉各项或总计，使相加相等。",
        "A result or the total of the suits after review is corrected, so that they add up.",
    ),
    innocent=_INNOCENT,
    reach=_REACH,
)
def litigation_after_review_adds_up(subject: Subject, _scope: Label) -> Breach | None:
    """Add up the block on litigation after review."""
    return _block_sum(subject, _AFTER_REVIEW)


@rule(
    code="C04",
    severity=Severity.ERROR,
    basis=_FORM,
    statement=Words(
        "第四表 15 格为非负整数。", "The 15 cells of table 4 are whole numbers, not negative."
    ),
    clears=Words(
        "改为不小于 0 的整数；没有的填 0。",
        "The cell holds a whole number of 0 or more; none is written 0.",
    ),
    innocent=_INNOCENT,
    reach=_REACH,
)
def counts_only(subject: Subject, _scope: Label) -> Breach | None:
    """Look for negative and broken numbers in the whole table."""
    return not_counts(subject, subject.report.form.dispute_keys, Words("第四表", "Table 4"))


def _block_sum(subject: Subject, block: Label) -> Breach | None:
    keys = subject.report.form.block_keys(block.key)
    figures = tuple(tally(subject, keys).values())
    parts, stated = figures[:-1], figures[-1]
    if total(parts) == stated:
        return None
    left, gap = show_sum(parts), show_gap(total(parts), stated)
    return Breach(
        cells=keys,
        expected=show(total(parts)),
        actual=show(stated),
        message=Words(
            f"第四表 {block.words.zh}：{left}，总计写 {show(stated)}，差 {gap}。请核对这五格。",
            f"Table 4, {block.words.en}: {left}, the total says {show(stated)}, difference {gap}. "
            "Please check these five cells.",
        ),
    )
