"""All forms: each module of this package that is named ``form_…`` holds one. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from reports import forms
from reports.forms.form import Form, request_key
from reports.forms.form_2019 import FORM as FORM_2019
from reports.forms.form_2021 import FORM as FORM_2021
from reports.forms.form_none import FORM as NO_FORM
from reports.words import Words

__all__ = [
    "CELL_LABELS",
    "FORMS",
    "FORM_2019",
    "FORM_2021",
    "NO_FORM",
    "form_named",
    "required_form",
]


def _found() -> tuple[Form, ...]:
    names = sorted(module.name for module in iter_modules(forms.__path__))
    modules = (import_module(f"reports.forms.{name}") for name in names if name.startswith("form_"))
    return tuple(module.FORM for module in modules)


FORMS = _found()
"""Every form; those that share a name stand in the order of their files."""


_NAMED = {name: [f for f in FORMS if f.name == name] for name in {form.name for form in FORMS}}
_ROWS = {form: frozenset(row.key for row in form.request_rows) for form in FORMS}


def form_named(name: str, rows: Iterable[str] = ()) -> Form:
    """Return the form of this name whose table 3 has all these rows. Raises LookupError without any."""
    named = _NAMED.get(name)
    if named is None:
        raise LookupError(f"no form is named {name!r}")
    wanted = frozenset(rows)
    return max(named, key=lambda form: len(wanted & _ROWS[form])) if wanted else named[0]


def required_form(year: int) -> Form:
    """Return the form that a report year requires."""
    return next(
        form
        for form in FORMS
        if form.first_year <= year and (form.last_year is None or year <= form.last_year)
    )


def _cell_labels() -> dict[str, Words]:
    found: dict[str, Words] = {}
    for form in FORMS:
        for label in form.proactive:
            found.setdefault(label.key, label.words)
        for row in form.request_rows:
            for column in form.request_columns:
                words = Words(
                    f"{row.words.zh}·{column.words.zh}", f"{row.words.en} · {column.words.en}"
                )
                found.setdefault(request_key(row.key, column.key), words)
        for block in form.dispute_blocks:
            for key, result in zip(form.block_keys(block.key), form.dispute_results, strict=True):
                words = Words(
                    f"{block.words.zh}·{result.words.zh}", f"{block.words.en} · {result.words.en}"
                )
                found.setdefault(key, words)
    return found


CELL_LABELS = _cell_labels()
"""Full key → how a person names the cell."""
