"""The parts of ``config.toml`` that say how often to look, and how much must be seen before it is said."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from monitor.setting_values import Part, Whole
from reports.status import Thresholds


class ProofSettings(Part):
    """``[proof]``: what proves an absence or a withdrawal; never less than the built-in numbers."""

    absence_looks: Whole = Field(
        2,
        ge=2,
        le=20,
        description="认定未见报告至少正常查看几次 / good looks that prove an absence, at least",
    )
    absence_hours: Whole = Field(
        12,
        ge=12,
        le=720,
        description="这些查看至少相隔几小时 / hours that they span, at least",
    )
    withdrawal_looks: Whole = Field(
        4,
        ge=4,
        le=50,
        description="认定撤下至少查看几次 / looks that prove a withdrawal, at least",
    )
    withdrawal_hours: Whole = Field(
        48,
        ge=48,
        le=2160,
        description="这些查看至少相隔几小时 / hours that they span, at least",
    )

    def thresholds(self) -> Thresholds:
        """Return the value that the judging functions take."""
        return Thresholds(
            self.absence_looks,
            timedelta(hours=self.absence_hours),
            self.withdrawal_looks,
            timedelta(hours=self.withdrawal_hours),
        )


class ScheduleSettings(Part):
    """``[schedule]``: hours between two visits of a column, by season."""

    deadline_hours: Whole = Field(
        1,
        ge=1,
        le=24,
        description="期限前最后一周每隔几小时查看 / in the last week before a deadline",
    )
    season_hours: Whole = Field(
        24,
        ge=1,
        le=168,
        description="公布季（1 月 1 日至最后期限后四周） / in season: 1 January to four weeks after the "
        "last deadline",
    )
    rest_hours: Whole = Field(168, ge=1, le=720, description="其余时间 / at all other times")
