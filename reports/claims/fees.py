"""What the narrative claims about the information handling fee. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.claims.claim import NOT, Claim, Role
from reports.claims.sentences import Sentence, of_this_year, sentences_of
from reports.claims.whole import speaks_of_the_whole
from reports.model import AnnualReport

_FEE_SECTION = 6
_FEE = r"信息(?:公开)?处理费用?"
_NO_FEE = re.compile(
    rf"{NOT}(?:向(?:任何)?申请人)?(?:实际)?(?:收取|收缴|产生|发生)过?(?:收取)?"
    rf"(?:任何|相关|有关|依申请公开|政府信息公开|政府|信息公开|的){{0,4}}{_FEE}|"
    rf"无{_FEE}(?:收取|收费)?(?:的?情况)?(?=$|[,、])|{_FEE}(?:收取)?(?:情况)?(?:为|:)+无(?=$|[,、])"
)
_NO_FEE_AT_ALL = re.compile(
    rf"{NOT}(?:向(?:任何)?申请人)?(?:实际)?(?:收取|收缴)过?(?:任何|相关)?费用(?=$|[,、])"
)
_FEE_AMOUNT = re.compile(
    rf"(?:(?:收取|收缴)[^,\d]{{0,16}}{_FEE}|{_FEE}(?:实际)?(?:收取|收入)|^{_FEE}(?:情况)?(?::|为))"
    r"(?:情况|共计|合计|共|总计|金额|为|:){0,3}(?:\d{1,5}件[,、:]?)?"
    r"(?P<n>\d{1,9}(?:\.\d{1,4})?)(?P<unit>万?)元(?!/|每)"
)
_NOT_A_TOTAL = re.compile(
    r"标准|每件|/件|按件|按量|超出|其余|其他申请|部分|除|以下|应收|减免|免收|拟|"
    r"通知|应缴|未缴|逾期|未支付|放弃|退还|退回"
)
_FEE_MENTION = re.compile(rf"{_FEE}|{NOT}(?:收取|收缴)[^。;]{{0,20}}(?:费用|费)")


def mentions_the_fee(text: str) -> bool:
    """Say whether a section speaks of the information handling fee at all."""
    return _FEE_MENTION.search(re.sub(r"\s+", "", text)) is not None


def no_fee_collected(report: AnnualReport, year: int | None) -> str | None:
    """Return the sentence that says that no information handling fee was collected."""
    for sentence in sentences_of(report):
        text = sentence.text
        if "费" not in text or not of_this_year(text, year) or _NOT_A_TOTAL.search(text):
            continue
        denial = _denial(sentence)
        if denial is not None and speaks_of_the_whole(text, denial, report.agency):
            return sentence.quote
    return None


def _denial(sentence: Sentence) -> int | None:
    """Return where a sentence begins to say that no fee was collected."""
    text = sentence.text
    zeros = [found for found in _FEE_AMOUNT.finditer(text) if Decimal(found["n"]) == 0]
    found = zeros[0] if zeros else _NO_FEE.search(text)
    if found is None and sentence.section == _FEE_SECTION:
        found = _NO_FEE_AT_ALL.search(text)
    return None if found is None else found.start()


def fees_collected(report: AnnualReport, year: int | None) -> tuple[Claim, ...]:
    """Return the positive amounts, in yuan, that the text says were collected as this fee."""
    claims = []
    for sentence in sentences_of(report):
        if "费" not in sentence.text or not of_this_year(sentence.text, year):
            continue
        if not _NOT_A_TOTAL.search(sentence.text):
            for found in _FEE_AMOUNT.finditer(sentence.text):
                amount = Decimal(found["n"]) * (10_000 if found["unit"] else 1)
                claims.append(
                    Claim(Role.FEE, amount, sentence.quote, unit="元", section=sentence.section)
                )
    return tuple(claim for claim in claims if claim.number > 0)
