"""Table 2 in other arrangements: labels each with its figure, or all figures in one row. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from reports.forms.catalogue import FORM_2021, FORMS
from reports.forms.proactive import measure_of, subject_of
from reports.reading.rows import Row, Slot
from reports.reading.values import holds_several, is_value_like
from reports.text import squeeze
from reports.words import Words

_NAMES = sorted(
    {label.words.zh for form in FORMS for label in form.subjects} | {"规范性文件"},
    key=len,
    reverse=True,
)
_BEGINS_MEASURE = re.compile(r"本年|上一?年|现行|新[制公]|对外|处理|采购|增|收费")
_BETWEEN = "-—–:：·.、/|的"
_UNITS = frozenset({"件", "万元", "元", "项", "个"})
_ORDER = tuple(label.key for label in FORM_2021.proactive)
_LONGEST_SHOWN = 60
_MOST_LOST = 1
"""How many fields a row may be short: that of the subject above it."""

Names = tuple[str | None, Mapping[str, str]]


class Pair(NamedTuple):
    """A figure with the subject, and with the measure by the name of each form that has it.

    ``is_below`` says that the subject is that of the row above: its label does not begin in this row.
    """

    subject: str
    measures: Mapping[str, str]
    slot: Slot
    is_below: bool = False


@lru_cache(maxsize=4096)
def names_in(text: str) -> Names:
    """Return the subject and the measures that a cell names, alone or both in one."""
    subject = subject_of(text)
    if subject is not None:
        return subject, {}
    plain = squeeze(text)
    for name in _NAMES:
        rest = plain.removeprefix(name).lstrip(_BETWEEN)
        if rest != plain and _BEGINS_MEASURE.match(rest) and _names_one(rest):
            return subject_of(name), measure_of(rest)
    return None, measure_of(text) if _names_one(plain) else {}


def _names_one(label: str) -> bool:
    """Say whether nothing else is written behind the measure: two labels in one cell are none."""
    return not any(sign.isdigit() for sign in label) and not any(name in label for name in _NAMES)


def pairs_of(row: Row, above: str | None) -> tuple[Pair, ...]:
    """Return the figures that stand behind a label of their own; none when the row is no such list.

    ``above`` is the subject of the row above, which may reach over several rows.
    """
    if row.width + _MOST_LOST < row.widest:
        return ()
    pairs: list[Pair] = []
    subject, measures, behind = above, _NONE, list[Slot]()
    is_below = True
    for slot in (*row.slots, None):
        names = names_in(slot.text) if slot is not None and slot in row.words else (None, _NONE)
        if slot is not None and names[1] and not _is_label(slot.text):
            return ()
        if slot is not None and names == (None, {}):
            behind.append(slot)
            continue
        if measures and behind:
            figure = _figure(behind)
            if subject is None or figure is None:
                return ()
            pairs.append(Pair(subject, measures, figure, is_below))
        subject, is_below = names[0] or subject, is_below and not _is_new(slot, names)
        measures, behind = names[1], []
    return tuple(pairs) if any(pair.slot.text for pair in pairs) else ()


def _is_new(slot: Slot | None, names: Names) -> bool:
    return slot is not None and names[0] is not None and not slot.from_above


_NONE: Mapping[str, str] = {}


def _is_label(text: str) -> bool:
    """Say whether the measure is named outright: 其中 and other words before it make it another one."""
    return names_in(text)[0] is not None or _BEGINS_MEASURE.match(squeeze(text)) is not None


def _figure(slots: Sequence[Slot]) -> Slot | None:
    """Return the one figure among these cells; a blank when there is nothing else."""
    kept = [slot for slot in slots if slot.text not in _UNITS]
    if not all(is_value_like(slot.text) for slot in kept):
        return None
    filled = [slot for slot in kept if slot.text]
    return (filled or kept)[0] if kept and len(filled) <= 1 else None


def named_in(rows: Iterable[Row]) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Return the subjects that the rows name, each with the measures named behind it."""
    found: dict[str, list[Mapping[str, str]]] = {}
    subject: str | None = None
    for row in rows:
        for slot in row.words:
            named, measures = names_in(slot.text)
            subject = named or subject
            if subject is not None:
                found.setdefault(subject, []).append(measures)
    return found


