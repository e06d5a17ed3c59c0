"""The tables of ``config.toml`` that say who must report and when: agencies, deadlines, regional days."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from monitor.setting_values import (
    CreditCode,
    Day,
    DayOfYear,
    Key,
    Label,
    ListedLabel,
    Part,
    RegionPattern,
    Remark,
    Whole,
    YesOrNo,
)
from reports.agencies import AgencyKind, Identity
from reports.deadlines import Deadlines, MonthDay, RegionalDays
from reports.duties import Duty, last_year


class RegionalDeadlineSettings(Part):
    """``[[deadlines.regions]]``: the days that a notice sets for a region, and the notice itself."""

    region: RegionPattern = Field(
        description="区划代码，末尾 * 表示其下全部；最长的优先 / division code, with * for all inside; "
        "the longest that fits counts"
    )
    basis: Label = Field(
        description="依据的文件，写明文号 / the notice it rests on, with its number"
    )
    department: Day | None = Field(
        None,
        description="部门的日期；晚于一般期限为延期，早于只作提示 / day for departments; later than usual "
        "extends the term, earlier is a notice only",
    )
    government: Day | None = Field(
        None, description="政府的日期，同上 / day for governments, likewise"
    )
    local: Day | None = Field(
        None,
        description="当地通知的内部期限（政府除外），只作提示 / earlier day of a local notice, governments "
        "excepted; missing it is a notice",
    )

    def days(self) -> RegionalDays:
        """Return the value that the judging functions take."""
        return RegionalDays(self.region, self.basis, self.department, self.government, self.local)


class DeadlineSettings(Part):
    """``[deadlines]``: last permitted days and reminders."""

    department: Day = Field(
        MonthDay(1, 31), description="部门期限（含当日）月-日 / last day for departments, included"
    )
    government: Day = Field(
        MonthDay(3, 31), description="政府期限（含当日）月-日 / last day for governments, included"
    )
    local: Day | None = Field(
        None,
        description="当地通知的内部期限（政府除外），只作提示 / earlier day of a local notice, governments "
        "excepted; missing it is a notice",
    )
    reminder_days: tuple[Annotated[Whole, Field(ge=1, le=90)], ...] = Field(
        (14, 7, 3, 1),
        description="期限前几天提醒 / days before a deadline at which a reminder is due",
    )
    regions: tuple[RegionalDeadlineSettings, ...] = Field(
        (), description="各地另定的日期，见下 / days of single regions, see below"
    )

    def deadlines(self) -> Deadlines:
        """Return the value that the judging functions take."""
        days = tuple(sorted(set(self.reminder_days), reverse=True))
        regions = tuple(region.days() for region in self.regions)
        return Deadlines(self.department, self.government, days, self.local, regions)


class AgencySettings(Part):
    """``[[agencies]]``: one body that must report."""

    key: Key = Field(description="简称，唯一 / short name, unique")
    name: Label = Field(description="全称 / full official name")
    kind: AgencyKind = Field(description="类型，决定期限 / kind of body; decides the deadline")
    region: str = Field("", description="区划代码 / division code")
    aliases: tuple[ListedLabel, ...] = Field(
        (), description="标题里的其他叫法 / other names in titles"
    )
    former_names: tuple[ListedLabel, ...] = Field(
        (), description="改名前的名称 / names that it bore before"
    )
    columns: tuple[str, ...] = Field(
        (), description="在哪里发布，写作 网站/栏目 / where it publishes, as site/column"
    )
    expected: YesOrNo = Field(True, description="false 表示无需发布 / false: no report is required")
    duty: Duty | None = Field(
        None,
        description="公布义务：required 应公布、voluntary 自愿、exempt 免予、merged 并入、abolished 撤销，"
        "不写则按 expected / whether it must report; default: as expected says",
    )
    since: DayOfYear | None = Field(
        None,
        description="上项从哪天起（合并、撤销必填） / first day of that duty; merged and abolished need it",
    )
    until: DayOfYear | None = Field(
        None, description="上项到哪天止（含当日） / last day of that duty, included"
    )
    successor: Key | None = Field(
        None, description="承接其职能的单位的简称 / key of the body that continues it"
    )
    exempt_reason: Remark = Field(
        None, description="无需发布的理由或说明 / why no report is required, or a remark"
    )
    credit_code: CreditCode | None = Field(
        None,
        description="统一社会信用代码，用来认出同一单位 / social credit code; tells who is the same",
    )

    @property
    def owed(self) -> Duty:
        """Return the duty, from ``expected`` where it is not given."""
        return self.duty or (Duty.REQUIRED if self.expected else Duty.EXEMPT)

    def identity(self, heir_of: tuple[str, ...] = ()) -> Identity:
        """Return the value against which titles are held; ``heir_of`` as the whole register says."""
        return Identity(
            self.key,
            self.name,
            self.kind,
            self.aliases,
            self.former_names,
            heir_of,
            last_year(self.owed, self.since),
        )
