"""Which row, column or head a printed label names, whatever the wording around the key words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from reports.forms.catalogue import FORMS
from reports.forms.form import Form, Label
from reports.text import squeeze

_ENUMERATOR = re.compile(
    r"^(?:[(〔]?[一二三四五六七八九十\d]{1,2}(?:[)〕][、.,:]*|[、.,:]+)|[㈠-㈩①-⑳])+"
)
_REMEMBERED = 4096


def matcher(
    select: Callable[[Form], Iterable[Label]], longest: int, *, enumerated: bool = False
) -> Callable[[str], str | None]:
    """Return a function from a printed label to its key, None for any other text.

    ``select`` names the labels to look among, in every form; no label is longer than ``longest``
    characters. ``enumerated`` labels are compared without the number before them.
    """
    patterns = _patterns(select)

    # The same few labels come in every report: remembering them halves the time of reading one.
    @lru_cache(maxsize=_REMEMBERED)
    def match(text: str) -> str | None:
        label = squeeze(text).rstrip(":")
        if enumerated:
            label = _ENUMERATOR.sub("", label)
        return next((key for key, pattern in patterns.items() if pattern.search(label)), None)

    # A figure names nothing, and most cells are figures; every label has Chinese in it.
    return lambda text: None if text.isascii() or len(text) > longest else match(text)


def _patterns(select: Callable[[Form], Iterable[Label]]) -> dict[str, re.Pattern[str]]:
    return {
        label.key: re.compile(label.pattern)
        for form in FORMS
        for label in select(form)
        if label.pattern
    }
