"""P rules on the text as it is shown: garbled characters, personal data. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reports.cells import Label
from reports.findings import Severity
from reports.model import AnnualReport
from reports.rules.engine import Breach, rule
from reports.rules.presentation.pictures import BASIS
from reports.rules.subject import Subject
from reports.rules.texts import LONGEST
from reports.words import Words

# Symbol fonts keep their bullets at U+F000 to U+F0FF: those are shown well enough.
_SPOILED = re.compile(
    "[\ufffd\ue000-\uefff\uf100-\uf8ff]|锟斤拷|烫烫|屯屯|[\u00c3-\u00d6\u00d8-\u00f4][\u0080-\u00bf]+"
)
_OPENING = Words("正文开头", "the opening")


def _texts(report: AnnualReport) -> Iterator[tuple[Words, str]]:
    """Yield where it stands and the text, for the opening and every section."""
    yield _OPENING, report.opening[:LONGEST]
    for section in report.sections:
        where = Words(f"第{'一二三四五六'[section.number - 1]}部分", f"section {section.number}")
        yield where, section.text[:LONGEST]


@rule(
    code="P09",
    severity=Severity.WARNING,
    basis=BASIS,
    statement=Words("正文没有乱码。", "The text has no garbled characters."),
    clears=Words("以正确的编码重新发布。", "The text is published again in the right encoding."),
    innocent=Words(
        "符号字体的项目符号、个别生僻字，以及少于比例的零星字符，不算。",
        "Bullets of symbol fonts, rare characters and a few signs below the share do not count.",
    ),
    limits={"share": "0.005", "fewest": "5"},
)
def garbled_text(subject: Subject, _scope: Label) -> Breach | None:
    """Count replacement and private signs and the traces of a wrong encoding."""
    found = [
        (where, sum(map(len, _SPOILED.findall(text)))) for where, text in _texts(subject.report)
    ]
    spoiled = sum(count for _, count in found)
    if spoiled < subject.limits["fewest"]:
        return None
    length = sum(len(text) for _, text in _texts(subject.report))
    if spoiled < subject.limits["share"] * length:
        return None
    worst, _ = max(found, key=lambda place: place[1])
    return Breach(
        cells=(),
        expected="0",
        actual=str(spoiled),
        message=Words(
            f"正文 {length} 字中有 {spoiled} 个乱码字符，以{worst.zh}最多。请核对网页编码后重新发布；"
            "如原页面显示正常，请告知我们。",
            f"Of {length} characters {spoiled} are garbled, most of them in {worst.en}. Please check the "
            "encoding of the page; if the page itself looks right, please tell us.",
        ),
    )


_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z/-])[1-9]\d{5}(?P<born>(?:19|20)\d{6})\d{3}[0-9Xx](?![0-9A-Za-z/])", re.ASCII
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z./-])1[3-9]\d(?P<gap>-?)\d{4}(?P=gap)\d{4}(?![0-9A-Za-z.%/-])", re.ASCII
)
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
_FACTORS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_LONG_NUMBER = re.compile(r"[\d０-９-]{11}")
# What an office itself gives as its number is meant to be called.
_CONTACT = re.compile(r"电话|联系|热线|咨询|传真|手机|举报|监督|投诉|微信|短信|Tel|公众号", re.I)
# 申请人王某，联系电话…: the number of the person just named, not one that the office gives as its own.
_OF_A_PERSON = re.compile(
    r"(?:申请人|信访人|投诉人|举报人|当事人|原告)[^。；;，,可请如需向拨致]{0,8}[，,、（(]?"
    r"(?:联系)?(?:电话|手机|方式)(?:号码|号)?[:：为是]{0,2}$"
)
_REACH_OF_CONTACT = 40
_KEPT = 4


@rule(
    code="P10",
    severity=Severity.WARNING,
    basis=Words(
        "《政府信息公开条例》第十五条（个人隐私）；《个人信息保护法》第三十四条",
        "Regulation on Disclosure, art. 15 (privacy); Personal Information Protection Law, art. 34",
    ),
    statement=Words(
        "正文不含身份证号码、个人手机号码。",
        "The text holds no identity card numbers and no personal mobile numbers.",
    ),
    clears=Words("删去或遮盖号码后重新发布。", "The number is removed or masked."),
    innocent=Words(
        "办公电话、联系方式中公开的号码、统一社会信用代码、校验位不符的数字，不算。",
        "Office numbers, contact lines, organisation codes and digits whose check digit fails do not count.",
    ),
)
def personal_data(subject: Subject, _scope: Label) -> Breach | None:
    """Look for numbers of persons; they are never repeated but for their last digits."""
    for where, text in _texts(subject.report):
        if _LONG_NUMBER.search(text) is None:
            continue
        plain = text.translate(_WIDE)
        for found in _ID_NUMBER.finditer(plain):
            if _is_id_number(found):
                return _exposed(Words("身份证号码", "identity card number"), where, found[0])
        for found in _MOBILE.finditer(plain):
            if not _is_given_for_calls(plain, found.start()):
                return _exposed(
                    Words("手机号码", "mobile number"), where, found[0], Severity.NOTICE
                )
    return None


def _is_given_for_calls(text: str, end: int) -> bool:
    """Say whether the words before a number offer it for calls, rather than naming whose it is."""
    begin = max(0, end - _REACH_OF_CONTACT)
    return bool(_CONTACT.search(text, begin, end)) and not _OF_A_PERSON.search(text, begin, end)


def _is_id_number(found: re.Match[str]) -> bool:
    """Say whether the birthday is a day and the last sign the check digit of the others."""
    number, born = found[0].upper(), found["born"]
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    total = sum(int(digit) * factor for digit, factor in zip(number, _FACTORS, strict=False))
    return _CHECK_DIGITS[total % 11] == number[-1]


def _exposed(what: Words, where: Words, number: str, severity: Severity | None = None) -> Breach:
    masked = "*" * (len(number) - _KEPT) + number[-_KEPT:]
    return Breach(
        cells=(),
        expected=None,
        actual=masked,
        message=Words(
            f"{where.zh}中有疑似个人的{what.zh}（{masked}）。请核对，确属个人信息的请删去或遮盖后重新发布。",
            f"In {where.en} there seems to be a person's {what.en} ({masked}). Please check and, if it is "
            "personal, remove or mask it.",
        ),
        severity=severity,
    )
