"""D rules on the report's own text: repeated, off topic, by superseded rules, in the future tense. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.cells import Label
from reports.claims.sentences import sentences_of
from reports.findings import Severity
from reports.likeness import containment, shared_passage, shingles
from reports.model import AnnualReport
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.subject import Subject
from reports.rules.texts import solid_texts
from reports.words import Words

_BASIS = Words(
    "国办公开办函〔2021〕30号：不得内容雷同、敷衍塞责、照搬照抄",
    "国办公开办函〔2021〕30号: no identical, perfunctory or copied reports",
)
_LONGEST_QUOTE = 80
_SINCE_2021 = 2021


def _per_cent(share: Decimal) -> str:
    return f"{share * 100:.0f}%"


@rule(
    code="D02",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "第五部分不重复第一部分的文字。", "Section five does not repeat the text of section one."
    ),
    clears=Words(
        "第五部分改写为本年度的具体问题和改进情况。",
        "Section five is rewritten with the problems and improvements of the year.",
    ),
    innocent=Words(
        "个别相同的提法不算；篇幅太短、不足以比较的不算。",
        "A few phrases in common do not count, nor texts too short to compare.",
    ),
    limits={"share": "0.25"},
)
def repeated_section(subject: Subject, _scope: Label) -> Breach | None:
    """Compare section five with section one."""
    first, fifth = subject.report.section(1), subject.report.section(5)
    if first is None or fifth is None:
        return None
    limit = subject.limits["share"]
    share = containment(shingles(fifth.text), shingles(first.text))
    if share is None or share < limit:
        return None
    quote = shared_passage(fifth.text, first.text)[:_LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected=f"<{_per_cent(limit)}",
        actual=_per_cent(share),
        message=Words(
            f"第五部分有 {_per_cent(share)} 的文字与第一部分相同，例如“{quote}”。请写本年度的问题和改进。",
            f"{_per_cent(share)} of section five repeats section one, for example “{quote}”. Please write "
            "of the problems and improvements of the year instead.",
        ),
    )


_ON_TOPIC = re.compile(
    r"公开|信息|解读|平台|申请|政务|网站|栏目|发布|答复|条例|保密|回应|公众号|新媒体|知情|公示"
)
_LISTED = re.compile(
    r"[一二三四五六七八九]是|[(（][一二三四五六七八九十\d][)）]|(?<!\d)\d[.、](?!\d)"
)
_HEADING = re.compile(
    r"[（(]?[\d一二三四五六]{0,2}[、.）)]*(?:存在)?的?(?:主要)?(?:问题|困难|不足|改进|措施|情况|及|和|与){1,6}"
)
_SHORTEST_STATEMENT = 5


@rule(
    code="D04",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "第五部分写的是政府信息公开工作的问题。",
        "Section five is about the work of information disclosure.",
    ),
    clears=Words(
        "第五部分改写为政府信息公开工作的问题和改进。",
        "Section five is rewritten about information disclosure.",
    ),
    innocent=Words(
        "提到公开、信息、解读、平台、申请等即算切题；队伍、培训、机制等个别句子不算离题；句子太少的不作比较。",
        "Any word of disclosure keeps a sentence on topic; single sentences on staff and training do not "
        "matter; with too few sentences nothing is compared.",
    ),
    limits={"share": "0.5", "fewest_sentences": "4"},
    default=Default.NOTICE,
)
def off_topic(subject: Subject, _scope: Label) -> Breach | None:
    """Count the statements of section five that have no word of disclosure."""
    statements = list(_statements(subject.report))
    if Decimal(len(statements)) < subject.limits["fewest_sentences"]:
        return None
    off = [statement for statement in statements if not _ON_TOPIC.search(statement)]
    if Decimal(len(off)) < subject.limits["share"] * len(statements):
        return None
    return Breach(
        cells=(),
        expected=f"<{_per_cent(subject.limits['share'])}",
        actual=f"{len(off)}/{len(statements)}",
        message=Words(
            f"第五部分 {len(statements)} 句中有 {len(off)} 句与政府信息公开无关，例如"
            f"“{off[0][:_LONGEST_QUOTE]}”。请写政府信息公开工作的问题和改进。",
            f"{len(off)} of {len(statements)} statements in section five are not about disclosure, for "
            f"example “{off[0][:_LONGEST_QUOTE]}”. Please write of the work of disclosure.",
        ),
    )


def _statements(report: AnnualReport) -> Iterator[str]:
    """Yield the sentences of section five, those of a list one by one."""
    for sentence in sentences_of(report, (5,)):
        parts = _LISTED.split(sentence.quote)
        yield from (
            part for part in parts if len(part) >= _SHORTEST_STATEMENT and not _is_heading(part)
        )


def _is_heading(part: str) -> bool:
    return _HEADING.fullmatch(part) is not None


_NUMBER = r"[〔\[(【]?{year}[〕\])】]?第?{number}号"
_OLD_FORM = re.compile(rf"国办公开办[函涵]?{_NUMBER.format(year='2019', number='60')}")
_OLD_LAW = re.compile(r"(?:国务院)?(?:令第?492号|第492号令)")
_MISSPELLED = re.compile(r"国办公开办涵|国办涵|公开办涵")
_WRONG_NUMBER = re.compile(
    rf"国办公开办函(?:{_NUMBER.format(year='(?!2021)20[0-9]{2}', number='30')}|"
    rf"{_NUMBER.format(year='(?!2019)20[0-9]{2}', number='60')})|"
    rf"国办函{_NUMBER.format(year='(?!2020)20[0-9]{2}', number='109')}(?=[^,;]{{0,40}}处理费)|"
    rf"处理费[^。;]{{0,40}}国办函{_NUMBER.format(year='(?!2020)20[0-9]{2}', number='109')}"
)
_DUE = {
    "form": "国办公开办函〔2021〕30号",
    "law": "国务院令第711号",
    "letter": "国办公开办函",
    "number": "国办公开办函〔2021〕30号、国办函〔2020〕109号",
}
# A sentence that tells history cites what was in force then.
_HISTORY = re.compile(
    r"废止|修订|修改|代替|取代|同时停止|不再(?:执行|适用|使用)|原《|原国|原格式|自20\d\d年.{0,12}(?:实施|施行|起)|"
    r"以来|历史|沿革|曾|旧条例|旧格式|之前|以前"
)
_SENTENCE = re.compile(r"[。;!?]")


@rule(
    code="D05",
    severity=Severity.WARNING,
    basis=Words(
        "国办公开办函〔2021〕30号（2021 年起适用）；《政府信息公开条例》（国务院令第711号，2019 年修订）",
        "国办公开办函〔2021〕30号 (from 2021); Regulation on Disclosure (Decree 711, revised in 2019)",
    ),
    statement=Words(
        "所引依据现行有效，文号书写正确。",
        "The instruments cited are in force and their numbers are right.",
    ),
    clears=Words(
        "改为现行依据：国办公开办函〔2021〕30号、国务院令第711号、国办函〔2020〕109号。",
        "The instrument in force is cited: 国办公开办函〔2021〕30号, Decree 711, 国办函〔2020〕109号.",
    ),
    innocent=Words(
        "叙述沿革、修订、废止的句子不算；文号中的年份或括号在转换中丢失的不作判定。",
        "Sentences that tell of history, revision or repeal do not count; a number whose brackets or year "
        "were lost in conversion is not judged.",
    ),
    reach=Reach(first_year=_SINCE_2021),
)
def superseded_reference(subject: Subject, _scope: Label) -> Breach | None:
    """Look for superseded or misspelled instruments in the opening and the sections."""
    for text in solid_texts(subject.report):
        if "号" not in text and "涵" not in text:
            continue
        for sentence in _SENTENCE.split(text):
            found = _superseded(sentence)
            if found is not None:
                return _cited(*found, sentence)
    return None


def _superseded(sentence: str) -> tuple[str, str] | None:
    """Return what is due instead, and the words cited."""
    if "号" not in sentence and "涵" not in sentence:
        return None
    misspelled = _MISSPELLED.search(sentence)
    if misspelled:
        return _DUE["letter"], misspelled.group()
    if _HISTORY.search(sentence):
        return None
    for due, pattern in (("form", _OLD_FORM), ("law", _OLD_LAW), ("number", _WRONG_NUMBER)):
        found = pattern.search(sentence)
        if found:
            return _DUE[due], found.group()
    return None


def _cited(due: str, cited: str, sentence: str) -> Breach:
    at = max(0, sentence.find(cited) - 30)
    cited, quote = cited[:_LONGEST_QUOTE], sentence[at : at + _LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected=due,
        actual=cited,
        message=Words(
            f"文中引用“{cited}”，应为“{due}”：“{quote}”。请核对所引依据。",
            f"The text cites “{cited}” where “{due}” is due: “{quote}”. Please check the reference.",
        ),
    )


_FUTURE = re.compile(
    r"将(?:继续|进一步|持续|不断|着力|加大|加强)|(?:下一步|明年|今后)[^。]{0,20}将"
)


@rule(
    code="D06",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "第一部分写已经做的工作，不写打算。",
        "Section one tells what was done, not what is planned.",
    ),
    clears=Words(
        "把打算移到第五部分，第一部分写本年度实际做的工作。",
        "Plans move to section five; section one tells what was done in the year.",
    ),
    innocent=Words(
        "个别展望的句子不算，达到提示数才提示。",
        "A sentence or two on plans do not matter; it is noted from a number of them on.",
    ),
    limits={"most": "3"},
    default=Default.NOTICE,
)
def future_tense(subject: Subject, _scope: Label) -> Breach | None:
    """Count the plans in section one."""
    first, most = subject.report.section(1), subject.limits["most"]
    if first is None or "将" not in first.text:
        return None
    planned = [s for s in sentences_of(subject.report, (1,)) if _FUTURE.search(s.text)]
    if Decimal(len(planned)) < most:
        return None
    quote = planned[0].quote[:_LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected=f"<{most}",
        actual=str(len(planned)),
        message=Words(
            f"第一部分有 {len(planned)} 句用“将”写打算，例如“{quote}”。请写已做的工作，打算移到第五部分。",
            f"{len(planned)} sentences of section one tell plans, for example “{quote}”. Please tell what "
            "was done, and move plans to section five.",
        ),
    )
