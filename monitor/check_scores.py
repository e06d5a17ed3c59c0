"""The score in what ``nianshao check --score`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitor.check import Checked
from monitor.score_sheets import RECOGNISED, UNREADABLE, markdown_lines, score_json, text_lines
from reports.profile import Profile
from reports.scoring import ScoreSheet, score
from reports.words import Language


def score_key(checked: Checked, profile: Profile | None, language: Language) -> dict[str, Any]:
    """Return the key ``score``, null where nothing was judged; nothing without a profile."""
    if profile is None:
        return {}
    sheet = _sheet(checked, profile)
    return {"score": None if sheet is None else score_json(sheet, language)}


def score_lines(
    checked: Checked, profile: Profile | None, language: Language, *, markdown: bool
) -> Iterator[str]:
    """Yield the score and its evidence, or why there is none; nothing without a profile."""
    if profile is None:
        return
    sheet = _sheet(checked, profile)
    if sheet is not None:
        yield from (markdown_lines if markdown else text_lines)(sheet, language)
        return
    why = (RECOGNISED if checked.report else UNREADABLE).in_language(language)
    yield why if markdown else f"  {why}"


def _sheet(checked: Checked, profile: Profile) -> ScoreSheet | None:
    if checked.assessment is None or checked.report is None or checked.report.by_ocr:
        return None
    return score(checked.assessment.findings, profile)
