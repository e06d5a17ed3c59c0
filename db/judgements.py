"""The rows of what the rules found, and of what people said of it. Import them from ``db.tables``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from db.columns import json_list


class FindingRow(SQLModel, table=True):
    """A finding, or a rule that could not be assessed, on one version or (version None) one obligation."""

    __tablename__ = "finding"
    __table_args__ = (Index("ix_finding_agency_year", "agency_key", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int | None = Field(default=None, foreign_key="reportversion.id", index=True)
    agency_key: str = Field(foreign_key="agency.key")
    year: int
    outcome: str
    code: str
    severity: str | None = None
    cells: list[str] = json_list()
    expected: str | None = None
    actual: str | None = None
    message_zh: str
    message_en: str
    basis_zh: str = ""
    basis_en: str = ""
    fingerprint: str = ""
    rule_version: int = 1


class Dismissal(SQLModel, table=True):
    """A person's word that a finding does not hold, with the finding as it was then; never deleted.

    It holds for every row of the agency and year with this fingerprint until it is reopened.
    """

    __table_args__ = (
        Index("ix_dismissal_agency_year_fingerprint", "agency_key", "year", "fingerprint"),
    )

    id: int | None = Field(default=None, primary_key=True)
    agency_key: str = Field(foreign_key="agency.key")
    year: int
    fingerprint: str
    code: str
    rule_version: int
    severity: str
    cells: list[str] = json_list()
    expected: str | None = None
    actual: str | None = None
    message_zh: str
    message_en: str
    basis_zh: str = ""
    basis_en: str = ""
    reason: str
    dismissed_by: str
    dismissed_at: datetime
    reopened_by: str | None = None
    reopened_at: datetime | None = None
