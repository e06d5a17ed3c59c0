"""One score sheet as people and machines read it: text, Markdown, JSON, the columns of an assessment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reports.scoring import ScoreItem, ScoreSheet
from reports.words import Language, Words

HEADINGS = (
    Words("单位", "Agency"),
    Words("年度", "Year"),
    Words("一级指标", "Theme"),
    Words("二级指标", "Rule"),
    Words("评价标准", "Standard"),
    Words("问题明细", "Finding"),
    Words("扣分", "Points off"),
    Words("依据", "Basis"),
    Words("整改要求", "How to mend"),
    Words("满分", "Full marks"),
    Words("得分", "Score"),
    Words("说明", "Remark"),
)
"""The columns of a municipal assessment; those of one finding are the third to the ninth."""

RECOGNISED = Words(
    "内容由图片识别得出，没有据此核对，不评分。",
    "Its content was recognised in a picture and not checked: no score.",
)
UNREADABLE = Words("报告无法读取，不评分。", "The report could not be read: no score.")


def score_json(sheet: ScoreSheet, language: Language) -> dict[str, Any]:
    """Return the documented object of one sheet."""
    return {
        "full": number(sheet.full),
        "deducted": number(sheet.deducted),
        "left": number(sheet.left),
        "items": [_item_json(item, language) for item in sheet.items],
    }


def _item_json(item: ScoreItem, language: Language) -> dict[str, Any]:
    finding = item.finding
    return {
        "code": finding.code,
        "theme": item.theme.in_language(language),
        "points": number(item.points),
        "spared": number(item.spared),
        "cells": list(finding.cells),
        "message": finding.message.in_language(language),
        "basis": finding.basis.in_language(language),
        "clears": item.clears.in_language(language),
    }


def number(points: Decimal) -> int | float:
    """Return points as a JSON number; whole ones have no fraction."""
    return int(points) if points == points.to_integral_value() else float(points)


def headline(sheet: ScoreSheet) -> Words:
    """Return the score in one line."""
    full, off, left = (f"{number(n)}" for n in (sheet.full, sheet.deducted, sheet.left))
    return Words(f"得分 {left} / {full}，扣 {off} 分", f"score {left} of {full}, {off} points off")


def text_lines(sheet: ScoreSheet, language: Language) -> Iterator[str]:
    """Yield the score and what each point was taken for."""
    yield f"  {headline(sheet).in_language(language)}"
    for item in sheet.items:
        if item.points or item.spared:
            message = item.finding.message.in_language(language)
            yield f"    {_taken(item)}  {item.finding.code} {message}"


def _taken(item: ScoreItem) -> str:
    """Return the points off; in brackets what the limit per rule left out."""
    spared = f" ({number(item.spared)})" if item.spared else ""
    return f"-{number(item.points)}{spared}"


def markdown_lines(sheet: ScoreSheet, language: Language) -> Iterator[str]:
    """Yield the sheet as a Markdown table with the columns of a municipal assessment."""
    yield f"**{headline(sheet).in_language(language)}**"
    yield ""
    taken = [item for item in sheet.items if item.points or item.spared]
    if not taken:
        return
    yield "| " + " | ".join(name.in_language(language) for name in HEADINGS[2:9]) + " |"
    yield "|---|---|---|---|---|---|---|"
    for item in taken:
        yield "| " + " | ".join(map(_escaped, columns(item, language))) + " |"
    yield ""


def _escaped(text: str) -> str:
    return "".join(f"\\{mark}" if mark in "|`*_<>[]#" else mark for mark in " ".join(text.split()))


def columns(item: ScoreItem, language: Language) -> tuple[str, ...]:
    """Return theme, rule, standard, finding, points, basis and how to mend."""
    finding = item.finding
    said = (item.theme, item.statement, finding.message, finding.basis, item.clears)
    theme, standard, message, basis, clears = (words.in_language(language) for words in said)
    return theme, finding.code, standard, message, str(number(item.points)), basis, clears
