"""Faults put into faultless reports, one in each, and what the rules find: ``make bench-rules``."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain, islice, repeat
from random import Random
from statistics import median

from benchmarks.faults import (
    CASE,
    YEAR,
    Faulty,
    cell_faults,
    chain_faults,
    faultless,
    identity_faults,
    narrative_faults,
    standing_faults,
    structural_faults,
)
from benchmarks.wordings import Figures
from reports.findings import Finding, Severity
from reports.rules.registry import RULES, assess
from tests.builders import a_report
from tests.figures import balanced

_SETS = 16
_LIMIT_MS = 2.0


def figure_sets() -> list[Figures]:
    """Return complete figure sets that obey every sum: from nothing at all to a large city's."""
    random = Random(20210926)
    sizes = [0, 1, 2, 3, 5, 9, 14, 40, 90, 150, 400, 900, 2_000, 5_000, 20_000, 60_000]
    found = []
    for size in sizes[:_SETS]:
        seed = [random.randrange(size + 1) for _ in range(211)]
        raw = balanced(seed)
        found.append({key: int(Decimal(figure)) for key, figure in raw.items()})
    return [_plausible(figures) for figures in found]


def _plausible(figures: dict[str, int]) -> Figures:
    """Make table 2 say what can be: nothing repealed or made that is not in force."""
    for kind in ("regulations", "normative_documents"):
        made = figures[f"{kind}.made"]
        figures[f"{kind}.in_force"] = made + figures[f"{kind}.in_force"]
    figures["regulations.made"] = figures["regulations.repealed"] = 0
    figures["fees.amount"] = figures["fees.amount"] % 1000
    return figures


def faults(random: Random, sets: list[Figures]) -> Iterator[Faulty]:
    """Yield faulty reports without end, set by set; every cell of every set in the first round alone."""
    for each_cell in chain((True,), repeat(False)):
        for figures in sets:
            if each_cell:
                yield from cell_faults(random, figures)
            yield from structural_faults(random, figures)
            yield from identity_faults(random, figures)
            yield from narrative_faults(random, figures)
            yield from chain_faults(random, figures)
            yield from standing_faults(random, figures)


def _errors(found: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in found if finding.severity is Severity.ERROR]


def _is_found(faulty: Faulty, errors: list[Finding]) -> bool:
    hits = [finding for finding in errors if finding.code.startswith(faulty.code)]
    return any(faulty.cell is None or faulty.cell in finding.cells for finding in hits)


def recall(count: int) -> bool:
    """Judge faulty reports; print by rule how many were found, missed, and what else was said."""
    random, sets = Random(1), figure_sets()
    made: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    missed: list[Faulty] = []
    for faulty in islice(faults(random, sets), count):
        name = f"{faulty.code:4} {faulty.fault}"
        errors = _errors(assess(faulty.report, faulty.case).findings)
        made[name] += 1
        if _is_found(faulty, errors):
            hit[name] += 1
        else:
            missed.append(faulty)
        beside.update(
            f"{name} → {finding.code}"
            for finding in errors
            if not finding.code.startswith(faulty.code)
            and (faulty.cell is None or faulty.cell not in finding.cells)
        )
    for name, number in sorted(made.items()):
        print(f"     {name:24} faults {number:6} found {hit[name]:6} missed {number - hit[name]}")
    for name, number in sorted(beside.items()):
        print(f"     beside: {name} ×{number}")
    for faulty in missed[:5]:
        first = faulty.report.section(1)
        print(f"     missed {faulty.code} {faulty.cell}: {first.text[:200] if first else ''}")
    holds = not missed
    print(
        f"{'ok  ' if holds else 'MISS'} recall of error-severity faults: {sum(hit.values())}/{count}"
    )
    return holds


def false_errors(count: int) -> bool:
    """Judge faultless reports in varied words; no error may be said of any."""
    random, sets = Random(2), figure_sets()
    said: Counter[str] = Counter()
    examples: dict[str, str] = {}
    wrong = 0
    for number in range(count):
        report = faultless(random, sets[number % len(sets)])
        found = assess(report, CASE).findings
        said.update(f"{finding.code} {finding.severity.value}" for finding in found)
        wrong += bool(_errors(found))
        for finding in found:
            examples.setdefault(finding.code, finding.message.zh)
    for name, number in sorted(said.items()):
        print(
            f"     said of faultless reports: {name} ×{number}: {examples[name.split()[0]][:150]}"
        )
    print(f"{'ok  ' if not wrong else 'MISS'} faultless reports with an error: {wrong} of {count}")
    return not wrong


def speed() -> bool:
    """Time all rules over one built report, its case full."""
    report, times = a_report(YEAR), []
    case = replace(CASE, previous=a_report(YEAR - 1))
    for _ in range(300):
        begin = time.perf_counter()
        assess(report, case)
        times.append(1000 * (time.perf_counter() - begin))
    holds = median(times) <= _LIMIT_MS
    print(
        f"{'ok  ' if holds else 'MISS'} {len(RULES)} rules over one report: {median(times):.2f} ms "
        f"median (≤ {_LIMIT_MS})"
    )
    return holds


def main() -> int:
    """Run all; return 1 when a number is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="reports of each kind")
    count = parser.parse_args().count
    return 0 if all([speed(), recall(count), false_errors(count)]) else 1


if __name__ == "__main__":
    sys.exit(main())
