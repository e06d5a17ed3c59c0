"""The pages that people read. They only read; each is one consistent view of the database."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from starlette.responses import HTMLResponse

from reports.rules.registry import THEMES, rule_named
from reports.rules.standing import by_theme, standing_of
from reports.status import Status
from web.agency import agency_page
from web.board import Wanted, board_at
from web.here import InHere, Now, Reading
from web.report import report_page

router = APIRouter()
page = partial(
    router.api_route,
    methods=["GET", "HEAD"],
    response_class=HTMLResponse,
    include_in_schema=False,
)


def _wanted(
    year: Annotated[int | None, Query(ge=2008, le=2999)] = None,
    status: Status | None = None,
    region: Annotated[str | None, Query(max_length=40)] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Wanted:
    return Wanted(year, status, region, page)


@page("/")
def board(
    here: InHere, session: Reading, now: Now, wanted: Annotated[Wanted, Depends(_wanted)]
) -> HTMLResponse:
    """Show the ledger of one season."""
    return here.page("board.html", board=board_at(session, wanted, here.settings, now))


@page("/agencies/{key}")
def agency(here: InHere, session: Reading, now: Now, key: str) -> HTMLResponse:
    """Show one agency over the years."""
    found = agency_page(session, key, here.settings, now)
    if found is None:
        raise HTTPException(404)
    return here.page("agency.html", page=found)


@page("/reports/{version_id}")
def report(
    here: InHere,
    session: Reading,
    now: Now,
    version_id: Annotated[int, Path(ge=1, le=2**53)],
) -> HTMLResponse:
    """Show one version of one report with its findings in their cells."""
    found = report_page(session, version_id, here.settings, now)
    if found is None:
        raise HTTPException(404)
    return here.page("report.html", page=found)


@page("/rules")
def rules(here: InHere) -> HTMLResponse:
    """Show the catalogue of rules, theme by theme, as the profile in use has them."""
    return here.page("rules.html", themes=tuple(by_theme(here.settings.profile)))


@page("/rules/{code}")
def rule(here: InHere, code: str) -> HTMLResponse:
    """Show one rule with its legal basis."""
    found = rule_named(code)
    if found is None:
        raise HTTPException(404)
    standing = standing_of(found, here.settings.profile)
    return here.page("rule.html", standing=standing, theme=THEMES[found.code[0]])
