"""What the narrative claims about administrative review and litigation; in doubt nothing. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.claims.claim import Claim, Role
from reports.claims.sentences import (
    Sentence,
    clause_before,
    mentions,
    of_this_year,
    sentences_of,
    speaks_of_a_part,
)
from reports.claims.whole import speaks_of_the_whole
from reports.model import AnnualReport

REVIEW_WORD = "复议"
LITIGATION_WORD = "诉讼"

_DENIAL = re.compile(
    r"(?:未曾|尚未|从未|均未|并未|没有|不存在|未|无)"
    r"(?:发生|收到|产生|出现|引起|引发|存在|有(?!关)|被提起|提起|被申请|申请|涉及|因|由|有关|关于|相关|针对|"
    r"本机关|本单位|我单位|依申请公开|政府信息公开|信息公开|政府信息|工作|事项|而|导致|的|任何|被|一起|一件|1起|1件|"
    r"过|类|不服|答复|情况|案件|事件|方面|投诉|举报|信访|行政|复议|诉讼|应诉|、|,(?=行政)|和|或者|或|及|以及|与){1,24}"
)
_JUST_AN_END = re.compile(r"$|[,、)）]")
_ZERO = r"(?:案件|申请|情况|数量|数)?(?:共|为|:)?0(?:件|起|宗)(?![\d.])"
_BOTH_ZERO = re.compile(
    r"行政复议(?:案件)?[、和及](?:行政)?诉讼(?:案件)?(?:数量|件数|数|情况)?(?:均为|都为|均|为|:)?"
    r"[0零](?:件|起|宗)?(?=$|[,、)）])"
)
_ONE_PLAINTIFF = re.compile(r"自然人|法人|公民|企业|组织|本级")
_OTHER_CLAIM = re.compile(
    r"代理|审理|裁决|委托|纠正|纠错|败诉|撤销|确认违法|复议机关|复议机构|第三人|维持|其中|占|不涉及|非政府信息公开|全市|全县|全区|全省|往年|结转|审结"
)
_COUNT = r"(?P<prefix>行政{word})(?:案件|申请)?(?:共计|共|为|:)?(?P<n>\d{{1,9}})(?:件|起|宗)"
_COUNT_FIRST = r"(?<![\d.])(?P<n>\d{{1,9}})(?:件|起|宗)(?:政府信息公开|信息公开)?行政{word}"

_SUMMED = (
    r"行政{word}[^,;\d]{{0,12}}\d{{1,6}}件(?:[,、][^,;、\d]{{1,8}}\d{{1,6}}件){{1,5}}"
    r"[,、](?:共计|共|合计|总计)(?P<n>\d{{1,9}})件(?=$|[,)])"
)
_OUTCOME = re.compile(r"(?:结果)?(?P<word>维持|纠正|纠错)(?:的|案件|为)?(?P<n>\d{1,6})[件起宗]")
_OLDER_CASES = re.compile(
    r"(?:表|数据|统计|案件|件数)[^;]{0,30}?(?:含|包括|包含)[^;]{0,12}?(?:往年|上年|以前年度|历年|跨年|结转)"
)
_OTHER_TOPIC = re.compile(r"第三人|全[市县区省]|往年|结转|去年")


def no_dispute(report: AnnualReport, word: str, year: int | None) -> str | None:
    """Return the sentence that says that there was no review or no litigation at all."""
    zero = re.compile(rf"行政{word}(?:{_ZERO}|(?:情况)?:无(?=$|[,、]))")
    for sentence in sentences_of(report, (1, 4, 6)):
        text = sentence.text
        if word not in text or not of_this_year(text, year) or _OTHER_CLAIM.search(text):
            continue
        if _counts_none(zero, text, report.agency) or _denies(text, word, report.agency):
            return sentence.quote
    return None


def _counts_none(zero: re.Pattern[str], text: str, agency: str | None) -> bool:
    found = zero.search(text) or _BOTH_ZERO.search(text)
    return found is not None and speaks_of_the_whole(text, found.start(), agency)


def _denies(text: str, word: str, agency: str | None) -> bool:
    for found in mentions(_DENIAL, text):
        if word not in found[0] or not _JUST_AN_END.match(text, found.end()):
            continue
        before = clause_before(text, found.start())
        narrowed = speaks_of_a_part(before) or _ONE_PLAINTIFF.search(before)
        if not narrowed and speaks_of_the_whole(text, found.start(), agency):
            return True
    return False


def tables_include_older_cases(report: AnnualReport) -> bool:
    """Say whether the text itself explains that table 4 also counts cases of earlier years."""
    return any(_OLDER_CASES.search(sentence.text) for sentence in sentences_of(report))


def dispute_counts(report: AnnualReport, word: str, year: int | None) -> tuple[Claim, ...]:
    """Return the counts of reviews or suits on information disclosure that the text states."""
    summed = re.compile(_SUMMED.format(word=word))
    patterns = (re.compile(_COUNT.format(word=word)), re.compile(_COUNT_FIRST.format(word=word)))
    claims = []
    for sentence in sentences_of(report, (1, 4)):
        text = sentence.text
        about_us = word in text and (sentence.section == 4 or "信息公开" in text)
        if not about_us or not of_this_year(text, year):
            continue
        head = text.partition("其中")[0]
        if "信息公开" in head or sentence.section == 4:
            text = head
        if (sum_ := summed.search(text)) and not _OTHER_TOPIC.search(text):
            claims.append(_claim(word, sentence, sum_))
        for pattern in () if _OTHER_CLAIM.search(text) else patterns:
            claims += [_claim(word, sentence, found) for found in pattern.finditer(text)]
    return tuple(claims)


def outcomes(report: AnnualReport, year: int | None) -> tuple[Claim, ...]:
    """Return how many decisions the text says were upheld or corrected in reviews and suits."""
    claims = []
    for sentence in sentences_of(report, (1, 4)):
        text = sentence.text
        about = REVIEW_WORD in text or LITIGATION_WORD in text
        if about and of_this_year(text, year) and not _OTHER_TOPIC.search(text):
            for found in mentions(_OUTCOME, text):
                role = Role.UPHELD if found["word"] == "维持" else Role.CORRECTED
                number = Decimal(found["n"])
                claims.append(Claim(role, number, sentence.quote, section=sentence.section))
    return tuple(claims)


_MOST_OUTCOMES = 40
_OF_DISCLOSURE = r"信息公开(?:类|工作|相关)?(?:的)?(?:行政)?{word}"


def outcomes_of(report: AnnualReport, word: str, year: int | None) -> tuple[Claim, ...]:
    """Return the outcomes of reviews alone, or of suits alone, on information disclosure."""
    other = LITIGATION_WORD if word == REVIEW_WORD else REVIEW_WORD
    named = re.compile(_OF_DISCLOSURE.format(word=word))
    stated = outcomes(report, year)[:_MOST_OUTCOMES]
    if not stated or tables_include_older_cases(report):
        return ()
    return tuple(
        claim
        for claim in stated
        if other not in claim.quote
        and (named.search(claim.quote) or (claim.section == 4 and word in claim.quote))
        and not _NOT_ALL.search(claim.quote)
    )


_NOT_ALL = re.compile(
    r"复议机关|复议机构|复议局|其中|本级|一审|二审|再审|上年|往年|部分|各|审结|审理|受理|代理|作为|驳回"
)


def _claim(word: str, sentence: Sentence, found: re.Match[str]) -> Claim:
    role = Role.REVIEW if word == REVIEW_WORD else Role.LITIGATION
    number, (start, end) = Decimal(found["n"]), found.span("n")
    return Claim(role, number, sentence.quote, section=sentence.section, start=start, end=end)
