"""N rules: what the text says against what the tables say. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.cells import DISPUTE_BLOCKS, Label, request_key
from reports.claims import fees, requests
from reports.claims.disputes import (
    LITIGATION_WORD,
    REVIEW_WORD,
    dispute_counts,
    no_dispute,
    tables_include_older_cases,
)
from reports.claims.sentences import sentences_of
from reports.findings import Severity
from reports.forms.catalogue import FORM_2021
from reports.model import Value
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import quoted
from reports.rules.figures import APPLICANTS, TOTAL, show, show_gap, total
from reports.rules.narrative.grounds import (
    AGREEMENT,
    SINCE_2019,
    contradiction,
    mild_for_regions,
    speaks_for_a_region,
)
from reports.rules.narrative.outcomes import outcome_differs
from reports.rules.subject import NotStated, Subject
from reports.words import Words


@rule(
    code="N01",
    severity=Severity.ERROR,
    basis=AGREEMENT,
    statement=Words(
        "正文说未收到申请时，第三表新收数量为 0。",
        "Where the text says that no request came in, table 3 shows none.",
    ),
    clears=Words(
        "改正正文或第三表，使二者一致。", "The text or table 3 is corrected, so that they agree."
    ),
    innocent=Words(
        "只说某一渠道、某类申请人、某一单位或科室、某一事项、某一时段或往年的句子不计；政府报告的正文与表口径可能不同，只作提醒。",
        "Sentences on one channel, group, unit, subject, part of the year or another year do not count; a "
        "government's text and tables may differ in scope, so that is a warning.",
    ),
    reach=SINCE_2019,
)
def none_received(subject: Subject, _scope: Label) -> Breach | None:
    """Compare a statement that nothing was received with the row of new requests."""
    quote = requests.no_request_received(subject.report, subject.year)
    if quote is None:
        return None
    keys, number = _positive(subject, [request_key("new", c) for c in (TOTAL, *APPLICANTS)])
    if number is None:
        return None
    return Breach(
        cells=keys,
        expected="0",
        actual=number,
        severity=mild_for_regions(subject),
        message=Words(
            f"正文写“{quoted(quote)}”，第三表“本年新收政府信息公开申请数量”为 {number} 件。"
            "请核对正文与表格，改正其一。",
            f"The text says that no request was received (“{quoted(quote)}”), table 3 shows {number} new "
            "requests. Please check both and correct one.",
        ),
    )


def _positive(subject: Subject, keys: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the cells that show more than 0, and their figure.

    The first key is the total; where it is lost, any part above 0 is proof enough. Raises NotStated when
    the total is lost and no part is above 0.
    """
    whole, *parts = keys
    figure = subject.value(whole)
    if figure is not None:
        return ((whole,), show(figure)) if figure > 0 else ((), None)
    shown = tuple(key for key in parts if (subject.value(key) or 0) > 0)
    if not shown:
        raise NotStated((whole,))
    return shown, show(total(subject.figure(key) for key in shown))


_CARRIED = (
    Label("carried_in", Words("上年结转", "carried in")),
    Label("carried_out", Words("结转下年度", "carried over")),
)


@rule(
    code="N04",
    severity=Severity.ERROR,
    basis=AGREEMENT,
    statement=Words(
        "正文写的上年结转、结转下年度件数与第三表总计一致。",
        "Counts carried in and carried over are the same in the text and in table 3.",
    ),
    clears=Words(
        "改正正文或第三表的结转件数，使二者一致。",
        "The carry-over in the text or in table 3 is corrected, so that they agree.",
    ),
    innocent=Words(
        "“转结”与“结转”同义；只说已办结的部分、复议诉讼或往年的句子不计。",
        "Both spellings of carry-over count; sentences on the settled part, on disputes or on other years "
        "do not.",
    ),
    reach=Reach(
        scopes=lambda _report: _CARRIED,
        first_year=2019,
    ),
)
def carried_counts(subject: Subject, direction: Label) -> Breach | None:
    """Compare the stated carry-over in one direction with its total."""
    reader = requests.carried_in if direction.key == "carried_in" else requests.carried_out
    stated = reader(subject.report, subject.year)
    if not stated:
        return None
    key = request_key(direction.key, TOTAL)
    figure = subject.figure(key)
    claim = contradiction(stated, figure)
    if claim is None or _told_of_the_region(subject, figure):
        return None
    number, shown, gap = show(claim.number), show(figure), show_gap(claim.number, figure)
    return Breach(
        cells=(key,),
        expected=number,
        actual=shown,
        severity=mild_for_regions(subject),
        message=Words(
            f"正文写“{quoted(claim.quote)}”，即{direction.words.zh} {number} 件，第三表“{direction.words.zh}”"
            f"行的总计为 {shown}，差 {gap}。请核对正文与表格，改正其一。",
            f"The text states {number} requests {direction.words.en} (“{quoted(claim.quote)}”), table 3 "
            f"shows {shown}, difference {gap}. Please check both.",
        ),
    )


def _told_of_the_region(subject: Subject, figure: Value) -> bool:
    """Say whether a government's text names the table's carry-over as that of its whole region."""
    if not speaks_for_a_region(subject):
        return False
    regional = re.compile(rf"全[省市州盟区县旗].*结转[^,;\d]{{0,12}}{figure}件")
    return any(regional.search(sentence.text) for sentence in sentences_of(subject.report, (1,)))


_DISPUTES = (
    Label(REVIEW_WORD, Words("行政复议", "administrative reviews")),
    Label(LITIGATION_WORD, Words("行政诉讼", "suits")),
)
_REVIEW, _DIRECT, _AFTER_REVIEW = DISPUTE_BLOCKS


