"""What the crawl remembers between two passes: the rules of hosts, and what each column listed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from db.columns import json_list


class HostRules(SQLModel, table=True):
    """What a host last said of itself. ``origin`` is scheme, host and port.

    ``robots_status`` is None until robots.txt was answered; ``paused_until`` is when the host, by its
    own Retry-After, wants to be asked again, ``paused_as`` the end that the asking had.
    """

    origin: str = Field(primary_key=True)
    robots_status: int | None = None
    robots_body: str = ""
    robots_etag: str | None = None
    robots_modified: str | None = None
    robots_at: datetime | None = None
    paused_until: datetime | None = None
    paused_as: str | None = None


class ColumnListing(SQLModel, table=True):
    """What the newest good look at a column read: as long as its pages stay the same, so does this.

    ``plan_key`` names the column's plan under which it was read, ``pages`` are the resource keys of its
    pages in the order read, ``whole_at`` is when all of them were read.
    """

    column_key: str = Field(primary_key=True, foreign_key="sitecolumn.key")
    plan_key: str
    pages: list[str] = json_list()
    links: int
    candidates: int
    whole_at: datetime
