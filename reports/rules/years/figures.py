"""Y02–Y04, Y07, Y08: figures of this year against those of last year. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.cells import REQUEST_COLUMNS, Label, request_key
from reports.findings import Severity
from reports.model import AnnualReport, Quality, TableName
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import quoted, sentence_with
from reports.rules.figures import APPLICANTS, TOTAL, show
from reports.rules.proactive.cells import SINCE_2021
from reports.rules.proactive.stock import EXPIRY, NORMATIVE, SETTLED, STOCK, stock_equation
from reports.rules.subject import NotStated, NotTold, Subject
from reports.rules.years.previous import (
    PREVIOUS_LOST,
    count_before,
    figure_before,
    origin,
    previous_report,
)
from reports.words import Words

_NEW = request_key("new", TOTAL)
_REACH = Reach(table=TableName.REQUESTS, first_year=2019)
_COLUMN_WORDS = {column.key: column.words for column in REQUEST_COLUMNS}


@rule(
    code="Y02",
    severity=Severity.WARNING,
    basis=Words(
        "“结转”的含义：上年末未办结的申请即本年的上年结转（年度报告格式第三表）",
        "Meaning of carry-over: what was pending last year is carried into this one (form, table 3)",
    ),
    statement=Words(
        "每一申请人列：本年“上年结转” = 上一年度报告的“结转下年度继续办理”。",
        "In each applicant column this year's carried in equals last year's carried over.",
    ),
    clears=Words(
        "改正相应列；申请人重新归类或上年数据更正的，在报告中说明。",
        "The columns are corrected; a re-classification or a correction is explained in the report.",
    ),
    innocent=Words(
        "申请人身份重新归类时各列可以不等而总计相等。",
        "Applicants who were classified anew change columns while the total stays.",
    ),
    reach=_REACH,
)
def carry_over_by_applicant(subject: Subject, _scope: Label) -> Breach | None:
    """Compare carried in with last year's carried over, applicant by applicant."""
    pairs = {
        column: (
            count_before(subject, request_key("carried_out", column)),
            subject.figure(request_key("carried_in", column)),
        )
        for column in APPLICANTS
    }
    wrong = {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}
    if not wrong:
        return None
    source = origin(subject)
    zh = "；".join(
        f"{_COLUMN_WORDS[c].zh}列上年转出 {show(b)}，本年转入 {show(n)}"
        for c, (b, n) in wrong.items()
    )
    en = "; ".join(
        f"{_COLUMN_WORDS[c].en}: {show(b)} carried over, {show(n)} carried in"
        for c, (b, n) in wrong.items()
    )
    return Breach(
        cells=tuple(request_key("carried_in", column) for column in wrong),
        expected="、".join(show(before) for before, _ in wrong.values()),
        actual="、".join(show(now) for _, now in wrong.values()),
        message=Words(
            f"第三表“上年结转”与上一年度报告“结转下年度”不同：{zh}{source.zh}。"
            "请核对；申请人重新归类的请说明。",
            f"Requests carried in differ from those carried over a year before: {en}{source.en}. Please "
            "check; if applicants were classified anew, please say so.",
        ),
    )


