"""The web sites that are watched, and their columns."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel


class Site(SQLModel, table=True):
    """A web site that holds columns, and how its host has fared. ``state``: up, down, blocked, unknown.

    ``article`` tells where its pages hold the article, None when that is left to the reader.
    """

    key: str = Field(primary_key=True)
    name: str
    base_url: str
    article: str | None = None
    state: str = "unknown"
    since: datetime | None = None
    active: bool = True


class SiteColumn(SQLModel, table=True):
    """A disclosure column. ``key`` is ``site/column``; ``state``: found, lost, shrunken, unknown.

    ``found_url`` is the address at which it was found again, since ``found_at``; None: it is read at
    ``url``, to which it returned at ``found_at`` if that is set. ``proposed_url`` is a page that may be
    it, not confirmed by content. ``sought_at`` is the last search. ``id_code`` is the SiteIDCode of its
    first good look. Looks before ``usual_since`` no longer say how long its list usually is.
    ``links_revision`` counts the changes of its links.
    """

    key: str = Field(primary_key=True)
    site_key: str = Field(foreign_key="site.key", index=True)
    url: str
    family: str = "auto"
    state: str = "unknown"
    since: datetime | None = None
    last_good_at: datetime | None = None
    last_visit_at: datetime | None = None
    found_url: str | None = None
    found_at: datetime | None = None
    proposed_url: str | None = None
    proposed_at: datetime | None = None
    sought_at: datetime | None = None
    id_code: str | None = None
    usual_since: datetime | None = None
    active: bool = True
    links_revision: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
