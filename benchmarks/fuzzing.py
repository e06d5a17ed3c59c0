"""Feeds the readers damaged documents: no crash, no hang, and no figure that the report did not print.

Every cell of the report has a figure of its own, so that one that moved is always noticed. Damage never
touches a digit, except where pieces are cut out. What counts as a wrong figure:

* sealed formats (DOCX, ODT, XLSX, OFD and PDF carry checksums): any figure but the one printed in the
  cell, whatever was done to the file;
* pages, RTF and text that were cut short or had bits flipped: the same;
* pages, RTF and text with a piece cut out: the same, but for the place of the cut. There the end of one
  row may follow the beginning of another, and half a figure another half: the text then is whole and
  says something else. So one row may have figures of another one, each in its own column, and a figure
  may be one that is printed nowhere. A figure in another column, or in a second row, is wrong.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from reports.model import AnnualReport
from sandbox.pool import Sandbox
from sandbox.readings import Body, Reading
from tests.figures import balanced

DISTINCT: Mapping[str, str] = balanced(random.Random(7).sample(range(1_000, 9_000), 400))
"""Figures that obey every sum of the form, no two of them equal."""

_BATCH = 40
_LOST = frozenset({"crash", "time", "memory", "failed"})
_SEALED = frozenset({"docx", "odt", "xlsx", "ofd", "pdf"})


@dataclass(slots=True)
class _Tally:
    inputs: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


def fuzz(bodies: Mapping[str, bytes], figures: Mapping[str, str], inputs: int) -> bool:
    """Read ``inputs`` damaged variants in the sandbox; print what came of them."""
    tally, chance = _Tally(), random.Random(20260121)
    damaged = _damaged(bodies, chance)
    with Sandbox() as sandbox:
        for _ in range(0, inputs, _BATCH):
            batch = [next(damaged) for _ in range(_BATCH)]
            begin = time.perf_counter()
            readings = sandbox.read_many([Body(body) for _, _, body in batch])
            tally.slowest = max(tally.slowest, time.perf_counter() - begin)
            for (name, kind, _), reading in zip(batch, readings, strict=True):
                _judge(tally, f"{name} {kind}", reading, figures)
    for name, count in sorted(tally.inputs.items()):
        print(f"     {count:6d} {name}")
    for line in (*tally.lost[:10], *tally.wrong[:10]):
        print(f"     {line}")
    good = not tally.lost and not tally.wrong
    print(
        f"{'ok  ' if good else 'MISS'} {sum(tally.inputs.values())} damaged inputs: "
        f"{len(tally.lost)} crashed or hung, {len(tally.wrong)} with a wrong figure; "
        f"slowest batch of {_BATCH}: {tally.slowest:.1f} s"
    )
    return good


def _judge(tally: _Tally, name: str, reading: Reading, figures: Mapping[str, str]) -> None:
    read = "read" if reading.report is not None else f"refused ({reading.code})"
    tally.inputs[f"{name}: {read}"] += 1
    if reading.code in _LOST:
        tally.lost.append(f"{name}: {reading.code}")
    if reading.report is None:
        return
    others = other_figures(reading.report, figures)
    form, kind = name.rsplit(" ", 1)
    is_seam = kind == "spliced" and form not in _SEALED and _is_seam(others, figures)
    if others and not is_seam:
        key, value = next(iter(others.items()))
        tally.wrong.append(
            f"{name}: {len(others)} wrong, {key} reads {value}, printed was {figures[key]}"
        )


def other_figures(report: AnnualReport, figures: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that have another number than drawn."""
    values = {key: report.cell(key).value for key in figures}
    return {k: str(v) for k, v in values.items() if v is not None and str(v) != figures[k]}


def _is_seam(others: Mapping[str, str], figures: Mapping[str, str]) -> bool:
    """Say whether the figures of one row alone are others: of the same columns, or of no cell at all."""
    printed = {figure: key.rpartition(".")[2] for key, figure in figures.items()}
    rows = {key.rpartition(".")[0] for key in others}
    astray = [
        (value, figures[key])
        for key, value in others.items()
        if printed.get(value, key.rpartition(".")[2]) != key.rpartition(".")[2]
    ]
    # Two halves may happen to make a figure of the report.
    are_halves = len(astray) == 1 and astray[0][0][0] == astray[0][1][0]
    return len(rows) == 1 and (not astray or are_halves)


def _damaged(
    bodies: Mapping[str, bytes], chance: random.Random
) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, kind of damage and bytes, for ever."""
    kinds: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
        "truncated": _truncated,
        "flipped": _flipped,
        "spliced": _spliced,
    }
    while True:
        for name, body in bodies.items():
            for kind, damage in kinds.items():
                yield name, kind, damage(body, chance)
        yield "random", "bytes", chance.randbytes(chance.randrange(1, 4_000))


def _truncated(body: bytes, chance: random.Random) -> bytes:
    """Cut the end off, though not in the middle of a figure: what is left would be another one."""
    end = chance.randrange(1, len(body))
    while _is_figure(body[end - 1]) and end < len(body) and _is_figure(body[end]):
        end += 1
    return body[:end]


def _flipped(body: bytes, chance: random.Random) -> bytes:
    """Flip bits, though never to or from a digit: that would print another figure."""
    damaged = bytearray(body)
    for _ in range(chance.randrange(1, 9)):
        place = chance.randrange(len(damaged))
        flipped = damaged[place] ^ (1 << chance.randrange(8))
        if not (_is_figure(damaged[place]) or _is_figure(flipped)):
            damaged[place] = flipped
    return bytes(damaged)


def _is_figure(byte: int) -> bool:
    return byte in b"0123456789-+.,"


def _spliced(body: bytes, chance: random.Random) -> bytes:
    """Cut a piece out of the middle."""
    start = chance.randrange(len(body))
    return body[:start] + body[start + chance.randrange(1, 400) :]
