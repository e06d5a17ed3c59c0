"""Finds the header of a register file and says what each of its columns is. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from monitor.errors import Refusal
from monitor.register_files.cells import Row, Sheet, Unusable
from monitor.register_files.headings import NOT_KEPT, Heading, plain
from reports.words import Words

_ROWS_ABOVE = 10


@dataclass(frozen=True, slots=True)
class Table:
    """What follows the header; ``columns`` holds position → heading for the columns that are kept."""

    columns: Mapping[int, Heading]
    width: int
    written: Mapping[int, str]
    rows: tuple[Row, ...]


def table_of(sheets: Sequence[Sheet], headings: Sequence[Heading]) -> Table:
    """Return the one table of the sheets. Raises Refusal that lists every heading at fault."""
    known = {plain(name): heading for heading in headings for name in heading.names}
    found = [(sheet, at) for sheet in sheets if (at := _header_at(sheet, known)) is not None]
    if len(found) > 1:
        names = "、".join(sheet.name for sheet, _ in found)
        raise Refusal(
            Words(
                f"有 {len(found)} 个工作表像是名录：{names}；请只保留一个。",
                f"{len(found)} sheets look like a register: {names}; keep one of them.",
            )
        )
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise Refusal(Words("没有任何内容；请核对文件。", "It is empty; check the file."))
    sheet, at = found[0] if found else (filled[0], 0)
    header = sheet.rows[at]
    _check(header, known, headings)
    texts = {n: plain(_shown(cell)) for n, cell in enumerate(header.cells)}
    return Table(
        {n: known[text] for n, text in texts.items() if text in known},
        len(header.cells),
        {n: _shown(cell) for n, cell in enumerate(header.cells)},
        sheet.rows[at + 1 :],
    )


def _header_at(sheet: Sheet, known: Mapping[str, Heading]) -> int | None:
    """Return where the header stands; people put a title above it."""
    for at, row in enumerate(sheet.rows[:_ROWS_ABOVE]):
        if sum(plain(_shown(cell)) in known for cell in row.cells) > 1:
            return at
    return None


def _shown(cell: object) -> str:
    return cell.shown if isinstance(cell, Unusable) else str(cell)


def _check(header: Row, known: Mapping[str, Heading], headings: Sequence[Heading]) -> None:
    problems: list[Words] = []
    seen: dict[Heading, str] = {}
    for cell in header.cells:
        shown = _shown(cell)
        heading = known.get(plain(shown))
        if heading is None:
            problems += _unknown(shown, known)
        elif heading in seen:
            problems.append(
                Words(
                    f"列“{shown}”与“{seen[heading]}”是同一项；请只保留一列。",
                    f"Columns “{shown}” and “{seen[heading]}” mean the same; keep one.",
                )
            )
        else:
            seen[heading] = shown
    problems += [
        _lacking(heading) for heading in headings if heading.required and heading not in seen
    ]
    if problems:
        raise Refusal(*problems)


def _unknown(shown: str, known: Mapping[str, Heading]) -> list[Words]:
    text = plain(shown)
    if text in NOT_KEPT:
        return []
    if not text:
        return [
            Words(
                "表头中间有空白列；请写上列名或删去该列。",
                "The header has a blank in between; name the column or delete it.",
            )
        ]
    near = get_close_matches(text[:40], known, n=1, cutoff=0.5)
    names = "、".join(dict.fromkeys(heading.name_in("zh") for heading in known.values()))
    if near:
        zh, en = f"是否指“{near[0]}”？", f"did you mean “{near[0]}”?"
    else:
        zh, en = (
            f"可用的列：{names}；请改名或删去。",
            f"known columns: {names}; rename or delete it.",
        )
    return [Words(f"没有名为“{shown[:40]}”的列；{zh}", f"There is no column “{shown[:40]}”; {en}")]


def _lacking(heading: Heading) -> Words:
    return Words(
        f"表头缺少“{heading.name_in('zh')}”（{heading.names[0]}）列；请补上。",
        f"The header lacks the column “{heading.names[0]}” ({heading.name_in('zh')}); add it.",
    )
