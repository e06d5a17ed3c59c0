"""A10–A12: licensing, penalties and coercion that are all 0, differ from other data, or jump. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from reports.cells import CELL_LABELS, Label
from reports.findings import Severity
from reports.model import Value
from reports.rules import gaps
from reports.rules.engine import Breach, rule
from reports.rules.explanations import sentence_with
from reports.rules.figures import show, show_gap
from reports.rules.proactive.cells import FEE, FORM, SINCE_2021, printed
from reports.rules.subject import NotTold, Subject
from reports.rules.years.previous import asked_before, figure_before, origin
from reports.words import Words

DECISIONS = ("licensing.decisions", "penalties.decisions", "coercion.decisions")
NO_ENFORCEMENT_DATA = Words(
    "没有提供行政执法年度数据，无法对照。",
    "The yearly enforcement data was not given, so there is nothing to compare with.",
)
_ENFORCERS = re.compile(
    r"公安|市场监督管理|市场监管|交通运输|城市管理|城管|综合(?:行政)?执法|应急管理|生态环境|"
    r"卫生健康|住房(?:和|与)?城乡建设|住建"
)
_COUNTED_ELSEWHERE = re.compile(
    r"分局|开发区|高新区|园区|新区|管委会|管理委员会|街道|[乡镇]人民政府"
)
_MOVED = re.compile(r"划转|划入|划出|移交|赋权|下放|承接|收归|机构改革|执法改革|集中行使|相对集中")
_POWERS = re.compile(r"许可|处罚|强制|执法|审批|职能|职责|职权|权限|事项|赋权")


@rule(
    code="A10",
    severity=Severity.NOTICE,
    basis=Words(
        "许可、处罚、强制统计全年全部决定，不论是否公开（第二表填报口径）",
        "Licensing, penalties and coercion count every decision of the year, published or not",
    ),
    statement=Words(
        "主要执法部门的许可、处罚、强制数量不全为 0。",
        "A body whose business is enforcement does not report 0 licences, penalties and measures alike.",
    ),
    clears=Words(
        "填入全年决定数量；职能已划出的，在报告中说明。",
        "The year's decisions are given; powers that were transferred are explained in the report.",
    ),
    innocent=Words(
        "执法权已划给综合执法机构、开发区分局等由上级统计的，不算问题。",
        "Powers transferred to another body, and branches whose decisions are counted above, are fine.",
    ),
    reach=SINCE_2021,
)
def enforcers_decide_something(subject: Subject, _scope: Label) -> Breach | None:
    """Look for an enforcement body that reports no decision of any kind."""
    if any((subject.value(key) or 0) > 0 for key in DECISIONS):
        return None
    if printed(subject, *DECISIONS) is None:
        return None
    name = _name(subject)
    if _ENFORCERS.search(name) is None or _COUNTED_ELSEWHERE.search(name):
        return None
    if sentence_with(subject.report, _MOVED, _POWERS):
        return None
    return Breach(
        cells=DECISIONS,
        expected="> 0",
        actual="0、0、0",
        message=Words(
            f"第二表 行政许可、行政处罚、行政强制全为 0，而{name}一般有执法决定。请核对是否漏填全年数量；"
            "确无或由其他机构行使的，请在报告中说明。",
            f"Table 2 says 0 licences, 0 penalties and 0 coercive measures, while {name} as a rule decides "
            "some. Please check whether the year's figures were left out; if another body acts, please say "
            "so.",
        ),
    )


def _name(subject: Subject) -> str:
    identity = subject.case.identity
    name = subject.report.agency if identity is None else identity.name
    if not name:
        raise NotTold(gaps.NO_IDENTITY)
    return name[:200]


@rule(
    code="A11",
    severity=Severity.NOTICE,
    basis=Words(
        "同一事实两处公布：行政执法年度数据（国办发〔2018〕118号）与第二表",
        "The same facts published twice: yearly enforcement data (国办发〔2018〕118号) and table 2",
    ),
    statement=Words(
        "许可、处罚、强制数量与本单位公布的行政执法年度数据一致。",
        "Licences, penalties and measures equal the unit's published yearly enforcement data.",
    ),
    clears=Words(
        "改正其一，或说明统计口径不同。",
        "One of them is corrected, or the difference in counting is explained.",
    ),
    innocent=Words(
        "撤销的决定、简易程序的计法可能不同；没有提供该数据时不作判定。",
        "Revoked decisions and summary procedures may be counted differently; without the data nothing is "
        "judged.",
    ),
    reach=SINCE_2021,
)
def same_as_enforcement_data(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the counts of decisions with those that the unit published elsewhere."""
    data = subject.case.enforcement
    if data is None:
        raise NotTold(NO_ENFORCEMENT_DATA)
    figures = _decisions(subject, tuple(key for key in DECISIONS if key in data))
    wrong = {key: figure for key, figure in figures.items() if figure != data[key]}
    if not wrong:
        return None
    zh = "；".join(
        f"{CELL_LABELS[k].zh}写 {show(v)}，执法数据为 {data[k]}，差 {show_gap(v, data[k])}"
        for k, v in wrong.items()
    )
    en = "; ".join(
        f"{CELL_LABELS[k].en} says {show(v)}, the enforcement data {data[k]}, difference "
        f"{show_gap(v, data[k])}"
        for k, v in wrong.items()
    )
    return Breach(
        cells=tuple(wrong),
        expected="、".join(str(data[key]) for key in wrong),
        actual="、".join(show(figure) for figure in wrong.values()),
        message=Words(
            f"第二表与行政执法年度数据不同：{zh}。请核对；口径不同的请说明。",
            f"Table 2 differs from the yearly enforcement data: {en}. Please check; explain other ways of "
            "counting.",
        ),
    )


