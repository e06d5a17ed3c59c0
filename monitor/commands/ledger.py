"""``nianshao obligations``, ``events``, ``deliveries``: read what is known, beside a running service."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from db.ledger import LedgerQuery, LedgerRow, event_json, ledger_rows, obligation_json
from db.session import reading
from db.tables import Delivery, Event
from monitor.config import load
from monitor.house import House, open_house
from monitor.ledger_text import delivery_json, delivery_line, event_line, obligation_line
from monitor.moments import moment
from monitor.options import DEFAULT_CONFIG, AsJson, At, ConfigFile, Debug
from monitor.past import as_of
from reports.words import Words

_FOLLOW_SECONDS = 1.0


def obligations(
    year: Annotated[
        int | None, typer.Option("--year", metavar="Y", help="报告年度 / report year")
    ] = None,
    as_json: AsJson = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """列出每个单位每个年度的状态。 The ledger: one line per agency and report year.

    带 --at 时只推算当时的状态，不写入。 With --at the standing is derived for then, not stored.

    \b
    例 Examples: nianshao obligations --year 2025 · nianshao obligations --json
    """
    house = open_house(load(config))
    language = house.settings.language
    rows = _as_of(house, year, moment(at)) if at else _stored(house, year)
    for row in rows:
        shown = obligation_json(row, language)
        typer.echo(json.dumps(shown, ensure_ascii=False) if as_json else obligation_line(shown))
    if not rows:
        _say_nothing_found()


def events(
    after: Annotated[
        int, typer.Option("--after", metavar="ID", help="只列编号更大的 / only greater ids")
    ] = 0,
    follow: Annotated[
        bool, typer.Option("--follow", help="持续输出新事件 / keep printing new events")
    ] = False,
    as_json: AsJson = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """列出事件记录。 The event log, oldest first; --at leaves out what was noticed later.

    \b
    例 Examples: nianshao events --after 120 · nianshao events --follow --json
    """
    house = open_house(load(config))
    until = moment(at) if at else None
    while True:
        with reading(house.engine) as session:
            found = tuple(_events(session, after, until))
            for event in found:
                after = event.id or after
                shown = event_json(event)
                language = house.settings.language
                line = json.dumps(shown, ensure_ascii=False)
                typer.echo(line if as_json else event_line(shown, language))
        if not follow:
            return None if found else _say_nothing_found()
        time.sleep(_FOLLOW_SECONDS)


def deliveries(
    as_json: AsJson = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """列出谁收到了什么，以及未告知的原因。 What was told to whom, with outcome and reason.

    \b
    例 Example: nianshao deliveries --json
    """
    house = open_house(load(config))
    until = moment(at) if at else None
    with reading(house.engine) as session:
        rows = tuple(_deliveries(session, until))
    for delivery, event in rows:
        shown = delivery_json(delivery, event, house.settings.language)
        typer.echo(json.dumps(shown, ensure_ascii=False) if as_json else delivery_line(shown))
    if not rows:
        _say_nothing_found()


def _say_nothing_found() -> None:
    words = Words(
        "没有符合条件的记录；若还没有巡查过，请先运行 nianshao once。",
        "no record fits; if nothing was looked at yet, run nianshao once first.",
    )
    typer.echo(words.both(), err=True)


def _stored(house: House, year: int | None) -> tuple[LedgerRow, ...]:
    with reading(house.engine) as session:
        return ledger_rows(session, LedgerQuery(year=year, active=True))


def _as_of(house: House, year: int | None, now: datetime) -> tuple[LedgerRow, ...]:
    with as_of(house, now) as session:
        return ledger_rows(session, LedgerQuery(year=year, active=True))


def _events(session: Session, after: int, until: datetime | None) -> Iterator[Event]:
    query = select(Event).where(col(Event.id) > after).order_by(col(Event.id))
    if until is not None:
        query = query.where(Event.noticed_at <= until)
    yield from session.exec(query)


def _deliveries(session: Session, until: datetime | None) -> Iterator[tuple[Delivery, Event]]:
    query = (
        select(Delivery, Event)
        .join(Event, col(Event.id) == Delivery.event_id)
        .order_by(col(Delivery.id))
    )
    if until is not None:
        query = query.where(Delivery.created_at <= until)
    yield from session.exec(query)
