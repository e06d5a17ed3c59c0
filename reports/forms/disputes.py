"""Table 4: the three blocks and the five results of each. Pure."""

from __future__ import annotations

from functools import lru_cache

from reports.text import squeeze

_LONGEST_LABEL = 20
_BLOCKS = {
    "行政复议": "review",
    "未经复议直接起诉": "litigation_direct",
    "未经复议直接诉讼": "litigation_direct",
    "复议后起诉": "litigation_after_review",
    "经复议后起诉": "litigation_after_review",
}
_RESULTS = {
    "结果维持": "upheld",
    "维持": "upheld",
    "结果纠正": "corrected",
    "纠正": "corrected",
    "其他结果": "other",
    "尚未审结": "pending",
    "未审结": "pending",
    "总计": "total",
    "合计": "total",
}
_TELLING = frozenset({"upheld", "corrected", "pending"})


def block_of(text: str) -> str | None:
    """Return the key of the block that a header cell names; 行政诉讼 above two of them is none."""
    return _BLOCKS.get(_label(text)) if 0 < len(text) <= _LONGEST_LABEL else None


def result_of(text: str) -> str | None:
    """Return the key of the result that a header cell names."""
    return _RESULTS.get(_label(text)) if 0 < len(text) <= _LONGEST_LABEL else None


def is_telling(result: str | None) -> bool:
    """Say whether a result word belongs to table 4 alone; 总计 and 其他 head other tables too."""
    return result in _TELLING


@lru_cache(maxsize=4096)
def _label(text: str) -> str:
    return squeeze(text)
