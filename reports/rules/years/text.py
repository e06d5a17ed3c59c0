"""Y05 and Y06: this year's words against last year's. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.cells import Label
from reports.findings import Severity
from reports.likeness import FEWEST, containment, shared_passage, shingles
from reports.model import AnnualReport
from reports.narrative import grams_of, narrative_of
from reports.rules.engine import Breach, Default, rule
from reports.rules.explanations import quoted
from reports.rules.subject import NotTold, Subject
from reports.rules.years.previous import origin, previous_report
from reports.words import Words

_BASIS = Words(
    "国办公开办函〔2021〕30号：不得内容雷同、敷衍塞责、照搬照抄",
    "国办公开办函〔2021〕30号: no identical, perfunctory or copied reports",
)
NO_TEXT_BEFORE = Words(
    "上一年度报告没有可供对照的正文。", "The report of the year before has no text to compare with."
)
# What is planned stands after the problems; a plan may well be carried on.
_PLANS = re.compile(
    r"改进(?:情况|措施|举措|方向|方面)|整改(?:情况|措施|举措)|下一步|下步|今后|[二三四五]、|[(（]二[)）]"
)


@rule(
    code="Y05",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "第一、五部分写本年度的工作，不是上一年度报告的文字。",
        "Sections one and five tell of this year, not in the words of last year's report.",
    ),
    clears=Words(
        "按本年度的实际情况重写第一、五部分中与上一年度相同的文字。",
        "The passages of sections one and five that repeat last year's are rewritten for this year.",
    ),
    innocent=Words(
        "其余部分的固定格式、固定表述不比较；数字和标点不计；篇幅太短的不比较；个别沿用的句子达不到提示比例。",
        "Set forms and phrases of the other sections, figures and signs are not compared, nor texts too "
        "short; a few sentences carried on stay below the limit.",
    ),
    limits={"warning": "0.85", "notice": "0.60"},
    default=Default.NOTICE,
)
def text_of_last_year(subject: Subject, _scope: Label) -> Breach | None:
    """Measure how much of sections one and five last year's report already held."""
    ours = narrative_of(subject.report)
    theirs = _narrative_before(subject)
    share, limit = containment(grams_of(ours), grams_of(theirs)), subject.limits["notice"]
    if share is None or share < limit:
        return None
    grave = share >= subject.limits["warning"]
    quote = quoted(shared_passage("\n".join(ours), "\n".join(theirs)))
    rate, source = _per_cent(share), origin(subject)
    return Breach(
        cells=(),
        expected=f"<{_per_cent(limit)}",
        actual=rate,
        severity=None if grave else Severity.NOTICE,
        message=Words(
            f"第一、五部分有 {rate} 的文字与上一年度报告相同（数字不计），例如“{quote}”{source.zh}。"
            "请写本年度的实际情况。",
            f"{rate} of sections one and five (figures left out) stood in the report of the year before, "
            f"for example “{quote}”{source.en}. Please tell what this year was like.",
        ),
    )


@rule(
    code="Y06",
    severity=Severity.WARNING,
    basis=Words(
        "《政府信息公开条例》第五十条第（四）项：工作存在的主要问题及改进情况",
        "Regulation on Disclosure, art. 50(4): main problems of the work and their improvement",
    ),
    statement=Words(
        "第五部分的问题不与上一年度完全一样。",
        "The problems in section five are not those of last year word for word.",
    ),
    clears=Words(
        "写明上一年度的问题改进得怎样，以及本年度的具体问题。",
        "Section five tells how last year's problems were mended, and which ones this year had.",
    ),
    innocent=Words(
        "同一问题仍然存在而换了说法、写了进展的不算；问题只写一两句、太短的不比较。",
        "A problem that persists, told anew with its progress, does not count; one or two sentences are "
        "too short to compare.",
    ),
    limits={"share": "0.80"},
    default=Default.NOTICE,
)
def problems_of_last_year(subject: Subject, _scope: Label) -> Breach | None:
    """Measure how much of this year's problems stood in last year's section five."""
    ours, theirs = _problems(subject.report), _fifth_before(subject)
    share, limit = containment(shingles(ours), shingles(theirs)), subject.limits["share"]
    if share is None or share < limit:
        return None
    rate, quote, source = _per_cent(share), quoted(shared_passage(ours, theirs)), origin(subject)
    return Breach(
        cells=(),
        expected=f"<{_per_cent(limit)}",
        actual=rate,
        message=Words(
            f"第五部分写的问题有 {rate} 的文字与上一年度报告相同，例如“{quote}”{source.zh}。"
            "请写明改进得怎样、本年度还有哪些具体问题。",
            f"{rate} of the problems in section five stood in the report of the year before, for example "
            f"“{quote}”{source.en}. Please tell what was improved and which problems this year had.",
        ),
    )


def _narrative_before(subject: Subject) -> tuple[str, ...]:
    texts = narrative_of(previous_report(subject))
    if not texts:
        raise NotTold(NO_TEXT_BEFORE)
    return texts


def _fifth_before(subject: Subject) -> str:
    section = previous_report(subject).section(5)
    if section is None or not section.text:
        raise NotTold(NO_TEXT_BEFORE)
    return section.text


def _problems(report: AnnualReport) -> str:
    """Return what section five says before it comes to plans; all of it where that is not told apart."""
    section = report.section(5)
    if section is None:
        return ""
    plans = _PLANS.search(section.text, FEWEST)
    return section.text[: plans.start()] if plans else section.text


def _per_cent(share: Decimal) -> str:
    """Return a share as a percentage that never rounds up to what was not reached."""
    return f"{int(share * 100)}%"
