"""Table 2: subjects (rows) and measures (column heads), and the form that each belongs to. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from reports.forms.catalogue import FORMS
from reports.forms.form import Form
from reports.forms.matching import matcher
from reports.text import squeeze

_LONGEST_LABEL = 40
_FORMS: Mapping[str, Form] = {form.name: form for form in reversed(FORMS) if form.proactive}
_MEASURES = tuple(
    (name, label.key, re.compile(label.pattern))
    for name, form in _FORMS.items()
    for label in form.measures
)

subject_of = matcher(lambda form: form.subjects, _LONGEST_LABEL)
"""The subject that a label names in full; a sentence about it is none."""


def measure_of(text: str) -> Mapping[str, str]:
    """Return the measure that a column head names, by the name of each form that has such a head."""
    return {} if text.isascii() or len(text) > _LONGEST_LABEL else _measure(text)


def forms_with(subject: str) -> frozenset[str]:
    """Return the names of the forms that have this subject."""
    return _WITH.get(subject, frozenset())


_WITH = {
    label.key: frozenset(
        name for name, form in _FORMS.items() if label.key in {s.key for s in form.subjects}
    )
    for owner in _FORMS.values()
    for label in owner.subjects
}


@lru_cache(maxsize=4096)
def _measure(text: str) -> Mapping[str, str]:
    label = squeeze(text)
    found: dict[str, str] = {}
    for name, key, pattern in _MEASURES:
        if name not in found and pattern.search(label):
            found[name] = key
    return found
