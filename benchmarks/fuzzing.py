"""Feeds the readers damaged documents: no crash, no hang, and no figure that the report did not print."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sandbox.pool import Sandbox
from sandbox.readings import Body, Reading

_BATCH = 40
_LOST = frozenset({"crash", "time", "memory", "failed"})
# Their parts carry checksums: whatever is damaged in them is noticed. In the others a piece cut out may leave
# a table that is whole and says something else, and a bit of a packed PDF is no longer a printed sign.
_SEALED = frozenset({"docx", "odt", "xlsx", "ofd"})
_TELLTALE = frozenset({"truncated", "flipped"})


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
    form, kind = name.rsplit(" ", 1)
    telling = form in _SEALED or (kind in _TELLTALE and (form, kind) != ("pdf", "flipped"))
    if reading.report is None or not telling:
        return
    for key, printed in figures.items():
        value = reading.report.cell(key).value
        if value is not None and str(value) != printed:
            tally.wrong.append(f"{name}: {key} reads {value}, printed was {printed}")
            return


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