@rule(
    code="N06",
    severity=Severity.ERROR,
    basis=AGREEMENT,
    statement=Words(
        "正文说未发生行政复议、行政诉讼时，第四表相应总计为 0；正文写的件数、维持和纠正的"
        "件数与第四表一致（不一致只作提醒）。",
        "Where the text denies reviews or suits, table 4 shows none; stated counts, also of those upheld or "
        "corrected, equal its cells (a difference in counts is a warning).",
    ),
    clears=Words(
        "改正正文或第四表，使二者一致；口径不同的，在正文中说明。",
        "The text or table 4 is corrected; where they count differently, the text says so.",
    ),
    innocent=Words(
        "“未因公开被纠正、未败诉”是另一回事；正文可能按受理时间计，表格含往年结转的案件。",
        "“None corrected, none lost” is another claim; texts may count filings, tables older cases too.",
    ),
    reach=Reach(scopes=lambda _report: _DISPUTES, first_year=2019),
)
def disputes_stated(subject: Subject, kind: Label) -> Breach | None:
    """Compare what the text says of reviews or of suits with their blocks."""
    quote = no_dispute(subject.report, kind.key, subject.year)
    if quote is not None:
        return _denied_dispute(subject, kind, quote)
    return _dispute_count(subject, kind) or outcome_differs(subject, kind, _blocks(kind))


def _blocks(kind: Label) -> tuple[Label, ...]:
    return (_REVIEW,) if kind.key == REVIEW_WORD else (_DIRECT, _AFTER_REVIEW)


def _of_table_four(kind: Label) -> str:
    """Name the blocks that a kind of dispute has in table 4."""
    names = " + ".join(block.words.zh for block in _blocks(kind))
    return f"{kind.words.zh}（{names}）" if len(_blocks(kind)) > 1 else kind.words.zh


def _denied_dispute(subject: Subject, kind: Label, quote: str) -> Breach | None:
    found = []
    for block in _blocks(kind):
        *parts, whole = FORM_2021.block_keys(block.key)
        found.append(_positive(subject, (whole, *parts)))
    positive = [(keys, number) for keys, number in found if number is not None]
    if not positive:
        return None
    shown = " + ".join(number for _, number in positive)
    return Breach(
        cells=tuple(key for keys, _ in positive for key in keys),
        expected="0",
        actual=shown,
        severity=mild_for_regions(subject),
        message=Words(
            f"正文写“{quoted(quote)}”，第四表{_of_table_four(kind)}为 {shown} 件。"
            "请核对正文与表格，改正其一。",
            f"The text says that there were no {kind.words.en} (“{quoted(quote)}”), table 4 shows "
            f"{shown}. Please check both and correct one.",
        ),
    )


def _dispute_count(subject: Subject, kind: Label) -> Breach | None:
    stated = dispute_counts(subject.report, kind.key, subject.year)
    if not stated or tables_include_older_cases(subject.report):
        return None
    keys = tuple(FORM_2021.block_keys(block.key)[-1] for block in _blocks(kind))
    figures = [subject.figure(key) for key in keys]
    claim = contradiction(stated, total(figures), *figures)
    if claim is None:
        return None
    number, shown = show(claim.number), show(total(figures))
    return Breach(
        cells=keys,
        expected=number,
        actual=shown,
        severity=Severity.WARNING,
        message=Words(
            f"正文写“{quoted(claim.quote)}”（{number} 件），第四表{_of_table_four(kind)}总计为 {shown}。"
            "请核对正文与表格；如统计口径不同（如含往年受理的案件），请在正文说明。",
            f"The text states {number} {kind.words.en} (“{quoted(claim.quote)}”), table 4 totals {shown}. "
            "If they are counted differently, please say so in the text.",
        ),
    )


@rule(
    code="N12",
    severity=Severity.ERROR,
    basis=Words(
        "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
        "Measures on the information handling fee (国办函〔2020〕109号)",
    ),
    statement=Words(
        "信息处理费不能既写未收取、又写收取金额。",
        "The text does not say both that no handling fee was collected and how much was.",
    ),
    clears=Words("改正正文，使收费说明前后一致。", "The statements on the fee are made to agree."),
    innocent=Words(
        "第二表的行政事业性收费是另一个数，不作对照；收费标准、减免和只指部分申请的句子不计。",
        "The administrative fees of table 2 are another figure; rates, waivers and sentences on a part of "
        "the requests do not count.",
    ),
    reach=Reach(first_year=2020),
)
def fee_statements(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a denial and an amount of the handling fee in the same report."""
    denial = fees.no_fee_collected(subject.report, subject.year)
    amounts = fees.fees_collected(subject.report, subject.year)
    if denial is None or not amounts:
        return None
    amount = show(amounts[0].number)
    return Breach(
        cells=(),
        expected="0",
        actual=amount,
        message=_two_statements(quoted(denial), quoted(amounts[0].quote), amount),
    )


def _two_statements(denial: str, taken: str, amount: str) -> Words:
    if denial == taken:
        return Words(
            f"“{denial}”中既写未收取，又写收取 {amount} 元。请核对并统一。",
            f"One sentence says both that no handling fee was collected and that {amount} yuan were: "
            f"“{denial}”. Please check and make it agree.",
        )
    return Words(
        f"一处写“{denial}”，另一处写“{taken}”（{amount} 元）。请核对并统一。",
        f"One sentence says that no handling fee was collected (“{denial}”), another states "
        f"{amount} yuan (“{taken}”). Please check and make them agree.",
    )
