"""The statutory tables as cells with spans, for both generations of the form. Pure.

Source of the layout: the forms annexed to 国办公开办函〔2021〕30号 and 〔2019〕60号.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reports.cells import (
    DISPUTE_BLOCKS,
    DISPUTE_RESULTS,
    REQUEST_COLUMNS,
    REQUEST_ROWS_2019,
    REQUEST_ROWS_2021,
    Label,
    dispute_key,
    request_key,
)
from reports.forms.catalogue import FORM_2019, FORM_2021
from reports.forms.form import Form

Figures: TypeAlias = Mapping[str, str | None]
"""Full cell key → text as printed. None, or no such key, prints a blank cell."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One printed table cell and how far it spans."""

    text: str
    columns: int = 1
    rows: int = 1


SlotRow: TypeAlias = tuple[Slot, ...]
SlotTable: TypeAlias = tuple[SlotRow, ...]

CHECK_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
GROUPS = {
    "refused": "（三）不予公开",
    "unavailable": "（四）无法提供",
    "unprocessed": "（五）不予处理",
    "other": "（六）其他处理",
}
OUTCOME = "三、本年度办理结果"

_Item: TypeAlias = tuple[str, tuple[str, ...]]
_Block: TypeAlias = tuple[str, tuple[str, ...], tuple[_Item, ...]]

_MADE = ("本年制发件数", "本年废止件数", "现行有效件数")
_MADE_KEYS = ("made", "repealed", "in_force")
_HANDLED = ("本年处理决定数量",)
_ISSUED_2019 = ("本年新制作数量", "本年新公开数量", "对外公开总数量")
_ISSUED_KEYS = ("made", "disclosed", "total")
_ITEMS_2019 = ("上一年项目数量", "本年增/减", "处理决定数量")
_ITEMS_KEYS = ("previous", "change", "decisions")


def _item(label: str, name: str, parts: Iterable[str]) -> _Item:
    return label, tuple(f"{name}.{part}" for part in parts)


_PROACTIVE_2021: tuple[_Block, ...] = (
    (
        "第二十条第（一）项",
        _MADE,
        (
            _item("规章", "regulations", _MADE_KEYS),
            _item("行政规范性文件", "normative_documents", _MADE_KEYS),
        ),
    ),
    ("第二十条第（五）项", _HANDLED, (_item("行政许可", "licensing", ("decisions",)),)),
    (
        "第二十条第（六）项",
        _HANDLED,
        (
            _item("行政处罚", "penalties", ("decisions",)),
            _item("行政强制", "coercion", ("decisions",)),
        ),
    ),
    (
        "第二十条第（八）项",
        ("本年收费金额（单位：万元）",),
        (_item("行政事业性收费", "fees", ("amount",)),),
    ),
)

_PROACTIVE_2019: tuple[_Block, ...] = (
    (
        "第二十条第（一）项",
        _ISSUED_2019,
        (
            _item("规章", "regulations", _ISSUED_KEYS),
            _item("规范性文件", "normative_documents", _ISSUED_KEYS),
        ),
    ),
    (
        "第二十条第（五）项",
        _ITEMS_2019,
        (
            _item("行政许可", "licensing", _ITEMS_KEYS),
            _item("其他对外管理服务事项", "other_services", _ITEMS_KEYS),
        ),
    ),
    (
        "第二十条第（六）项",
        _ITEMS_2019,
        (
            _item("行政处罚", "penalties", _ITEMS_KEYS),
            _item("行政强制", "coercion", _ITEMS_KEYS),
        ),
    ),
    (
        "第二十条第（八）项",
        _ITEMS_2019[:2],
        (_item("行政事业性收费", "fees", _ITEMS_KEYS[:2]),),
    ),
    (
        "第二十条第（九）项",
        ("采购项目数量", "采购总金额"),
        (_item("政府集中采购", "procurement", ("items", "amount")),),
    ),
)

_PROACTIVE_WIDTH = 4


def request_rows(form: Form) -> tuple[Label, ...]:
    """Return the rows of table 3 of this form, in its order."""
    return REQUEST_ROWS_2019 if form is FORM_2019 else REQUEST_ROWS_2021


def proactive_table(figures: Figures, form: Form = FORM_2021) -> SlotTable:
    """Lay out table 2: stacked blocks, four columns wide."""
    blocks = _PROACTIVE_2019 if form is FORM_2019 else _PROACTIVE_2021
    return tuple(row for block in blocks for row in _block_rows(block, figures))


def _block_rows(block: _Block, figures: Figures) -> Iterable[SlotRow]:
    title, heads, items = block
    yield (Slot(title, columns=_PROACTIVE_WIDTH),)
    yield (Slot("信息内容"), *_stretched(heads))
    for label, keys in items:
        yield (Slot(label), *_stretched(figures.get(key) or "" for key in keys))


def _stretched(texts: Iterable[str]) -> SlotRow:
    # A block with fewer columns than the first one lets its last cell take the rest.
    *first, last = texts
    rest = _PROACTIVE_WIDTH - 1 - len(first)
    return (*(Slot(text) for text in first), Slot(last, columns=rest))


def requests_table(figures: Figures, form: Form = FORM_2021) -> SlotTable:
    """Lay out table 3: three label columns and seven columns of applicants."""
    rows = request_rows(form)
    results = len(rows) - 3
    return (*_request_heads(), *(_request_row(rows, i, results, figures) for i in range(len(rows))))


def _request_heads() -> SlotTable:
    natural, *organisations, total = REQUEST_COLUMNS
    return (
        (Slot(CHECK_NOTE, columns=3, rows=3), Slot("申请人情况", columns=len(REQUEST_COLUMNS))),
        (
            Slot(natural.words.zh, rows=2),
            Slot("法人或其他组织", columns=len(organisations)),
            Slot(total.words.zh, rows=2),
        ),
        tuple(Slot(label.words.zh) for label in organisations),
    )


def _request_row(rows: tuple[Label, ...], index: int, results: int, figures: Figures) -> SlotRow:
    label = rows[index]
    numbers = tuple(
        Slot(figures.get(request_key(label.key, column.key)) or "") for column in REQUEST_COLUMNS
    )
    if label.key in {"new", "carried_in", "carried_out"}:
        return (Slot(label.words.zh, columns=3), *numbers)
    outcome = (Slot(OUTCOME, rows=results),) if label.key == "granted" else ()
    group, _, part = label.key.partition(".")
    if not part:
        return (*outcome, Slot(label.words.zh, columns=2), *numbers)
    size = sum(row.key.startswith(f"{group}.") for row in rows)
    opens = not rows[index - 1].key.startswith(f"{group}.")
    head = (Slot(GROUPS[group], rows=size),) if opens else ()
    return (*head, Slot(label.words.zh), *numbers)


def disputes_table(figures: Figures) -> SlotTable:
    """Lay out table 4: fifteen columns, three rows of heads, one row of figures."""
    review, direct, after_review = DISPUTE_BLOCKS
    width = len(DISPUTE_RESULTS)
    results = tuple(label.words.zh for label in DISPUTE_RESULTS)
    return (
        (Slot(review.words.zh, columns=width), Slot("行政诉讼", columns=2 * width)),
        (
            *(Slot(text, rows=2) for text in results),
            Slot(direct.words.zh, columns=width),
            Slot(after_review.words.zh, columns=width),
        ),
        tuple(Slot(text) for text in (*results, *results)),
        tuple(
            Slot(figures.get(dispute_key(block.key, result.key)) or "")
            for block in DISPUTE_BLOCKS
            for result in DISPUTE_RESULTS
        ),
    )
