"""A06–A09: documents made, repealed and in force, within the year and against last year's stock. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.cells import Label
from reports.findings import Severity
from reports.forms.catalogue import FORM_2021
from reports.model import AnnualReport, Value
from reports.rules.engine import Breach, rule
from reports.rules.explanations import quoted, remark_beside, sentence_with
from reports.rules.figures import show, show_gap
from reports.rules.proactive.cells import SINCE_2021, printed
from reports.rules.subject import Subject
from reports.rules.years.previous import asked_before, figure_before, origin
from reports.words import Words

REGULATIONS, NORMATIVE = FORM_2021.subjects[:2]
STOCK = Words(
    "现行有效件数的含义：上年现行有效 + 本年制发 − 本年废止（年度报告格式第二表）",
    "Meaning of “in force”: last year's stock + made − repealed this year (report form, table 2)",
)
EXPIRY = Words(
    "自然失效、清理、修订、机构划转都会使件数不等；报告写明原因的只作提示，并引用原文。",
    "Expiry, clean-ups, revisions and transfers change the stock too; where the report says so, it is a "
    "notice that quotes it.",
)
SETTLED = Words(
    "改正制发、废止或现行有效件数；有失效、清理、划转的，在报告中说明。",
    "A count is corrected; expiry, clean-ups and transfers are explained in the report.",
)
_REASON = re.compile(r"失效|清理|到期|期满|划转|移交|划入|划出|机构改革|撤并|修订|修改|口径|更正")
_ABOUT = {"regulations": re.compile("规章|文件"), "normative_documents": re.compile("文件")}


@dataclass(frozen=True, slots=True)
class Movement:
    """One row of documents: made, repealed and in force this year, and in force last year if asked."""

    subject: Label
    made: Value
    repealed: Value
    in_force: Value
    before: Value

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the three cells, in the order of the form."""
        return keys_of(self.subject)


def keys_of(row: Label) -> tuple[str, ...]:
    """Return the cells of made, repealed and in force."""
    return tuple(f"{row.key}.{measure}" for measure in ("made", "repealed", "in_force"))


def movement(subject: Subject, row: Label) -> Movement | None:
    """Return one row with last year's stock; None where either year has no such figures by nature."""
    figures = printed(subject, *keys_of(row))
    stock = f"{row.key}.in_force"
    if figures is None or not asked_before(subject, stock):
        return None
    made, repealed, in_force = figures
    return Movement(row, made, repealed, in_force, figure_before(subject, stock))


def stock_equation(subject: Subject, row: Label) -> Breach | None:
    """Compare one stock with last year's stock, made and repealed."""
    moved = movement(subject, row)
    if moved is None:
        return None
    expected = moved.before + moved.made - moved.repealed
    if expected == moved.in_force:
        return None
    reason = _reason_given(subject.report, row)
    return _unequal_stock(moved, expected, origin(subject), reason)


def _reason_given(report: AnnualReport, row: Label) -> str | None:
    """Return what the report says of expiry, clean-up or transfer."""
    remark = remark_beside(report, keys_of(row))
    return remark or sentence_with(report, _REASON, _ABOUT[row.key])


def _unequal_stock(moved: Movement, expected: Value, source: Words, reason: str | None) -> Breach:
    name, before, made = moved.subject.words, moved.before, moved.made
    sum_zh = f"{show(before)} + {show(made)} − {show(moved.repealed)} = {show(expected)}"
    said, gap = show(moved.in_force), show_gap(moved.in_force, expected)
    why = (
        Words(
            "请核对；如有自然失效、清理或划转，请在报告中说明",
            "Please check; expiry, clean-ups or transfers should be explained",
        )
        if reason is None
        else Words(
            f"报告写有“{quoted(reason)}”，请核对能否说明差额",
            f"The report says “{quoted(reason)}”; please check whether that explains the difference",
        )
    )
    return Breach(
        cells=moved.keys,
        expected=show(expected),
        actual=said,
        severity=None if reason is None else Severity.NOTICE,
        message=Words(
            f"第二表 {name.zh}：上年现行有效 + 本年制发 − 本年废止 {sum_zh}，本年现行有效写 {said}，"
            f"差 {gap}{source.zh}。{why.zh}。",
            f"Table 2, {name.en}: last year's stock + made − repealed {sum_zh}, in force is {said}, "
            f"difference {gap}{source.en}. {why.en}.",
        ),
    )


