"""Statutory tables as some sites publish them: spans lost, columns cut off, labels moved. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reports.cells import REQUEST_COLUMNS, Label, request_key
from reports.forms.catalogue import FORM_2021
from web.sample.tables import (
    CHECK_NOTE,
    GROUPS,
    OUTCOME,
    Figures,
    Slot,
    SlotTable,
    disputes_table,
    proactive_table,
    request_rows,
)

_COLUMN_WORDS = {column.key: column.words.zh for column in REQUEST_COLUMNS}
_NATURAL_TO_LEGAL = tuple(column.key for column in REQUEST_COLUMNS[:5])
_ALL_COLUMNS = tuple(column.key for column in REQUEST_COLUMNS)
_PLAIN_ROWS = frozenset({"new", "carried_in", "carried_out"})


@dataclass(frozen=True, slots=True)
class Tear:
    """What a torn copy of the tables still holds.

    ``wide`` and ``narrow`` are the columns whose figures survive in rows with two and with three
    label fields. ``leaves`` are the column heads of the lowest head row; ``total_head`` is where
    the head of the totals stands (head row, field). ``moved`` gives rows whose label slipped:
    (field of the label, field of the first figure).
    ``split_before`` is the row of table 2 at which a second, narrower table begins.
    """

    width: int
    wide: tuple[str, ...]
    narrow: tuple[str, ...]
    leaves: tuple[str, ...]
    total_head: tuple[int, int] | None = None
    moved: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    split_before: int | None = None


_SHORT_LABEL = {"refused.forbidden_by_law": "2.其他法律法规禁止公开"}

TEARS: Mapping[str, Tear] = {
    "total_lost": Tear(
        width=8,
        wide=_ALL_COLUMNS[:6],
        narrow=_NATURAL_TO_LEGAL,
        leaves=_ALL_COLUMNS[1:6],
    ),
    "total_or_other": Tear(
        width=8,
        wide=(*_NATURAL_TO_LEGAL, "total"),
        narrow=_NATURAL_TO_LEGAL,
        leaves=_ALL_COLUMNS[1:6],
        total_head=(1, 7),
    ),
    "labels_shifted": Tear(
        width=10,
        wide=_ALL_COLUMNS,
        narrow=_ALL_COLUMNS,
        leaves=_ALL_COLUMNS[1:6],
        total_head=(0, 8),
        moved={"other.other": (0, 2), "handled_total": (0, 1)},
        split_before=10,
    ),
    "other_lost": Tear(
        width=9,
        wide=(*_NATURAL_TO_LEGAL, "total"),
        narrow=_NATURAL_TO_LEGAL,
        leaves=_ALL_COLUMNS[1:5],
        total_head=(1, 7),
        moved={"handled_total": (0, 2)},
        labels=_SHORT_LABEL,
    ),
    "other_lost_and_split": Tear(
        width=9,
        wide=(*_NATURAL_TO_LEGAL, "total"),
        narrow=_NATURAL_TO_LEGAL,
        leaves=_ALL_COLUMNS[1:5],
        total_head=(1, 7),
        moved={"handled_total": (0, 2)},
        labels={
            **_SHORT_LABEL,
            "partly_granted": "(二) 部分公开 (区分处理的，只计这一情形，不计其他情形)",
        },
        split_before=12,
    ),
}
"""Ways in which the sample reports are torn, by name."""


def torn_proactive(figures: Figures, tear: Tear) -> tuple[SlotTable, ...]:
    """Lay out table 2 without spans: one table, or two when the tear splits it."""
    rows = proactive_table(figures)
    texts = [[slot.text for slot in row] for row in rows]
    if tear.split_before is None:
        return (_table(_filled(row, 4) for row in texts),)
    first, second = texts[: tear.split_before], texts[tear.split_before :]
    return (_table(_filled(row, 4) for row in first), _table(_filled(row, 2) for row in second))


def torn_requests(figures: Figures, tear: Tear) -> SlotTable:
    """Lay out table 3 without spans: label fields first, then only the figures that survived."""
    rows = request_rows(FORM_2021)
    body = (_body_row(rows, index, figures, tear) for index in range(len(rows)))
    return _table((*_heads(tear), *body))


def torn_disputes(figures: Figures) -> SlotTable:
    """Lay out table 4 without spans; two-word heads are broken by a blank."""
    heads = disputes_table(figures)
    names = [_broken(slot.text) for slot in heads[2]]
    blocks = [slot.text for slot in heads[1][5:]]
    first = _filled(["行政复议", "", "", "", "", "行政诉讼"], 15)
    second = [*names[:5], *_filled(blocks[:1], 5), *_filled(blocks[1:], 5)]
    return _table((first, second, ["", "", "", "", "", *names], [s.text for s in heads[3]]))


def _broken(text: str) -> str:
    return text if text == _COLUMN_WORDS["total"] else f"{text[:2]} {text[2:]}"


def _heads(tear: Tear) -> list[list[str]]:
    heads = [
        _filled([CHECK_NOTE.replace("（", "(").replace("）", ")"), "", "申请人情况"], tear.width),
        _filled(["", "", _COLUMN_WORDS["natural_person"], "法人或其他组织"], tear.width),
        _filled(["", "", "", *(_COLUMN_WORDS[key] for key in tear.leaves)], tear.width),
    ]
    if tear.total_head is not None:
        row, field_ = tear.total_head
        heads[row][field_] = _COLUMN_WORDS["total"]
    return heads


def _body_row(rows: tuple[Label, ...], index: int, figures: Figures, tear: Tear) -> list[str]:
    key = rows[index].key
    labels, columns = _label_fields(rows, index, tear)
    if key in tear.moved:
        place, start = tear.moved[key]
        labels = _filled([*[""] * place, labels[-1] or labels[0]], start)
    numbers = [figures.get(request_key(key, column)) or "" for column in columns]
    return _filled([*labels, *numbers], tear.width)


def _label_fields(
    rows: tuple[Label, ...], index: int, tear: Tear
) -> tuple[list[str], tuple[str, ...]]:
    key = rows[index].key
    words = tear.labels.get(key, rows[index].words.zh)
    group, _, part = key.partition(".")
    if part:
        opens = not rows[index - 1].key.startswith(f"{group}.")
        return ["", _halved(GROUPS[group]) if opens else "", words], tear.narrow
    if key in _PLAIN_ROWS:
        return [words, ""], tear.wide
    return [OUTCOME if key == "granted" else "", _halved(words)], tear.wide


def _halved(label: str) -> str:
    # Only the enumerator is half-width in such copies; brackets inside the label stay.
    if not label.startswith("（"):
        return label
    return f"({label[1]}) {label[3:]}"


def _filled(fields: Iterable[str], width: int) -> list[str]:
    row = list(fields)
    return row + [""] * (width - len(row))


def _table(rows: Iterable[Iterable[str]]) -> SlotTable:
    return tuple(tuple(Slot(text) for text in row) for row in rows)
