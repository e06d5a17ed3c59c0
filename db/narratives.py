"""Rows for comparing reports: whose narrative holds which sampled grams, and copies that differ."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, LargeBinary
from sqlmodel import Field, SQLModel


class Narrative(SQLModel, table=True):
    """The narrative of the newest version of one agency's report of a year, as the index knows it.

    ``region`` is the six-digit division, ``grams`` the sampled grams as ``db.likeness`` packs them.
    """

    __table_args__ = (
        Index("uq_narrative_agency_key_year", "agency_key", "year", unique=True),
        Index("ix_narrative_region_year", "region", "year"),
        # No number is given twice: grams that a deleted row left behind must not become another's.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    agency_key: str = Field(foreign_key="agency.key")
    year: int
    version_id: int
    region: str = ""
    grams: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))


class NarrativeGram(SQLModel, table=True):
    """One sampled gram of one narrative; the rows of a gram lie together and nothing else is kept."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    gram: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    narrative_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))


class ReportCopy(SQLModel, table=True):
    """Another copy of a report, under another link, whose figures are not those of the version."""

    __table_args__ = (Index("ix_reportcopy_agency_key_year", "agency_key", "year"),)

    link_id: int = Field(foreign_key="link.id", primary_key=True)
    agency_key: str = Field(foreign_key="agency.key")
    year: int
    snapshot_id: int = Field(foreign_key="snapshot.id")
    report: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    reader_version: str
