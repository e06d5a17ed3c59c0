"""Table 3: how its rows and columns are recognised, whatever the wording around the key words. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from reports.cells import REQUEST_COLUMNS
from reports.text import squeeze

_LONGEST_LABEL = 80
_ENUMERATOR = re.compile(
    r"^(?:[(〔]?[一二三四五六七八九十\d]{1,2}(?:[)〕][、.,:]*|[、.,:]+)|[㈠-㈩①-⑳])+"
)
_COLUMNS = {squeeze(column.words.zh): column.key for column in REQUEST_COLUMNS} | {
    "合计": "total",
    "企业": "enterprise",
    "科研单位": "research",
    "公益组织": "nonprofit",
    "法律服务组织": "legal_service",
}
_HEADER_ONLY = (
    "申请人情况",
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "勾稽关系",
)
# Searched in the label without its enumerator. Narrow words come before broad ones.
_ROWS = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("new", r"^本年度?新(?:收|$)|新收.{0,8}申请"),
        ("carried_in", r"^上年结转|上年度?结转"),
        ("carried_out", r"结转下年|下年度继续"),
        ("partly_granted", r"^部分公开"),
        ("granted", r"^予以公开"),
        ("refused.state_secret", r"国家秘密"),
        ("refused.forbidden_by_law", r"^其他法律.*公开|法律.{0,8}禁止公开|法规.{0,4}禁止"),
        ("refused.security_and_stability", r"三安全"),
        ("refused.third_party_rights", r"第三方"),
        ("refused.internal_affairs", r"内部事务"),
        ("refused.process_information", r"过程性"),
        ("refused.enforcement_files", r"执法案卷"),
        ("refused.administrative_inquiry", r"行政查询"),
        ("unavailable.not_held", r"不掌握"),
        ("unavailable.needs_creation", r"没有现成|另行制作"),
        ("unavailable.unclear_after_correction", r"补正后|仍不明确"),
        ("unprocessed.petition", r"^信访"),
        ("unprocessed.excessive", r"大量反复"),
        ("unprocessed.repeated", r"^重复申请"),
        ("unprocessed.publication", r"公开出版物"),
        ("unprocessed.confirmation", r"重新出具|要求.{0,8}确认"),
        ("other.no_correction", r"逾期不补正|逾期未补正"),
        ("other.fee_unpaid", r"收费通知|缴纳费用"),
        ("other.other", r"^其他$"),
        ("other", r"^其他处理"),
        ("handled_total", r"^[总合]计$"),
    )
)
# These words head columns of other tables too: they count only inside table 3.
COMMON_ROWS = frozenset({"other.other", "handled_total", "other"})


def column_of(text: str) -> str | None:
    """Return the key of the applicant column that a header cell names."""
    return _column(text) if 0 < len(text) <= _LONGEST_LABEL else None


def row_of(text: str) -> str | None:
    """Return the key of the row that a label names, None for group labels and everything else."""
    return _row(text) if 0 < len(text) <= _LONGEST_LABEL else None


def is_header(texts: frozenset[str]) -> bool:
    """Say whether these distinct slots of a row belong to the header of table 3."""
    return any(_heads(text) for text in texts if 0 < len(text) <= _LONGEST_LABEL)


# The same few labels come in every report: remembering them halves the time of reading one.
@lru_cache(maxsize=4096)
def _column(text: str) -> str | None:
    return _COLUMNS.get(squeeze(text))


@lru_cache(maxsize=4096)
def _row(text: str) -> str | None:
    label = _ENUMERATOR.sub("", squeeze(text))
    return next((key for key, pattern in _ROWS if pattern.search(label)), None)


@lru_cache(maxsize=4096)
def _heads(text: str) -> bool:
    plain = squeeze(text)
    return any(word in plain for word in _HEADER_ONLY)
