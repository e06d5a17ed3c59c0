"""Shows the evidence of an obligation, and hands out the bytes and the file. Everything only reads."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from typing import IO, Annotated

from fastapi import APIRouter, HTTPException, Path
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response, StreamingResponse

from db.archive import ArchiveDamaged
from db.dossier import Dossier, dossier_of
from web.evidence.file import chain_of, write_evidence
from web.freshness import freshness_at
from web.here import InHere, Now, Reading

router = APIRouter()

_NOTHING_RUNS = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
_IN_MEMORY = 8 * 1024 * 1024
_building = threading.Semaphore(2)
"""Building a file reads many bodies: whoever asks for a hundred is told to wait, and the pages go on."""

Year = Annotated[int, Path(ge=2008, le=2999)]
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


@router.api_route("/bodies/{sha256}", methods=["GET", "HEAD"], include_in_schema=False)
def body(here: InHere, sha256: Sha256) -> Response:
    """Hand out bytes as a site sent them: a file to be kept, never a page to be shown."""
    try:
        content = None if here.archive is None else here.archive.get(sha256)
    except (FileNotFoundError, ArchiveDamaged):
        content = None
    if content is None:
        raise HTTPException(404)
    return Response(content, headers=_as_file(f"{sha256[:12]}.bin"))


@router.api_route("/evidence/{key}/{year}.zip", methods=["GET"], include_in_schema=False)
def evidence_file(here: InHere, session: Reading, key: str, year: Year) -> Response:
    """Hand out the evidence as one file that can be checked offline."""
    dossier, archive = _dossier(session, key, year), here.archive
    if archive is None:
        raise HTTPException(404)
    if not _building.acquire(blocking=False):
        raise HTTPException(503, headers={"Retry-After": "30"})
    # Closed by the stream that sends it.
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    try:
        write_evidence(session, dossier, archive, here.templates, file)
    finally:
        _building.release()
    headers = _as_file(f"nianshao-{dossier.agency.key}-{year}.zip")
    return StreamingResponse(_pieces(file), headers=headers)


@router.api_route(
    "/evidence/{key}/{year}",
    methods=["GET", "HEAD"],
    response_class=HTMLResponse,
    include_in_schema=False,
)
def evidence(here: InHere, session: Reading, now: Now, key: str, year: Year) -> HTMLResponse:
    """Show what was seen when, and what it rests on."""
    dossier = _dossier(session, key, year)
    has_bytes = here.archive is not None
    return here.page(
        "evidence.html",
        dossier=dossier,
        chain=chain_of(session, dossier),
        fresh=freshness_at(session, now, here.settings.stale_after, dossier.agency.columns),
        has_bytes=has_bytes,
        address_of=lambda sha256: f"/bodies/{sha256}" if has_bytes else None,
    )


def _dossier(session: Session, key: str, year: int) -> Dossier:
    found = dossier_of(session, key, year)
    if found is None:
        raise HTTPException(404)
    return found


def _as_file(name: str) -> dict[str, str]:
    return {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": _NOTHING_RUNS,
    }


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece
