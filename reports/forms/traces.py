"""Traces of a statutory table whose rows and columns are gone: its labels as loose lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from reports.model import TableName
from reports.text import squeeze

_LABELS = {
    TableName.PROACTIVE: (
        "第二十条第",
        "制发件数",
        "废止件数",
        "现行有效件数",
        "处理决定数量",
        "收费金额",
        "新制作数量",
        "对外公开总数量",
    ),
    TableName.REQUESTS: (
        "新收政府信息公开申请",
        "上年结转政府信息公开申请",
        "申请人情况",
        "商业企业",
        "社会公益组织",
        "法律服务机构",
        "三安全一稳定",
        "不掌握相关政府信息",
        "结转下年度继续办理",
    ),
    TableName.DISPUTES: (
        "结果维持",
        "结果纠正",
        "其他结果",
        "尚未审结",
        "未经复议直接起诉",
        "复议后起诉",
    ),
}
_FEWEST = 3


def traces_of(texts: Iterable[str]) -> frozenset[TableName]:
    """Return the tables of which at least three labels stand in these lines and cells.

    Sentences do not count: the narrative may name results and applicants in words.
    """
    lines = [line for text in texts if "。" not in (line := squeeze(text))]
    everything = "\n".join(lines)
    return frozenset(
        name
        for name, labels in _LABELS.items()
        if sum(label in everything for label in labels) >= _FEWEST
    )
