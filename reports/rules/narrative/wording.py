"""N13–N15: vague, missing and unfilled words. Pure."""

from __future__ import annotations

from reports.cells import Label
from reports.claims.blanks import missing_numbers, residues, vague_quantities
from reports.findings import Severity
from reports.rules.engine import Breach, Default, rule
from reports.rules.explanations import quoted
from reports.rules.subject import Subject
from reports.words import Words

_ACCURATE = Words(
    "年度报告应当数据准确、内容完整（国办公开办函〔2021〕30号）",
    "A report is accurate and complete (国办公开办函〔2021〕30号)",
)


@rule(
    code="N13",
    severity=Severity.NOTICE,
    basis=_ACCURATE,
    statement=Words(
        "正文用确数，不用“300 余条”“若干”“一批”。",
        "The text states exact numbers, not 300余条, 若干 or 一批.",
    ),
    clears=Words("改为确数。", "Exact numbers are stated."),
    innocent=Words(
        "约数是允许的写法，本条默认关闭；约数从不与表格对照。",
        "Vague numbers are an allowed style and the rule is off by default; they are never compared.",
    ),
    default=Default.OFF,
)
def vague_quantity(subject: Subject, _scope: Label) -> Breach | None:
    """Look for vague quantities in section one."""
    found = tuple(vague_quantities(subject.report))
    if not found:
        return None
    words, quote = found[0]
    return Breach(
        cells=(),
        expected=None,
        actual=words,
        message=Words(
            f"正文写“{quoted(quote)}”，“{words}”不是确数（全文共 {len(found)} 处）。建议写确数。",
            f"“{words}” is no exact number (“{quoted(quote)}”; {len(found)} in all). Please state it "
            "exactly.",
        ),
    )


@rule(
    code="N14",
    severity=Severity.WARNING,
    basis=_ACCURATE,
    statement=Words("计数词前有数字。", "A counter word has its number."),
    clears=Words("补上数字。", "The number is supplied."),
    innocent=Words(
        "“申请件”“办结件”“信息条目”是名词；同一句没有其他数字的，可能是文本转换丢失，不计。",
        "申请件, 办结件 and 信息条目 are nouns; a sentence without any other number may have lost them all "
        "in the conversion and does not count.",
    ),
)
def number_missing(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a counter word without its number."""
    quotes = tuple(missing_numbers(subject.report))
    if not quotes:
        return None
    return Breach(
        cells=(),
        expected=None,
        actual=quoted(quotes[0]),
        message=Words(
            f"正文写“{quoted(quotes[0])}”，计数处没有数字（共 {len(quotes)} 处）。请对照原文补上；"
            "如原网页有数字，则是文本转换丢失，不是报告的问题。",
            f"A number is missing in “{quoted(quotes[0])}” ({len(quotes)} in all). Please supply it; if the "
            "original page shows one, it was lost in the conversion and the report is not at fault.",
        ),
    )


@rule(
    code="N15",
    severity=Severity.ERROR,
    basis=_ACCURATE,
    statement=Words(
        "没有未填写的模板残留（××、20XX 年、[单位]、此处填写、排版说明）。",
        "Nothing of a template is left unfilled (××, 20XX年, [单位], 此处填写, typesetting notes).",
    ),
    clears=Words(
        "填写实际内容，删去模板文字。", "The words are filled in and the template's are removed."
    ),
    innocent=Words(
        "对申请人姓名、证件、电话的隐名（张××、138****1234）和“7×24 小时”不计；一般注释不是残留。",
        "Masked names, papers and telephone numbers (张××, 138****1234) and 7×24小时 do not count; an "
        "ordinary note is no residue.",
    ),
)
def template_residue(subject: Subject, _scope: Label) -> Breach | None:
    """Look for words of a template that were never filled in."""
    found = tuple(residues(subject.report))
    if not found:
        return None
    words, quote = found[0]
    drafting = words[0] in "(（"
    return Breach(
        cells=(),
        expected=None,
        actual=quoted(words),
        severity=Severity.WARNING if drafting else None,
        message=Words(
            f"“{quoted(quote)}”中有未填写的模板文字“{quoted(words)}”（共 {len(found)} 处）。请填写或删去。",
            f"“{quoted(words)}” in “{quoted(quote)}” is left over from a template ({len(found)} in all). "
            "Please fill it in or remove it.",
        ),
    )
