"""What a generation of the statutory form is made of; each generation is one file beside this one. Pure.

A cell is addressed by its full key: ``regulations.made`` (table 2), ``requests.new.natural_person``
(table 3), ``review.upheld`` (table 4). The order of every tuple is the order of the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reports.words import Words

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Label:
    """One row, column, block or cell of a form: its key and its official wording.

    ``pattern`` is a regular expression that is searched in a printed label without blanks and without
    its enumerator; it fits the wordings met in real reports. "" for what is never searched.
    """

    key: str
    words: Words
    pattern: str = ""


def labels(*rows: tuple[str, ...]) -> tuple[Label, ...]:
    """Return labels from ``(key, zh, en[, pattern])``."""
    return tuple(Label(key, Words(zh, en), *pattern) for key, zh, en, *pattern in rows)


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum that the form prescribes: the cells on both sides add up to the same figure (勾稽关系)."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Form:
    """One generation of the form; each exists once, so ``is`` compares them.

    ``name`` is that of the contract; two files may share one where a generation is printed in two
    ways. ``last_year`` is None while the form is in force. ``subjects`` and ``measures`` are the rows and
    the heads of table 2, ``proactive`` its cells. ``received``, ``answered`` and ``results`` name rows of
    table 3: received = answered, and the results add up to the first of the answered rows.
    """

    name: str
    basis: Words
    first_year: int
    last_year: int | None
    proactive: tuple[Label, ...] = ()
    subjects: tuple[Label, ...] = ()
    measures: tuple[Label, ...] = ()
    request_rows: tuple[Label, ...] = ()
    request_columns: tuple[Label, ...] = ()
    received: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    dispute_blocks: tuple[Label, ...] = ()
    dispute_results: tuple[Label, ...] = ()

    def __repr__(self) -> str:
        """Return the name alone: a form is long."""
        return f"<Form {self.name}, {len(self.request_rows)} rows>"

    @property
    def results(self) -> tuple[str, ...]:
        """Return the rows of table 3 that add up to the first of the answered ones."""
        return _results(self)

    def results_in(self, column: str) -> tuple[str, ...]:
        """Return the cells of those rows in one column."""
        return _cells(_results(self), column)

    @property
    def request_keys(self) -> tuple[str, ...]:
        """Return every cell of table 3."""
        return _request_keys(self)

    @property
    def dispute_keys(self) -> tuple[str, ...]:
        """Return every cell of table 4."""
        return tuple(key for block in self.dispute_blocks for key in self.block_keys(block.key))

    def block_keys(self, block: str) -> tuple[str, ...]:
        """Return the cells of one block of table 4, the total last."""
        return _block_keys(self, block)

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Return the sums of tables 3 and 4: balance and results by column, totals by row and block."""
        return _identities(self)


def request_key(row: str, column: str) -> str:
    """Return the full key of one cell of table 3."""
    return f"requests.{row}.{column}"


def dispute_key(block: str, result: str) -> str:
    """Return the full key of one cell of table 4."""
    return f"{block}.{result}"


# A form never changes and every rule asks for its cells: they are listed once.
@lru_cache
def _cells(rows: tuple[str, ...], column: str) -> tuple[str, ...]:
    return tuple(request_key(row, column) for row in rows)


@lru_cache
def _results(form: Form) -> tuple[str, ...]:
    sides = {*form.received, *form.answered}
    return tuple(row.key for row in form.request_rows if row.key not in sides)


@lru_cache
def _request_keys(form: Form) -> tuple[str, ...]:
    return tuple(request_key(r.key, c.key) for r in form.request_rows for c in form.request_columns)


@lru_cache
def _block_keys(form: Form, block: str) -> tuple[str, ...]:
    return tuple(dispute_key(block, result.key) for result in form.dispute_results)


@lru_cache
def _identities(form: Form) -> tuple[Identity, ...]:
    found: list[Identity] = []
    for column in form.request_columns:
        left, right = (_cells(rows, column.key) for rows in (form.received, form.answered))
        found.append(Identity(f"balance.{column.key}", left, right))
        found.append(Identity(f"results.{column.key}", _cells(form.results, column.key), right[:1]))
    for row in form.request_rows:
        *parts, total = (request_key(row.key, column.key) for column in form.request_columns)
        found.append(Identity(f"row.{row.key}", tuple(parts), (total,)))
    for block in form.dispute_blocks:
        *parts, total = form.block_keys(block.key)
        found.append(Identity(f"block.{block.key}", tuple(parts), (total,)))
    return tuple(found)
