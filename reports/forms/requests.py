"""Table 3: its rows, its applicant columns and its head. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from reports.forms.matching import matcher
from reports.text import squeeze

_LONGEST_LABEL = 80
_HEADER_ONLY = (
    "申请人情况",
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "勾稽关系",
)
# These words head columns of other tables too: they count only inside table 3.
COMMON_ROWS = frozenset({"other.other", "handled_total", "other"})

row_of = matcher(lambda form: form.request_rows, _LONGEST_LABEL, enumerated=True)
"""The key of the row that a label names, None for group labels and everything else."""

column_of = matcher(lambda form: form.request_columns, _LONGEST_LABEL)
"""The key of the applicant column that a header cell names."""


def is_header(texts: Iterable[str]) -> bool:
    """Say whether these words of a row belong to the header of table 3."""
    return any(_heads(text) for text in texts if len(text) <= _LONGEST_LABEL)


@lru_cache(maxsize=4096)
def _heads(text: str) -> bool:
    plain = squeeze(text)
    return any(word in plain for word in _HEADER_ONLY)
