"""Builds the evidence file of an obligation: one zip that anyone can read and check offline."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from jinja2 import Environment
from sqlmodel import Session, col, select

from db.archive import Archive, ArchiveDamaged
from db.chain import BEGINNING, event_line, head, sealed_hashes
from db.dossier import Dossier
from db.evidence import Capture, ChainDay
from db.ledger import iso_in_china
from db.seen import EntrySeen, entries_seen
from db.warc import one_line

VERIFIER = Path(__file__).with_name("verify.py")
MOST_BODY_BYTES = 1_000_000_000

# The same input gives the same file, byte for byte.
_WHEN = (1980, 1, 1, 0, 0, 0)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes that were seen: the file in the zip that holds them, None when we have the hash alone."""

    sha256: str
    file: str | None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Chained:
    """The links of the chain that cover a dossier's events, up to the newest."""

    before: str
    links: tuple[ChainDay, ...]
    sealed_in: Mapping[int, int]

    @property
    def head(self) -> ChainDay | None:
        """Return the newest link."""
        return self.links[-1] if self.links else None


@dataclass(slots=True)
class _Zip:
    """The zip as it grows, with the hash of each file."""

    archive: zipfile.ZipFile
    sums: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, content: bytes) -> None:
        """Add a file."""
        self.sums[name] = hashlib.sha256(content).hexdigest()
        self.archive.writestr(_member(name, zipfile.ZIP_DEFLATED), content, compresslevel=6)

    def add_json(self, name: str, content: Any) -> None:
        """Add a file of JSON for people to read, too."""
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        self.add(name, f"{text}\n".encode("utf-8", "replace"))

    @contextmanager
    def adding(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Add a file piece by piece, as it is: its content is compressed already."""
        digest = hashlib.sha256()
        with self.archive.open(_member(name, zipfile.ZIP_STORED), "w", force_zip64=True) as member:

            def write(piece: bytes) -> None:
                digest.update(piece)
                member.write(piece)

            yield write
        self.sums[name] = digest.hexdigest()


def write_evidence(
    session: Session,
    dossier: Dossier,
    archive: Archive,
    pages: Environment,
    stream: IO[bytes],
    progress: Progress = lambda done, total: None,
) -> None:
    """Write the zip of a dossier to a stream; ``progress`` is told of the bodies done and in all."""
    with zipfile.ZipFile(stream, "w") as raw:
        whole = _Zip(raw)
        bodies = tuple(_bodies(whole, dossier, archive, progress))
        recorded = _records(whole, dossier, archive)
        chained = chain_of(session, dossier)
        lines = "".join(f"{event_line(event)}\n" for event in dossier.events)
        whole.add("events.jsonl", lines.encode("ascii"))
        whole.add_json("chain.json", _chain_json(chained))
        whole.add_json("timeline.json", _timeline(session, dossier))
        whole.add_json("manifest.json", _manifest(dossier, bodies, recorded))
        files = {body.sha256: body for body in bodies}
        page = pages.get_template("evidence_file.html").render(
            dossier=dossier, chain=chained, address_of=lambda sha256: files[sha256].file
        )
        whole.add("index.html", page.encode("utf-8", "replace"))
        whole.add("verify.py", VERIFIER.read_bytes())
        sums = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(whole.sums.items()))
        whole.add("SHA256SUMS", sums.encode())


def chain_of(session: Session, dossier: Dossier) -> Chained:
    """Return the links from the first that has an event of the dossier to the newest."""
    newest = head(session)
    known = [event.id or 0 for event in dossier.events]
    if newest is None or not known:
        return Chained(BEGINNING, (), {})
    links = session.exec(
        select(ChainDay)
        .where(col(ChainDay.last_event_id) >= min(known))
        .order_by(col(ChainDay.number))
    ).all()
    sealed_in = {
        number: link.number
        for number in known
        for link in links
        if link.first_event_id <= number <= link.last_event_id
    }
    earlier = session.get(ChainDay, links[0].number - 1) if links else None
    return Chained(earlier.sha256 if earlier else BEGINNING, tuple(links), sealed_in)


def _bodies(whole: _Zip, dossier: Dossier, archive: Archive, progress: Progress) -> Iterator[Body]:
    """Add every body under a neutral name: what a site sent is to be opened by nobody by accident."""
    hashes, total = dossier.hashes, 0
    for number, sha256 in enumerate(hashes, 1):
        progress(number, len(hashes))
        try:
            body = archive.get(sha256)
        except (OSError, ArchiveDamaged):
            yield Body(sha256, None)
            continue
        total += len(body)
        if total > MOST_BODY_BYTES:
            yield Body(sha256, None, len(body))
            continue
        name = f"bytes/{number:04}-{sha256[:12]}.bin"
        whole.add(name, body)
        yield Body(sha256, name, len(body))


def _records(whole: _Zip, dossier: Dossier, archive: Archive) -> set[int]:
    """Add the WARC records as they lie in the archive; return the ids of the captures that are there."""
    there: set[int] = set()
    with whole.adding("records.warc.gz") as write:
        for capture in dossier.captures:
            try:
                packed = archive.packed(capture)
            except OSError:
                continue
            if len(packed) == capture.length + capture.request_length:
                write(packed)
                there.add(capture.id or 0)
    return there


def _chain_json(chained: Chained) -> dict[str, Any]:
    full = set(chained.sealed_in.values())
    return {
        "before": chained.before,
        "sealed_in": {str(event): link for event, link in chained.sealed_in.items()},
        "links": [
            {
                "number": link.number,
                "day": link.day.isoformat(),
                "first_event_id": link.first_event_id,
                "last_event_id": link.last_event_id,
                "events_sha256": link.events_sha256,
                "sha256": link.sha256,
                **({"hashes": sealed_hashes(link)} if link.number in full else {}),
            }
            for link in chained.links
        ],
    }


def _timeline(session: Session, dossier: Dossier) -> dict[str, Any]:
    entries: dict[str, list[Any]] = {}
    for seen in dossier.visits:
        number = seen.visit.entries_seen_id
        if number is not None and str(number) not in entries:
            entries[str(number)] = [_plain(entry) for entry in entries_seen(session, number)]
    return {
        "visits": [
            {
                **_fields(seen.visit),
                "pages_seen": [
                    {name: getattr(page, name) for name in page.__slots__} for page in seen.pages
                ],
            }
            for seen in dossier.visits
        ],
        "entries": entries,
        "looks": [_fields(look) for look in dossier.looks],
        "versions": [
            {
                "number": seen.version.number,
                "first_seen_at": iso_in_china(seen.version.first_seen_at),
                "shown_on": _text(seen.version.shown_on),
                "date_in_address": _text(seen.version.url_on),
                "title": seen.version.title,
                "verdict": seen.version.verdict,
                "url": seen.link.url,
                "fetched_at": iso_in_china(seen.snapshot.fetched_at),
                "sha256": seen.snapshot.sha256,
            }
            for seen in dossier.versions
        ],
        "visits_are_cut": dossier.is_cut,
    }


def _manifest(dossier: Dossier, bodies: tuple[Body, ...], recorded: set[int]) -> dict[str, Any]:
    duty = dossier.obligation
    return {
        "format": "nianshao-evidence/1",
        "agency": dossier.agency.key,
        "agency_name": dossier.agency.name,
        "year": duty.year,
        "due_at": iso_in_china(duty.due_at),
        "status": duty.status,
        "proof": duty.proof,
        "since": iso_in_china(duty.since),
        "because": {"zh": duty.because_zh, "en": duty.because_en},
        "url": dossier.url,
        "columns": [{"key": column.key, "url": column.url} for column in dossier.columns],
        "bodies": [{"sha256": b.sha256, "file": b.file, "size": b.size} for b in bodies],
        "captures": [_capture_json(row, (row.id or 0) in recorded) for row in dossier.captures],
    }


def _capture_json(row: Capture, recorded: bool) -> dict[str, Any]:
    shown = {name: value for name, value in _fields(row).items() if name not in _PLACES}
    return {**shown, "target": one_line(row.url), "recorded": recorded}


_PLACES = {"id", "file", "offset", "length", "request_length"}


def _fields(row: Any) -> dict[str, Any]:
    return {name: _text(value) for name, value in row.model_dump().items() if name != "id"}


def _plain(entry: EntrySeen) -> list[Any]:
    return [entry.title, entry.url, _text(entry.listed_on)]


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso_in_china(value)
    return value.isoformat() if isinstance(value, date) else value


def _member(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type = compression
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
