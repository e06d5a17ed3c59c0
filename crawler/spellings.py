"""Keeps one row for one page of a column, however the list spells its address today."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from db.tables import Link
from reports.canonical import canonical


def respell(session: Session, column_key: str, listed: Collection[str]) -> dict[str, Link]:
    """Give the known links of a column the spellings under which ``listed`` has them now.

    So a page is no new one when its site turns to https, and none is lost when a twin disappears. Returns
    all links of the column by their addresses as they are now.
    """
    rows = session.exec(
        select(Link).where(Link.column_key == column_key).order_by(col(Link.id).desc())
    ).all()
    known = {row.url for row in rows}
    by_page = {canonical(row.url): row for row in rows if row.url not in listed}
    for url in listed:
        row = None if url in known else by_page.pop(canonical(url), None)
        if row is not None:
            row.url = url
    session.flush()
    return {row.url: row for row in rows}
