"""Checks an evidence file offline: python3 verify.py [--head HASH]. Python 3.9 or newer, nothing else needed.

It stands inside the file that it checks and uses the standard library alone. Give --head the hash of the
newest link as it was noted elsewhere: then a chain that was written anew is found out as well.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BEGINNING = "0" * 64


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_files() -> Iterator[str]:
    """Yield what is wrong with the files against SHA256SUMS."""
    listed = {}
    for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        expected, _, name = line.partition("  ")
        listed[name] = expected
    for name, expected in sorted(listed.items()):
        path = HERE / name
        if not path.is_file():
            yield f"{name}: 文件不在 / the file is missing"
        elif sha256_of(path.read_bytes()) != expected:
            yield f"{name}: 与 SHA256SUMS 不符 / it differs from SHA256SUMS"
    found = {p.relative_to(HERE).as_posix() for p in HERE.rglob("*") if p.is_file()}
    for name in sorted(found - set(listed) - {"SHA256SUMS"}):
        if "__pycache__" not in name:
            yield f"{name}: 不在 SHA256SUMS 中 / it is not listed in SHA256SUMS"


def check_bodies(manifest: dict[str, Any]) -> Iterator[str]:
    """Yield the bodies that do not have the hash under which they were seen."""
    for body in manifest["bodies"]:
        if body["file"] is None:
            continue
        path = HERE / body["file"]
        if not path.is_file() or sha256_of(path.read_bytes()) != body["sha256"]:
            yield f"{body['file']}: 内容与哈希不符 / its bytes do not have the hash {body['sha256']}"


def members(data: bytes) -> Iterator[bytes]:
    """Yield the unpacked records of a WARC file, each one a member of its own."""
    while data:
        member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        record = member.decompress(data)
        if not member.eof:
            raise zlib.error("cut short")
        yield record
        data = member.unused_data


def fields_and_block(record: bytes) -> tuple[dict[str, str], bytes]:
    """Return the named fields of a WARC record, and its block."""
    head, _, rest = record.partition(b"\r\n\r\n")
    fields = {}
    for line in head.decode("utf-8", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    return fields, rest[: int(fields.get("content-length", "0"))]


def check_records(manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the WARC records."""
    stated = []
    try:
        for number, record in enumerate(members((HERE / "records.warc.gz").read_bytes()), 1):
            fields, block = fields_and_block(record)
            digest = fields.get("warc-payload-digest", "")
            kind = fields.get("warc-type")
            # What scripts have written came with no headers.
            payload = block if kind == "conversion" else block.partition(b"\r\n\r\n")[2]
            if (
                kind in ("response", "request", "conversion")
                and digest != f"sha256:{sha256_of(payload)}"
            ):
                yield f"records.warc.gz #{number}: 内容与哈希不符 / the bytes do not have the stated hash"
            if kind in ("response", "revisit", "conversion"):
                stated.append((fields.get("warc-target-uri"), digest))
    except (zlib.error, ValueError) as error:
        yield f"records.warc.gz: 无法读取 / cannot be read ({error})"
    expected = [
        (c["target"], f"sha256:{c['sha256']}") for c in manifest["captures"] if c["recorded"]
    ]
    if sorted(map(str, stated)) != sorted(map(str, expected)):
        yield "records.warc.gz: 记录与清单不符 / the records are not those of manifest.json"


def check_chain(head: str | None) -> Iterator[str]:
    """Yield what is wrong with the chain of days, and with the events against it."""
    chain = json.loads((HERE / "chain.json").read_text(encoding="utf-8"))
    before, sealed = chain["before"], {}
    for link in chain["links"]:
        hashes = link.get("hashes")
        if hashes is not None:
            sealed[link["number"]] = set(hashes)
            if sha256_of("".join(f"{each}\n" for each in hashes).encode()) != link["events_sha256"]:
                yield f"chain.json {link['day']}: 当日事件哈希不符 / the hash over its events differs"
        if sha256_of(f"{before} {link['events_sha256']}".encode()) != link["sha256"]:
            yield f"chain.json {link['day']}: 与前一环不相连 / it does not follow the link before"
        before = link["sha256"]
    if head is not None and before != head.lower():
        yield f"chain.json: 末环 {before} 与给定的不同 / the newest link is not the one given"
    yield from check_events(chain["sealed_in"], sealed)


def check_events(sealed_in: dict[str, int], sealed: dict[int, set[str]]) -> Iterator[str]:
    """Yield the events that are not as they were sealed."""
    lines = (HERE / "events.jsonl").read_text(encoding="utf-8").split("\n")
    lacking = set(sealed_in)
    for line in filter(None, lines):
        number = str(json.loads(line)["id"])
        lacking.discard(number)
        if number in sealed_in and sha256_of(line.encode()) not in sealed[sealed_in[number]]:
            yield f"events.jsonl: 事件 {number} 封存后被改动 / event {number} was changed after sealing"
    for number in sorted(lacking):
        yield f"events.jsonl: 缺少事件 {number} / event {number} is missing"


def main() -> int:
    """Check everything, say what is wrong, and return the exit code."""
    parser = argparse.ArgumentParser(description="核对这份证据 / check this evidence")
    parser.add_argument(
        "--head", help="另处记下的末环哈希 / hash of the newest link, noted elsewhere"
    )
    wanted = parser.parse_args()
    say = sys.stdout.write
    problems = list(check_files())
    try:
        manifest = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))
        problems += check_bodies(manifest)
        problems += check_records(manifest)
        problems += check_chain(wanted.head)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problems.append(f"无法读取 / cannot be read: {error!r}")
    for problem in problems:
        say(f"✗ {problem}\n")
    if problems:
        say(f"发现 {len(problems)} 处不符。 / {len(problems)} problem(s) found.\n")
        return 1
    say(
        "全部相符：文件、字节、WARC 记录、事件链。 / All agree: files, bytes, WARC records, chain.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
