"""Instants in statements that are written by hand: kept as the models keep them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, TypeDecorator


class _Instant(TypeDecorator[datetime]):
    """An aware instant, kept as UTC as the models keep it: SQLite drops the zone without converting."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


INSTANT = _Instant()