@rule(
    code="Y03",
    severity=Severity.WARNING,
    basis=Words(
        "内容雷同、照搬照抄应予问责（国办公开办函〔2021〕30号）",
        "Copied content is held against the agency (国办公开办函〔2021〕30号)",
    ),
    statement=Words(
        "第三表不与上年逐格相同（新收很少的不计）。",
        "Table 3 is not the same as last year's in every cell (very small numbers aside).",
    ),
    clears=Words(
        "换成本年数字；确实逐格相同的，在报告中说明。",
        "This year's figures are filled in; if they truly are the same, the report says so.",
    ),
    innocent=Words(
        "申请只有一两件或没有的，逐格相同并不奇怪，不作判定。",
        "With one or two requests, or none, equal tables are no wonder and are not judged.",
    ),
    reach=_REACH,
    limits={"tiny": "2"},
)
def not_last_years_table(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a table 3 that repeats last year's cell by cell."""
    previous, received = previous_report(subject), subject.figure(_NEW)
    if received <= subject.limits["tiny"]:
        return None
    keys = subject.report.form.request_keys
    if not _same_everywhere(subject, previous, keys):
        return None
    count, source = len(keys), origin(subject)
    return Breach(
        cells=keys,
        expected=None,
        actual=show(received),
        message=Words(
            f"第三表 {count} 格与上一年度报告逐格相同（本年新收 {show(received)} 件）{source.zh}。"
            "请核对是否误用上年数字；确实相同的请说明。",
            f"All {count} cells of table 3 equal last year's ({show(received)} new requests){source.en}. "
            "Please check whether last year's figures were used; if they are right, please say so.",
        ),
    )


def _same_everywhere(subject: Subject, previous: AnnualReport, keys: tuple[str, ...]) -> bool:
    """Say whether all cells are the same. Raises for lost cells only when no other cell differs."""
    lost, before = [], []
    for key in keys:
        now, then = subject.value(key), previous.cell(key).value
        if now != then and now is not None and then is not None:
            return False
        if now is None:
            lost.append(key)
        before.append(then)
    if lost:
        raise NotStated(lost)
    table = previous.tables.get(TableName.REQUESTS)
    if None in before or table is None or table.quality is Quality.SHIFTED:
        raise NotTold(PREVIOUS_LOST)
    return True


_FIRST_YEAR = 2008
_LOOKED_BACK = 4
_NEW_AGENCY = re.compile(
    r"(?:新组建|新成立|新设立|新设|挂牌成立|挂牌|组建成立|正式成立|成立于|机构改革|更名|改名|合并组建)"
)
_NO_LISTING = Words(
    "没有提供栏目所列的年度，无法核对往年报告。",
    "The years that the column lists were not given, so earlier reports cannot be checked.",
)


@rule(
    code="Y04",
    severity=Severity.NOTICE,
    basis=Words(
        "政府信息公开年报栏目应保留历年报告（国办发〔2019〕61号平台规范）",
        "The column of annual reports keeps those of earlier years (platform rules, 61号)",
    ),
    statement=Words(
        "栏目中有上一年度的报告。", "The column also lists the report of the year before."
    ),
    clears=Words(
        "在栏目中补列往年报告，或恢复其链接。",
        "The earlier reports are listed in the column again.",
    ),
    innocent=Words(
        "新成立或更名的单位没有往年报告，报告写明的不算问题。",
        "A new or renamed agency has no earlier reports; where the report says so, it is no breach.",
    ),
)
def earlier_years_listed(subject: Subject, _scope: Label) -> Breach | None:
    """Look for last year's report in the column that lists this one."""
    year, listing = subject.year, subject.case.listing
    if year is None or listing is None or year not in listing.years:
        raise NotTold(_NO_LISTING)
    listed = {*listing.years, *(subject.case.earlier_years or ())}
    span = range(year - 1, max(year - _LOOKED_BACK, _FIRST_YEAR) - 1, -1)
    missing = [before for before in span if before not in listed]
    if year - 1 not in missing or sentence_with(subject.report, _NEW_AGENCY):
        return None
    years = "、".join(map(str, missing))
    return Breach(
        cells=(),
        expected=str(year - 1),
        actual="、".join(map(str, sorted(listing.years))),
        message=Words(
            f"栏目“{quoted(listing.column)}”列有 {year} 年度报告，没有列出 {years} 年度报告。"
            "请补列往年报告；单位新成立或更名的请说明。",
            f"The column “{quoted(listing.column)}” lists the report of {year} but not of "
            f"{', '.join(map(str, missing))}. Please list the earlier reports; if the agency is new or "
            "renamed, please say so.",
        ),
    )


_CROWD = re.compile(
    r"同一申请人|个别申请人|部分申请人|批量|集中(?:提出|提交|申请)|大量|激增|骤增|大幅"
)
_REQUESTS = re.compile(r"申请")


@rule(
    code="Y07",
    severity=Severity.NOTICE,
    basis=Words(
        "数据准确的要求（国办公开办函〔2021〕30号）",
        "Figures are accurate (国办公开办函〔2021〕30号)",
    ),
    statement=Words(
        "本年新收申请与上年相比没有五倍以上的变化（变化不大的绝对数不计）。",
        "New requests do not change fivefold within a year (small numbers aside).",
    ),
    clears=Words(
        "改正填错的一年；变化属实的，在报告中说明原因。",
        "The year that is wrong is corrected; a change that is true is explained.",
    ),
    innocent=Words(
        "个别申请人批量申请引起的变化，报告写明的不算问题。",
        "A single applicant's series of requests; where the report says so, it is no breach.",
    ),
    reach=_REACH,
    limits={"times": "5", "least": "20"},
)
def requests_do_not_leap(subject: Subject, _scope: Label) -> Breach | None:
    """Look for new requests that leapt or fell against last year."""
    before, now = figure_before(subject, _NEW), subject.figure(_NEW)
    times, least = subject.limits["times"], subject.limits["least"]
    if abs(Decimal(now) - before) < least or not (now > times * before or before > times * now):
        return None
    if sentence_with(subject.report, _CROWD, _REQUESTS):
        return None
    source = origin(subject)
    return Breach(
        cells=(_NEW,),
        expected=None,
        actual=show(now),
        message=Words(
            f"第三表本年新收 {show(now)} 件，上年 {show(before)} 件，变化超过 {show(times)} 倍{source.zh}。"
            "请核对；属实的请在报告中说明原因。",
            f"Table 3: {show(now)} new requests, {show(before)} last year, a change of more than "
            f"{show(times)}-fold{source.en}. Please check; if it is right, please explain why.",
        ),
    )


@rule(
    code="Y08",
    severity=Severity.WARNING,
    basis=STOCK,
    statement=Words(
        "行政规范性文件：现行有效 = 上年现行有效 + 本年制发 − 本年废止。",
        "Normative documents: in force = in force last year + made − repealed.",
    ),
    clears=SETTLED,
    innocent=EXPIRY,
    reach=SINCE_2021,
)
def normative_documents_in_stock(subject: Subject, _scope: Label) -> Breach | None:
    """Follow the stock of normative documents from last year."""
    return stock_equation(subject, NORMATIVE)