def _decisions(subject: Subject, keys: tuple[str, ...]) -> Mapping[str, Value]:
    """Return the figures that are printed as numbers. Raises NotStated when our copy lacks one."""
    found = {key: printed(subject, key) for key in keys}
    return {key: figures[0] for key, figures in found.items() if figures is not None}


@rule(
    code="A12",
    severity=Severity.NOTICE,
    basis=FORM,
    statement=Words(
        "许可、处罚、强制数量和收费金额与上年相比没有十倍以上的变化（变化不大的绝对数不计）。",
        "Licences, penalties, measures and fees do not change tenfold within a year (small numbers aside).",
    ),
    clears=Words(
        "改正填错的一年；变化属实的，在报告中说明。",
        "The year that is wrong is corrected; a change that is true is explained in the report.",
    ),
    innocent=Words(
        "乡镇赋权、职能划转引起的变化，报告写明的不算问题。",
        "Powers given to townships or transferred; where the report says so, it is no breach.",
    ),
    reach=SINCE_2021,
    limits={"times": "10", "least": "50"},
)
def no_leap(subject: Subject, _scope: Label) -> Breach | None:
    """Look for counts of decisions that leapt or fell against last year."""
    leaps = {
        key: pair
        for key in (*DECISIONS, FEE)
        if (pair := _pair(subject, key)) is not None and _leapt(subject, *pair)
    }
    if not leaps or sentence_with(subject.report, _MOVED, _POWERS):
        return None
    return _leaps(subject, leaps)


def _pair(subject: Subject, key: str) -> tuple[Value, Value] | None:
    """Return last year's figure and this one, None where one of them is none by nature."""
    figures = printed(subject, key)
    if figures is None or not asked_before(subject, key):
        return None
    return figure_before(subject, key), figures[0]


def _leapt(subject: Subject, before: Value, now: Value) -> bool:
    times, least = subject.limits["times"], subject.limits["least"]
    return abs(Decimal(now) - before) > least and (now > times * before or before > times * now)


def _leaps(subject: Subject, leaps: Mapping[str, tuple[Value, Value]]) -> Breach:
    source, times = origin(subject), show(subject.limits["times"])
    zh = "；".join(
        f"{CELL_LABELS[k].zh}上年 {show(b)}，本年 {show(n)}" for k, (b, n) in leaps.items()
    )
    en = "; ".join(
        f"{CELL_LABELS[k].en}: {show(b)} last year, {show(n)} now" for k, (b, n) in leaps.items()
    )
    return Breach(
        cells=tuple(leaps),
        expected=None,
        actual="、".join(show(now) for _, now in leaps.values()),
        message=Words(
            f"第二表与上年相比变化超过 {times} 倍：{zh}{source.zh}。请核对；属实的请在报告中说明原因。",
            f"Table 2 changed more than {times}-fold: {en}{source.en}. Please check; if it is right, please "
            "explain why.",
        ),
    )
