"""What the narrative claims about administrative review and litigation; in doubt nothing. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.model import AnnualReport
from reports.rules.claims import Claim
from reports.rules.sentences import (
    clause_before,
    mentions,
    of_this_year,
    sentences_of,
    speaks_of_a_part,
)

REVIEW_WORD = "复议"
LITIGATION_WORD = "诉讼"

_DENIAL = re.compile(
    r"(?:未曾|尚未|从未|均未|并未|没有|未|无)"
    r"(?:发生|收到|产生|出现|引起|引发|存在|有|被提起|提起|被申请|申请|涉及|因|由|有关|关于|相关|针对|"
    r"本机关|本单位|我单位|依申请公开|政府信息公开|信息公开|政府信息|工作|事项|而|导致|的|任何|被|一起|一件|1起|1件|"
    r"情况|案件|事件|方面|投诉|举报|信访|行政|复议|诉讼|应诉|、|,(?=行政)|和|或者|或|及|以及|与){1,24}"
)
_JUST_AN_END = re.compile(r"^(?:$|[,、)）])")
_ZERO = r"(?:案件|申请|情况|数量|数)?(?:共|为|:)?0(?:件|起|宗)(?![\d.])"
_BOTH_ZERO = re.compile(
    r"行政复议(?:案件)?[、和及](?:行政)?诉讼(?:案件)?(?:数量|件数|数|情况)?(?:均为|都为|均|为|:)?"
    r"[0零](?:件|起|宗)?(?=$|[,、)）])"
)
_ONE_PLAINTIFF = re.compile(r"自然人|法人|公民|企业|组织|本级")
_OTHER_CLAIM = re.compile(
    r"纠正|纠错|败诉|撤销|确认违法|复议机关|复议机构|第三人|维持|其中|全市|全县|全区|全省|往年|结转|审结"
)
_COUNT = r"(?P<prefix>行政{word})(?:案件|申请)?(?:共计|共|为|:)?(?P<n>\d{{1,9}})(?:件|起|宗)"
_COUNT_FIRST = r"(?<![\d.])(?P<n>\d{{1,9}})(?:件|起|宗)(?:政府信息公开|信息公开)?行政{word}"


def no_dispute(report: AnnualReport, word: str, year: int | None) -> str | None:
    """Return the sentence that says that there was no review or no litigation at all."""
    zero = re.compile(rf"行政{word}{_ZERO}")
    for sentence in sentences_of(report, (1, 4, 6)):
        text = sentence.text
        if not of_this_year(text, year) or _OTHER_CLAIM.search(text):
            continue
        if zero.search(text) or _BOTH_ZERO.search(text) or _denies(text, word):
            return sentence.quote
    return None


def _denies(text: str, word: str) -> bool:
    for found in mentions(_DENIAL, text):
        before = clause_before(text, found.start())
        if speaks_of_a_part(before) or _ONE_PLAINTIFF.search(before):
            continue
        if word in found[0] and _JUST_AN_END.match(text[found.end() :]):
            return True
    return False


def dispute_counts(report: AnnualReport, word: str, year: int | None) -> tuple[Claim, ...]:
    """Return the counts of reviews or suits on information disclosure that the text states."""
    patterns = (re.compile(_COUNT.format(word=word)), re.compile(_COUNT_FIRST.format(word=word)))
    claims = []
    for sentence in sentences_of(report, (1, 4)):
        text = sentence.text
        about_us = sentence.section == 4 or "信息公开" in text
        if not about_us or not of_this_year(text, year) or _OTHER_CLAIM.search(text):
            continue
        for pattern in patterns:
            claims += [Claim(Decimal(m["n"]), sentence.quote) for m in pattern.finditer(text)]
    return tuple(claims)
