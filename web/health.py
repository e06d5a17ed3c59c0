"""Tells a supervisor whether the page can read its database."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from db.ledger import iso_in_china
from db.session import reading
from web.freshness import freshness_at
from web.here import InHere

router = APIRouter()


@router.api_route("/healthz", methods=["GET", "HEAD"], include_in_schema=False)
def healthz(here: InHere) -> JSONResponse:
    """Answer 200 when the database can be read, 503 when it cannot; old looks do not fail it."""
    try:
        with reading(here.engine) as session:
            fresh = freshness_at(session, here.clock(), here.settings.stale_after)
    except SQLAlchemyError as error:
        reason = type(error).__name__
        body = {"status": "unavailable", "database": "unreadable", "reason": reason}
        return JSONResponse(body, status_code=503)
    newest = fresh.newest_visit_at
    return JSONResponse(
        {
            "status": "ok",
            "database": "readable",
            "newest_visit_at": None if newest is None else iso_in_china(newest),
            "stale": fresh.is_stale,
        }
    )
