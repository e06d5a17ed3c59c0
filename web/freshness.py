"""Says how old our knowledge is: silence must not look like success."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from db.tables import SiteColumn, Visit
from reports.status_words import china_time
from reports.visits import Outcome
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Freshness:
    """The newest look of any kind, the newest good one, and how many columns have none of late."""

    now: datetime
    stale_after: timedelta
    newest_visit_at: datetime | None
    newest_good_at: datetime | None
    columns: int
    columns_behind: int

    @property
    def is_stale(self) -> bool:
        """Say whether what the page shows may no longer be so."""
        return self._is_old(self.newest_visit_at) or self._is_old(self.newest_good_at)

    @property
    def warning(self) -> Words | None:
        """Return what a reader must know before trusting the page; None when all is well."""
        if self.newest_visit_at is None:
            return _NEVER
        if self._is_old(self.newest_visit_at):
            return self._not_looking(self.newest_visit_at)
        if self._is_old(self.newest_good_at):
            return self._not_seeing()
        return self._partly() if self.columns_behind else None

    def _is_old(self, at: datetime | None) -> bool:
        return at is None or self.now - at > self.stale_after

    def _not_looking(self, at: datetime) -> Words:
        hours = (self.now - at) // timedelta(hours=1)
        return Words(
            f"最近一次查看是 {china_time(at)}，距今 {hours} 小时：下列状态可能已经过时。"
            "请检查定时任务是否在运行。",
            f"The newest look was at {china_time(at)}, {hours} hours ago: the statuses below may be "
            "out of date. Check that the schedule is running.",
        )

    def _not_seeing(self) -> Words:
        at = china_time(self.newest_good_at)
        return Words(
            f"近期的查看均未能正常读取任何栏目（最近一次正常读取：{at}）：下列状态可能已经过时。"
            "请检查网络和各网站状态。",
            f"No recent look could read any column (last good look: {at}): the statuses below may be "
            "out of date. Check the network and the sites.",
        )

    def _partly(self) -> Words:
        hours = self.stale_after // timedelta(hours=1)
        return Words(
            f"{self.columns} 个栏目中有 {self.columns_behind} 个在最近 {hours} 小时内没有正常读取，"
            "有关机关的状态请结合“最近正常查看”一列判断。",
            f"{self.columns_behind} of {self.columns} columns had no good look within {hours} hours; "
            "judge those agencies by their last good look.",
        )


_NEVER = Words(
    "还没有查看过有关网站：下列状态不代表实际发布情况。请先运行一次查看。",
    "The sites have not been looked at yet: the statuses below say nothing about publication. "
    "Run a first pass.",
)


def freshness_at(
    session: Session,
    now: datetime,
    stale_after: timedelta,
    columns: Sequence[str] | None = None,
) -> Freshness:
    """Return how fresh the database is at ``now``, as a whole or for the named columns only."""
    visits = select(func.max(col(Visit.at)))
    if columns is not None:
        visits = visits.where(col(Visit.column_key).in_(columns))
    read = [known.read_at for known in known_columns(session, columns).values()]
    return Freshness(
        now=now,
        stale_after=stale_after,
        newest_visit_at=session.execute(visits).scalar_one(),
        newest_good_at=max((at for at in read if at is not None), default=None),
        columns=len(read),
        columns_behind=sum(1 for at in read if at is None or now - at > stale_after),
    )


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """When a column was last read well; ``is_source`` says that it shows its newest entries only."""

    read_at: datetime | None
    is_source: bool = False


def known_columns(
    session: Session, columns: Sequence[str] | None = None
) -> Mapping[str, KnownColumn]:
    """Return when the active columns, or those that are named, were last read well."""
    newest = (col(Visit.column_key) == SiteColumn.key) & (col(Visit.at) == SiteColumn.last_visit_at)
    watched = select(
        col(SiteColumn.key),
        col(SiteColumn.last_good_at),
        col(SiteColumn.last_visit_at),
        col(Visit.outcome),
    ).outerjoin(Visit, newest)
    if columns is None:
        watched = watched.where(col(SiteColumn.active))
    else:
        watched = watched.where(col(SiteColumn.key).in_(columns))
    return {
        # What shows its newest entries only was read well, although it proves nothing.
        key: KnownColumn(visited_at, True) if outcome == _SOURCE else KnownColumn(good_at)
        for key, good_at, visited_at, outcome in session.execute(watched)
    }


_SOURCE = Outcome.NEWEST_ONLY.value
