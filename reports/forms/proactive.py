"""Table 2: subjects (rows) and measures (column heads) of both forms. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from reports.cells import PROACTIVE_2019, PROACTIVE_2021
from reports.text import squeeze

_LONGEST_LABEL = 40
_SUBJECTS = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("regulations", r"规章"),
        ("normative_documents", r"(?:行政)?规范性文件"),
        ("licensing", r"行政许可"),
        ("other_services", r"其他对外管理服务事项"),
        ("penalties", r"行政处罚"),
        ("coercion", r"行政强制(?:措施|执行)?"),
        ("fees", r"行政事业性收费"),
        ("procurement", r"政府集中采购"),
    )
)
_MEASURES_2021 = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("made", r"本年度?制[发定]"),
        ("repealed", r"本年度?废止"),
        ("in_force", r"现行有效"),
        ("decisions", r"本年度?处理决定"),
        ("amount", r"本年度?收费金额"),
    )
)
_MEASURES_2019 = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("made", r"新制作"),
        ("disclosed", r"新公开"),
        ("total", r"对外公开总"),
        ("previous", r"上一?年度?项目"),
        ("change", r"^本年度?增/?减|^增/减"),
        ("decisions", r"^处理决定"),
        ("items", r"采购项目"),
        ("amount", r"采购总金额"),
    )
)
FORM_2021_KEYS = frozenset(label.key for label in PROACTIVE_2021)
FORM_2019_KEYS = frozenset(label.key for label in PROACTIVE_2019)
ONLY_2019_SUBJECTS = frozenset({"other_services", "procurement"})


def subject_of(text: str) -> str | None:
    """Return the subject that a label names in full; a sentence about it is none."""
    return _subject(text) if 0 < len(text) <= _LONGEST_LABEL else None


def measure_of(text: str) -> tuple[str, bool] | None:
    """Return the measure that a column head names and whether it is of the 2019 form."""
    return _measure(text) if 0 < len(text) <= _LONGEST_LABEL else None


@lru_cache(maxsize=4096)
def _subject(text: str) -> str | None:
    label = squeeze(text).rstrip(":")
    return next((key for key, pattern in _SUBJECTS if pattern.fullmatch(label)), None)


@lru_cache(maxsize=4096)
def _measure(text: str) -> tuple[str, bool] | None:
    label = squeeze(text)
    for is_2019, measures in ((True, _MEASURES_2019), (False, _MEASURES_2021)):
        for key, pattern in measures:
            if pattern.search(label):
                return key, is_2019
    return None
