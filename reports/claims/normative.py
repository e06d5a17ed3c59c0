"""How many normative documents and regulations the text says were made, repealed or are in force. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.claims.bearing import clause_start, scope_of, time_of
from reports.claims.claim import NOT, Claim, Role
from reports.claims.numbers import Quantity, quantities
from reports.claims.phrases import COUNT, is_own
from reports.claims.sentences import Sentence
from reports.claims.whole import speaks_of_the_whole

_KINDS = {"规范性文件": "normative_documents", "规章": "regulations"}
_DOCUMENT = re.compile(r"(?:行政)?规范性文件|规章(?!制度)")
_NAMED = r"(?:(?:行政)?规范性文件|规章(?!制度)|文件)"
_VERBS = (
    ("in_force", r"(?:现行|继续)有效"),
    ("repealed", r"(?:清理|宣布)?废止"),
    ("made", r"(?:新)?(?:制定|制发|出台)(?:并)?(?:发布|印发|出台)?"),
)
_VERB = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _VERBS))
_REST = re.compile(rf"(?:了|的|各类)*+{_NAMED}?{COUNT}")
_AFTER = re.compile(rf"(?:的)?{_NAMED}?(?=$|[,、;:()。])")
_UNITS = frozenset(("件", "份", "个", "部", "项", "条"))
_NOT_THIS = re.compile(
    r"党内|党规|代拟|起草|审查|审核|备案|征求|建议|失效|修改|修订|名义|累计|联合"
)
_NONE = re.compile(
    rf"(?:(?:{NOT}|未新)(?:新)?(?:(?P<made>制定|制发|出台)(?:过|和发布|、发布)?|(?P<repealed>废止)过?)(?:任何)?|"
    r"(?:无|没有)(?P<in_force>现行有效)的?)(?:行政)?规范性文件(?=$|[,;)(。])"
)


def counted(sentence: Sentence, agency: str | None, year: int | None) -> Iterator[Claim]:
    """Yield the counts of documents made, repealed and in force that a sentence states."""
    text = sentence.text
    if "规" not in text or not _DOCUMENT.search(text) or _NOT_THIS.search(text):
        return
    none = _NONE.search(text)
    if none is not None and speaks_of_the_whole(text, none.start(), agency):
        denied = Role(f"normative_documents.{none.lastgroup}")
        yield _claim(denied, Decimal(0), sentence, none.span(), year)
    for quantity in quantities(text):
        role = _role_of(text, quantity, agency) if quantity.unit in _UNITS else None
        if role is not None and quantity.exact:
            span = (quantity.start, quantity.end)
            yield _claim(role, quantity.number, sentence, span, year)


def _claim(
    role: Role, number: Decimal, sentence: Sentence, span: tuple[int, int], year: int | None
) -> Claim:
    text, (start, end) = sentence.text, span
    return Claim(
        role,
        number,
        sentence.quote,
        scope=scope_of(text, start),
        time=time_of(text, start, year),
        section=sentence.section,
        start=start,
        end=end,
    )


def _role_of(text: str, quantity: Quantity, agency: str | None) -> Role | None:
    begin = clause_start(text, quantity.start)
    if text.rfind("(", 0, begin) > text.rfind(")", 0, begin):
        return None
    clause = text[max(begin, quantity.start - 60) : quantity.start]
    spoken = list(_VERB.finditer(clause))
    if not spoken or not _REST.fullmatch(clause, spoken[-1].end()):
        return None
    after = _AFTER.match(text, quantity.end)
    lead = _DOCUMENT.sub("", clause[: spoken[-1].start()])
    if after is None or not is_own(lead, agency):
        return None
    named = list(_DOCUMENT.finditer(text, 0, after.end()))
    if not named:
        return None
    kind = next(key for word, key in _KINDS.items() if word in named[-1][0])
    return Role(f"{kind}.{spoken[-1].lastgroup}")
