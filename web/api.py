"""The ledger and the event log as JSON, in the same objects as on the command line."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Query
from pydantic import BaseModel

from db.ledger import (
    EventObject,
    EventQuery,
    LedgerQuery,
    ObligationObject,
    count_events,
    count_obligations,
    event_json,
    event_rows,
    ledger_rows,
    obligation_json,
)
from reports.events import EventKind
from reports.status import Status
from web.here import InHere, Reading

router = APIRouter(prefix="/api/v1")

Item = TypeVar("Item")
Limit = Annotated[int, Query(ge=1, le=500, description="每页条数 / objects per page")]
Year = Annotated[int | None, Query(ge=2008, le=2999, description="报告年度 / report year")]
AgencyKey = Annotated[str | None, Query(max_length=200, description="机关标识 / agency key")]


class Page(BaseModel, Generic[Item]):
    """One page of objects; ``total`` counts all that fit the filters."""

    items: list[Item]
    total: int
    limit: int
    offset: int


class EventPage(BaseModel):
    """Events after an id, oldest first; ask again with ``after`` = ``next_after`` for the rest."""

    items: list[EventObject]
    total: int
    limit: int
    after: int
    next_after: int


def _ledger_query(
    year: Year = None,
    status: Annotated[Status | None, Query(description="状态 / status")] = None,
    agency: AgencyKey = None,
) -> LedgerQuery:
    return LedgerQuery(year, status, agency, active=True)


def _event_query(
    after: Annotated[int, Query(ge=0, le=2**53, description="已知的最大编号 / last id known")] = 0,
    kind: Annotated[
        str | None,
        Query(max_length=60, description="类型，可用 report.* / kind, or a family as report.*"),
    ] = None,
    agency: AgencyKey = None,
    year: Year = None,
) -> EventQuery:
    return EventQuery(after, () if kind is None else _kinds(kind), agency, year)


def _kinds(pattern: str) -> tuple[str, ...]:
    """Return the kinds that fit; an unknown kind is refused, for no answer would look like silence."""
    found = tuple(kind.value for kind in EventKind if fnmatchcase(kind.value, pattern))
    if not found:
        raise HTTPException(422)
    return found


@router.get("/obligations", summary="台账 / The ledger of obligations")
def obligations(
    here: InHere,
    session: Reading,
    query: Annotated[LedgerQuery, Depends(_ledger_query)],
    limit: Limit = 100,
    offset: Annotated[int, Query(ge=0, le=2**31, description="跳过条数 / objects to skip")] = 0,
) -> Page[ObligationObject]:
    """Return obligations: newest year first, then what needs attention first."""
    language = here.settings.language
    rows = ledger_rows(session, query, limit, offset)
    return Page(
        items=[obligation_json(row, language) for row in rows],
        total=count_obligations(session, query),
        limit=limit,
        offset=offset,
    )


@router.get("/events", summary="事件 / The event log")
def events(
    session: Reading, query: Annotated[EventQuery, Depends(_event_query)], limit: Limit = 100
) -> EventPage:
    """Return events after an id, oldest first."""
    items = [event_json(row) for row in event_rows(session, query, limit)]
    return EventPage(
        items=items,
        total=count_events(session, query),
        limit=limit,
        after=query.after,
        next_after=items[-1]["id"] if items else query.after,
    )
