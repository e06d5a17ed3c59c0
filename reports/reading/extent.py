"""Which cells a set of keys is, in words: whole columns and rows first, then how many others. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.forms.catalogue import CELL_LABELS
from reports.words import Words

_MOST_NAMED = 4


def listed_cells(keys: Sequence[str], among: Iterable[str]) -> Words:
    """Return the names of whole columns and rows among the keys, and of the cells outside them."""
    everything = tuple(among)
    left = list(keys)
    named: list[Words] = []
    for side in (1, 0):
        for line, members in _lines(everything, side).items():
            if len(members) > 1 and set(members) <= set(left):
                named.append(_line_name(line, members, side))
                left = [key for key in left if key not in members]
    if left:
        named.append(_others(left, has_lines=bool(named)))
    return Words("，".join(words.zh for words in named), ", ".join(words.en for words in named))


def _lines(keys: Iterable[str], side: int) -> dict[str, list[str]]:
    """Group keys by column (1) or by row (0)."""
    found: dict[str, list[str]] = {}
    for key in keys:
        row, _, column = key.rpartition(".")
        found.setdefault((row, column)[side], []).append(key)
    return found


def _line_name(line: str, members: Sequence[str], side: int) -> Words:
    label = CELL_LABELS.get(members[0], Words(line, line))
    zh = label.zh.partition("·")[2 * side] if "·" in label.zh else _common(label.zh, side)
    en = label.en.partition(" · ")[2 * side] if " · " in label.en else _common(label.en, side)
    count = len(members)
    if side:
        return Words(f"“{zh}”列全部（{count} 格）", f"the whole column “{en}” ({count})")
    return Words(f"“{zh}”行全部（{count} 格）", f"the whole row “{en}” ({count})")


def _common(label: str, side: int) -> str:
    """Return the row or the column of a label of table 2: the two stand apart by a blank or a colon."""
    parts = label.split(": ") if ": " in label else label.split(" ", 1)
    return parts[-1 if side else 0]


def _others(keys: Sequence[str], *, has_lines: bool) -> Words:
    if len(keys) > _MOST_NAMED:
        if has_lines:
            return Words(
                f"其他行列的 {len(keys)} 格", f"{len(keys)} cells of other rows and columns"
            )
        return Words(f"分散的 {len(keys)} 格", f"{len(keys)} scattered cells")
    labels = [CELL_LABELS.get(key, Words(key, key)) for key in keys]
    zh, en = "”“".join(w.zh for w in labels), "”, “".join(w.en for w in labels)
    return Words(f"“{zh}”", f"“{en}”")
