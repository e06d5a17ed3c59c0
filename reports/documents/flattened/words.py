"""The words that may stand in a statutory table: a line of anything else is prose. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reports.forms.catalogue import FORMS
from reports.forms.disputes import block_of, result_of
from reports.forms.form import Form, Label
from reports.forms.proactive import measure_of, subject_of
from reports.forms.requests import column_of, row_of
from reports.text import squeeze

SIGNS = (
    "商业企业",
    "科研机构",
    "申请人情况",
    "第二十条第",
    "制发件数",
    "新制作数量",
    "处理决定数量",
    "结果维持",
    "尚未审结",
    "三安全一稳定",
    "国家秘密",
)
"""At least one of these is left of every flattened table that can be put together again."""

_AROUND = (
    "(本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和)",
    "申请人情况",
    "法人或其他组织",
    "三、本年度办理结果",
    "（三）不予公开",
    "（四）无法提供",
    "（五）不予处理",
    "（六）其他处理",
    "行政诉讼",
    "信息内容",
    "项目",
    *(f"第二十条第（{number}）项" for number in "一五六八九"),
)
_LONGEST = 80
_LONGEST_VARIANT = 14
_ALIKE = 0.8


def _wordings() -> Iterator[str]:
    for form in FORMS:
        for label in _labels(form):
            yield letters(label.words.zh)
    for words in _AROUND:
        yield letters(words)


def _labels(form: Form) -> Iterator[Label]:
    yield from form.request_rows
    yield from form.request_columns
    yield from form.subjects
    yield from form.measures
    yield from form.dispute_blocks
    yield from form.dispute_results


def letters(text: str) -> str:
    """Return the characters and digits alone: publishers vary blanks, brackets and points."""
    return "".join(sign for sign in squeeze(text) if sign.isalnum())


_WORDINGS = tuple(dict.fromkeys(_wordings()))
_EVERYTHING = "\n".join(_WORDINGS)
_PAIRS = frozenset(a + b for words in _WORDINGS for a, b in zip(words, words[1:], strict=False))


@lru_cache(maxsize=4096)
def is_table_text(text: str) -> bool:
    """Say whether the text is a label of a statutory table, a part of one, or nearly one."""
    if not 0 < len(text) <= _LONGEST or "。" in text:
        return False
    plain = letters(text)
    if plain in _EVERYTHING or _is_label(text):
        return True
    pairs = [a + b for a, b in zip(plain, plain[1:], strict=False)]
    return bool(pairs) and sum(pair in _PAIRS for pair in pairs) >= _ALIKE * len(pairs)


def _is_label(text: str) -> bool:
    """Say whether a matcher knows the wording; those that only search must not meet sentences."""
    if column_of(text) or subject_of(text) or block_of(text) or result_of(text):
        return True
    if len(text) > _LONGEST_VARIANT or any(sign in text for sign in "，；,;"):
        return False
    return bool(row_of(text) or measure_of(text)) and not any(s.isdigit() for s in text[2:])
