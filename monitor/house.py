"""Opens what every command needs from the configuration: database, archive, season, channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from alerts.channels import Channel
from db.archive import Archive
from db.session import open_engine, writing
from db.upgrade import upgrade
from monitor.errors import Refusal
from monitor.profile_file import load_profile
from monitor.readings import BodyReader
from monitor.register import enrol
from monitor.seasons import Season
from monitor.settings import ChannelSettings, Settings
from monitor.site_settings import SiteSettings
from reports.words import Words
from sandbox.pool import Sandbox


@dataclass(frozen=True, slots=True)
class House:
    """One deployment, opened."""

    settings: Settings
    engine: Engine
    archive: Archive
    sandbox: Sandbox
    season: Season
    channels: tuple[Channel, ...]

    @property
    def reader(self) -> BodyReader:
        """Return what reads the archived bodies."""
        articles = articles_of(self.settings.sites)
        return BodyReader(self.engine, self.archive, self.sandbox, articles, self.season.profile)

    @property
    def public_url(self) -> str:
        """Return the address of the status page as messages show it, without a final slash."""
        web = self.settings.web
        return (web.public_url or f"http://{web.host}:{web.port}").rstrip("/")


def open_house(settings: Settings) -> House:
    """Create what is missing, bring the schema up to date, carry the register over.

    Raises Refusal when the rule profile, the data folder or the database cannot be used.
    """
    profile = load_profile(settings.rules.profile)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        engine = _engine(str(settings.database.url))
        upgrade(engine)
        with writing(engine) as session:
            enrol(session, settings)
    except (OSError, DBAPIError) as error:
        reason = getattr(error, "orig", None) or error
        raise Refusal(
            Words(
                f"无法使用数据目录 {settings.data_dir} 中的数据库：{reason}；请检查路径、权限和磁盘空间，"
                "巡查正在进行的请稍后再试。",
                f"The database in {settings.data_dir} cannot be used: {reason}; check the path, its "
                "permissions and the disk; if a pass is under way, try again later.",
            )
        ) from error
    return House(
        settings=settings,
        engine=engine,
        archive=Archive(settings.data_dir / "archive", engine),
        sandbox=Sandbox(),
        season=Season(
            settings.season.first_year,
            settings.deadlines.deadlines(),
            profile,
            settings.proof.thresholds(),
        ),
        channels=channels_of(settings),
    )


def articles_of(sites: Sequence[SiteSettings]) -> Mapping[str, str]:
    """Return host → where the pages of that host hold the article, for sites that say so."""
    return {
        urlsplit(urljoin(site.base_url, place)).netloc: site.article
        for site in sites
        if site.article is not None
        for place in ("", *(column.url for column in site.columns))
    }


def channels_of(settings: Settings) -> tuple[Channel, ...]:
    """Return the configured channels as the alerts need them."""
    return tuple(_channel(settings, channel) for channel in settings.channels)


def require_channels(channels: Sequence[Channel]) -> None:
    """Raise Refusal that names every channel whose address no service understands."""
    if not channels:
        return
    # Apprise takes a third of a second to load: only who sends waits for it.
    from alerts.sender import complaint

    complaints = [words for channel in channels if (words := complaint(channel))]
    if complaints:
        raise Refusal(*complaints)


def _engine(url: str) -> Engine:
    try:
        return open_engine(url)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        # The address may hold a password: neither it nor what others say of it is shown.
        lacking = getattr(error, "name", None)
        zh = f"缺少数据库驱动 {lacking}，请先安装" if lacking else "地址无法识别"
        en = f"the driver {lacking} is not installed" if lacking else "it is not understood"
        raise Refusal(
            Words(
                f"配置项 database.url 不可用：{zh}；写法例如 sqlite:///data/nianshao.db。",
                f"Key database.url cannot be used: {en}; write for example sqlite:///data/nianshao.db.",
            )
        ) from error


def _channel(settings: Settings, channel: ChannelSettings) -> Channel:
    return Channel(
        name=channel.name,
        url=channel.url.get_secret_value(),
        kinds=channel.kinds,
        min_severity=channel.min_severity,
        regions=channel.regions,
        language=channel.language or settings.language,
        digest=channel.digest,
        quiet_hours=channel.quiet_hours,
        repeat_days=channel.repeat_days,
    )
