"""The shape of ``config.toml``: frozen models that know every key and forbid all others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr

from monitor.register_settings import AgencySettings, DeadlineSettings
from monitor.setting_values import (
    EventKinds,
    Hours,
    Number,
    Part,
    TimeOfDay,
    WebAddress,
    Whole,
    YesOrNo,
    Zone,
)
from monitor.site_settings import SiteSettings
from monitor.watch_settings import ProofSettings, ScheduleSettings
from reports.findings import Severity
from reports.succession import Body, names_continued


class DatabaseSettings(Part):
    """``[database]``: where the rows live; None means SQLite in the data folder."""

    url: str | None = Field(
        None,
        description="数据库地址，默认在 data_dir 中 / SQLite or PostgreSQL address; default: in data_dir",
    )


class WebSettings(Part):
    """``[web]``: where the status page listens."""

    host: str = Field(
        "127.0.0.1", description="状态页监听的地址 / address that the status page listens on"
    )
    port: Whole = Field(8000, ge=0, le=65535, description="状态页端口 / port of the status page")
    public_url: WebAddress | None = Field(
        None, description="消息里使用的地址 / address used in messages"
    )


class SeasonSettings(Part):
    """``[season]``: which report years are judged."""

    first_year: Whole = Field(
        2025,
        ge=2008,
        le=2100,
        description="从哪个报告年度开始判定 / first report year that is judged",
    )


class RulesSettings(Part):
    """``[rules]``: how reports are judged."""

    profile: Path | None = Field(
        None,
        description="规则配置文件，见 nianshao rules --write-profile；不写则按规则本身 / rule profile, "
        "a TOML file; default: as the rules declare",
    )


class CrawlerSettings(Part):
    """``[crawler]``: politeness and limits."""

    user_agent: str = Field(
        "Nianshao/1.0",
        min_length=1,
        description="向网站表明的身份，请写联系方式 / name shown to the sites, with a contact",
    )
    obey_robots: YesOrNo = Field(True, description="遵守 robots.txt / obey robots.txt")
    delay_seconds: Number = Field(
        1.0,
        ge=0,
        le=600,
        description="同一主机两次请求的间隔（秒） / pause between requests to a host, seconds",
    )
    concurrent_requests: Whole = Field(
        32, ge=1, le=1024, description="同时进行的请求数 / requests under way at once"
    )
    max_bytes: Whole = Field(
        33554432,
        ge=1024,
        description="单个响应的大小上限（字节） / largest answer that is read, bytes",
    )
    timeout_seconds: Number = Field(
        30.0,
        gt=0,
        le=600,
        description="单个响应的等待上限（秒） / longest wait for one answer, seconds",
    )
    hours: Hours | None = Field(
        None,
        description="按计划的访问只在这些时段进行，如 07:00-23:00 / scheduled visits keep to these hours",
    )
    backfill_per_visit: Whole = Field(
        20,
        ge=0,
        le=1000,
        description="每次访问补读几份往年报告 / reports of past years that one visit reads anew",
    )
    sweep_connections: Whole = Field(
        2_000,
        ge=1,
        le=60_000,
        description="同时查看有无变化的主机数 / hosts asked side by side whether anything has changed",
    )
    refetch_days: Number = Field(
        7.0,
        gt=0,
        le=90,
        description="最多相信“未变”几天，到期重新全部读取 / "
        "days for which “unchanged” is believed before all is read again",
    )
    visit_seconds: Number = Field(
        1800.0,
        gt=0,
        le=86400,
        description="单个栏目一次访问的用时上限（秒），其余下一轮继续 / longest visit to one column, "
        "seconds; the next pass goes on",
    )
    stall_seconds: Number = Field(
        900.0,
        ge=120,
        le=86400,
        description="采集进程多久没有动静即结束（秒） / a crawl that is silent for so long is ended, seconds",
    )
    shrunken_looks: Whole = Field(
        4,
        ge=2,
        le=100,
        description="列表变短后，几次查看一致才按新的常态处理 / looks that must agree before a shorter list "
        "is the usual one",
    )
    shrunken_days: Whole = Field(
        7,
        ge=1,
        le=365,
        description="并且这些查看须跨越几天；没有发完的年报也等这么久 / and the days that these looks must "
        "span; a report that breaks off waits as long",
    )


class ChannelSettings(Part):
    """``[[channels]]``: who is told what. ``url`` is a secret and is never shown."""

    name: str = Field(
        min_length=1, description="显示用的名称，代替地址 / name shown instead of the address"
    )
    url: SecretStr = Field(
        description="Apprise 地址，请取自环境变量 / Apprise address; take it from the environment"
    )
    kinds: tuple[EventKinds, ...] = Field(
        ("*",), description="事件类型，可用 * / event kinds, with * as wildcard"
    )
    min_severity: Severity | None = Field(
        None, description="findings.raised 的最低级别 / least severity of findings.raised told"
    )
    regions: tuple[str, ...] = Field(
        ("*",), description="区划代码，可用 * / division codes, with * as wildcard"
    )
    language: Literal["zh", "en"] | None = Field(
        None, description="语言，默认同 language / language; default: as language"
    )
    digest: TimeOfDay | None = Field(
        None, description="每天这个时间合并发送 / one message a day at this time"
    )
    quiet_hours: Hours | None = Field(
        None, description="这些时段不发送 / no messages in these hours"
    )
    repeat_days: Whole | None = Field(
        None,
        ge=1,
        le=365,
        description="未解决事项每隔几天再提醒 / remind of open items after so many days",
    )


class ArchiveSettings(Part):
    """``[archive]``: how long evidence is kept."""

    keep_years: Whole | None = Field(
        None,
        ge=1,
        le=100,
        description="原始字节保留几年，由 nianshao db prune 执行；不写则全部保留 / years for which bytes are "
        "kept, applied by nianshao db prune; default: all of them",
    )


class Settings(Part):
    """The whole of ``config.toml``."""

    language: Literal["zh", "en"] = Field(
        "zh", description="消息语言 / language of messages: zh or en"
    )
    timezone: Zone = Field(
        "Asia/Shanghai", description="合并发送和静默时段的时区 / zone of digests and quiet hours"
    )
    data_dir: Path = Field(
        Path("data"), description="数据库、归档和锁 / database, archive and locks"
    )
    agencies_file: Path | None = Field(
        None,
        description="单位名录 CSV 或 XLSX，列同 [[agencies]] / CSV or XLSX with the columns of [[agencies]]",
    )
    sites_file: Path | None = Field(
        None,
        description="网站名录 CSV 或 XLSX，一行一个栏目 / CSV or XLSX of sites, one row a column",
    )
    database: DatabaseSettings = DatabaseSettings()
    web: WebSettings = WebSettings()
    season: SeasonSettings = SeasonSettings()
    deadlines: DeadlineSettings = DeadlineSettings()
    proof: ProofSettings = ProofSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    rules: RulesSettings = RulesSettings()
    crawler: CrawlerSettings = CrawlerSettings()
    archive: ArchiveSettings = ArchiveSettings()
    sites: tuple[SiteSettings, ...] = Field(
        (), description="被观察的网站 / the sites that are watched"
    )
    agencies: tuple[AgencySettings, ...] = Field(
        (), description="应发布的单位 / the bodies that must report"
    )
    channels: tuple[ChannelSettings, ...] = Field((), description="告知谁什么 / who is told what")

    @property
    def zone(self) -> ZoneInfo:
        """Return the configured zone."""
        return ZoneInfo(self.timezone)

    @property
    def names_continued(self) -> Mapping[str, tuple[str, ...]]:
        """Return agency key → the names of the bodies that were folded into it."""
        return names_continued(
            [
                Body(agency.key, (agency.name, *agency.former_names), agency.successor)
                for agency in self.agencies
            ]
        )