@rule(
    code="A06",
    severity=Severity.WARNING,
    basis=STOCK,
    statement=Words(
        "现行有效件数不少于本年制发减去本年废止。",
        "Not fewer are in force than were made, less those repealed, this year.",
    ),
    clears=Words(
        "改正制发、废止或现行有效件数。", "The count made, repealed or in force is corrected."
    ),
    innocent=Words(
        "当年制发当年又废止的，已在算式中减去。",
        "What was made and repealed in the same year is allowed for.",
    ),
    reach=SINCE_2021,
)
def not_fewer_than_made(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the stock with what was made and not repealed this year."""
    return _of_rows(subject, _made_and_gone)


def _made_and_gone(subject: Subject, row: Label) -> Breach | None:
    figures = printed(subject, *keys_of(row))
    if figures is None:
        return None
    made, repealed, in_force = figures
    if in_force >= made - repealed:
        return None
    least = f"{show(made)} − {show(repealed)} = {show(made - repealed)}"
    return Breach(
        cells=keys_of(row),
        expected=f"≥ {show(made - repealed)}",
        actual=show(in_force),
        message=Words(
            f"第二表 {row.words.zh}：本年制发 − 本年废止 {least}，现行有效却写 {show(in_force)}。"
            "请核对这三格。",
            f"Table 2, {row.words.en}: made − repealed this year {least}, yet {show(in_force)} are in "
            "force. Please check these three cells.",
        ),
    )


@rule(
    code="A07",
    severity=Severity.WARNING,
    basis=STOCK,
    statement=Words(
        "规章：现行有效 = 上年现行有效 + 本年制发 − 本年废止。",
        "Regulations (规章): in force = in force last year + made − repealed.",
    ),
    clears=SETTLED,
    innocent=EXPIRY,
    reach=SINCE_2021,
)
def regulations_in_stock(subject: Subject, _scope: Label) -> Breach | None:
    """Follow the stock of regulations from last year."""
    return stock_equation(subject, REGULATIONS)


@rule(
    code="A08",
    severity=Severity.WARNING,
    basis=STOCK,
    statement=Words(
        "现行有效件数不多于上年现行有效加本年制发。",
        "Not more are in force than last year's stock plus those made.",
    ),
    clears=SETTLED,
    innocent=Words(
        "上年数字更正、机构划入会使件数增多；报告写明的不算问题。",
        "A corrected figure of last year or a transfer adds to the stock; where the report says so, it is "
        "no breach.",
    ),
    reach=SINCE_2021,
)
def not_more_than_possible(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a stock that nothing this year can have made."""
    return _of_rows(subject, _too_many)


@rule(
    code="A09",
    severity=Severity.WARNING,
    basis=STOCK,
    statement=Words(
        "本年废止件数不多于上年现行有效加本年制发。",
        "Not more are repealed than last year's stock plus those made.",
    ),
    clears=SETTLED,
    innocent=Words(
        "上年数字更正、机构划入会使可废止的件数增多；报告写明的不算问题。",
        "A corrected figure of last year or a transfer adds to what can be repealed; where the report says "
        "so, it is no breach.",
    ),
    reach=SINCE_2021,
)
def not_more_repealed_than_there_were(subject: Subject, _scope: Label) -> Breach | None:
    """Look for more documents repealed than there can have been."""
    return _of_rows(subject, _too_many_repealed)


def _too_many(subject: Subject, row: Label) -> Breach | None:
    moved = movement(subject, row)
    if moved is None:
        return None
    return _above(subject, moved, moved.in_force, Words("现行有效", "in force"))


def _too_many_repealed(subject: Subject, row: Label) -> Breach | None:
    moved = movement(subject, row)
    if moved is None:
        return None
    return _above(subject, moved, moved.repealed, Words("本年废止", "repealed"))


def _above(subject: Subject, moved: Movement, figure: Value, what: Words) -> Breach | None:
    before = moved.before
    most = before + moved.made
    if figure <= most or _reason_given(subject.report, moved.subject) is not None:
        return None
    name, source = moved.subject.words, origin(subject)
    left, gap = f"{show(before)} + {show(moved.made)} = {show(most)}", show_gap(figure, most)
    return Breach(
        cells=moved.keys,
        expected=f"≤ {show(most)}",
        actual=show(figure),
        message=Words(
            f"第二表 {name.zh}：上年现行有效 + 本年制发 {left}，{what.zh}却写 {show(figure)}，"
            f"多 {gap}{source.zh}。请核对两年数字；上年数字已更正的请说明。",
            f"Table 2, {name.en}: last year's stock + made {left}, yet {show(figure)} are {what.en}, {gap} "
            f"too many{source.en}. Please check both years; a correction should be explained.",
        ),
    )


def _of_rows(subject: Subject, check: Callable[[Subject, Label], Breach | None]) -> Breach | None:
    """Return what is wrong with regulations and normative documents, in one breach."""
    return _joined(b for row in (REGULATIONS, NORMATIVE) if (b := check(subject, row)) is not None)


def _joined(breaches: Iterator[Breach]) -> Breach | None:
    found = tuple(breaches)
    if len(found) < 2:
        return found[0] if found else None
    return Breach(
        cells=tuple(key for breach in found for key in breach.cells),
        expected="、".join(breach.expected or "" for breach in found),
        actual="、".join(breach.actual or "" for breach in found),
        message=Words(
            "".join(breach.message.zh for breach in found),
            " ".join(breach.message.en for breach in found),
        ),
    )