def unclear(row: Row) -> Words:
    """Return why no figure of a row belongs to any of the labels around it."""
    shown = "、".join(slot.text for slot in row.slots if slot.text)[:_LONGEST_SHOWN]
    return Words(
        f"该行为“{shown}”，标签与数不能一一对应，不能确定各数属于哪一项",
        f"the row reads “{shown}”: labels and figures do not match one to one, and which figure belongs "
        "to which cannot be told",
    )


def is_head_of_subjects(row: Row) -> bool:
    """Say whether the row names several subjects and holds no figure."""
    named = {names_in(slot.text)[0] for slot in row.words} - {None}
    return len(named) > 1 and not any(any(s.isdigit() for s in slot.text) for slot in row.slots)


def under_heads(heads: Sequence[Row], row: Row) -> tuple[Pair, ...] | None:
    """Return all figures of one row under heads that name subjects and measures, None if there are none.

    Empty when the heads do not tell which figure belongs to which.
    """
    slots = [slot for slot in row.slots if not slot.from_above]
    has_figure = any(any(sign.isdigit() for sign in slot.text) for slot in slots)
    if len(heads) == 0 or not has_figure or not all(is_value_like(slot.text) for slot in slots):
        return None
    if any(holds_several(slot.text) for slot in slots):
        return ()
    columns = _columns(heads)
    one_each = [slot for slot in slots if slot.first == slot.last and slot.first in columns]
    stray = any(slot.text for slot in slots if slot not in one_each)
    as_wide = all(head.width == row.width for head in heads)
    if as_wide and not stray and len(one_each) == len(columns) and _is_whole(columns.values()):
        return tuple(Pair(*columns[slot.first], slot) for slot in one_each)
    if len(slots) == len(_ORDER) and _names_all(heads):
        # The head lost its spans but names all in order, and all figures are there.
        return tuple(
            Pair(subject, {FORM_2021.name: measure}, slot)
            for (subject, _, measure), slot in zip(map(_parts, _ORDER), slots, strict=True)
        )
    return ()


def _parts(key: str) -> tuple[str, str, str]:
    return key.partition(".")


def _columns(heads: Sequence[Row]) -> dict[int, tuple[str, Mapping[str, str]]]:
    """Return subject and measures over each column; a subject reaches to the next one's first."""
    subjects: dict[int, str] = {}
    measures: dict[int, Mapping[str, str]] = {}
    for head in heads:
        for slot in head.words:
            subject, own = names_in(slot.text)
            if subject is not None:
                subjects[slot.first] = subject
            if own:
                measures.update(dict.fromkeys(range(slot.first, slot.last + 1), own))
    found: dict[int, tuple[str, Mapping[str, str]]] = {}
    for column, own in measures.items():
        start = max((first for first in subjects if first <= column), default=None)
        if start is not None:
            found[column] = (subjects[start], own)
    return found


def _is_whole(named: Iterable[tuple[str, Mapping[str, str]]]) -> bool:
    """Say whether the columns name every cell of a form once: then no name and no figure is lost."""
    columns = list(named)
    for form in FORMS:
        keys = [f"{subject}.{own[form.name]}" for subject, own in columns if form.name in own]
        if len(keys) == len(columns) and sorted(keys) == sorted(c.key for c in form.proactive):
            return True
    return False


def _names_all(heads: Sequence[Row]) -> bool:
    """Say whether the heads name all subjects and measures of the form in its order."""
    own = [slot for head in heads for slot in head.words if not slot.from_above]
    subjects = [subject for slot in own if (subject := names_in(slot.text)[0])]
    measures = [
        m[FORM_2021.name] for slot in own if FORM_2021.name in (m := names_in(slot.text)[1])
    ]
    wanted = [key.partition(".")[2] for key in _ORDER]
    return subjects == list(dict.fromkeys(key.partition(".")[0] for key in _ORDER)) and (
        measures == wanted
    )
