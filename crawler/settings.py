"""Scrapy's settings for one plan: polite, bounded, and with no doors left open."""

from __future__ import annotations

from typing import Any

from crawler.guard import places_of
from crawler.headers import ACCEPTED
from crawler.plan import CrawlPlan
from crawler.trace import TRACE_FILE

PRIVATE_HOSTS = "PRIVATE_HOSTS"

# Broken connections are tried once more. A server that answers badly, or slowly, is not pressed.
_RETRIED = [
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
    "twisted.internet.error.ConnectError",
    "twisted.internet.error.ConnectionLost",
    "twisted.internet.error.ConnectionDone",
]


# They would be loaded although they are switched off: the remote control brings a whole web server.
_NOT_NEEDED = (
    "scrapy.extensions.closespider.CloseSpider",
    "scrapy.extensions.feedexport.FeedExporter",
    "scrapy.extensions.logstats.LogStats",
    "scrapy.extensions.memdebug.MemoryDebugger",
    "scrapy.extensions.memusage.MemoryUsage",
    "scrapy.extensions.remote_control.RemoteControl",
    "scrapy.extensions.spiderstate.SpiderState",
    "scrapy.extensions.telnet.TelnetConsole",
    "scrapy.extensions.throttle.AutoThrottle",
)


def scrapy_settings(plan: CrawlPlan) -> dict[str, Any]:
    """Return the settings of one crawl."""
    return {**_limits(plan), **_doors(plan), **_middlewares(plan)}


def _limits(plan: CrawlPlan) -> dict[str, Any]:
    limits = plan.settings
    return {
        "USER_AGENT": limits.user_agent,
        # Hosts rest by our own gate, which counts from their answers on.
        "DOWNLOAD_DELAY": 0.0,
        "CONCURRENT_REQUESTS": limits.concurrent_requests,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_MAXSIZE": limits.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": limits.timeout_seconds,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [],
        "RETRY_EXCEPTIONS": _RETRIED,
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "DEFAULT_REQUEST_HEADERS": ACCEPTED,
    }


def _doors(plan: CrawlPlan) -> dict[str, Any]:
    private = (place for site in plan.sites if site.allow_private for place in places_of(site))
    return {
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        # A proxy would resolve names for us, behind the guard's back.
        "HTTPPROXY_ENABLED": False,
        # Followed by ourselves, one judged step at a time.
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {"file": None, "ftp": None, "s3": None, "data": None},
        "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
        PRIVATE_HOSTS: sorted({place.host for place in private}),
    }


def _middlewares(plan: CrawlPlan) -> dict[str, Any]:
    return {
        TRACE_FILE: plan.trace_file,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            # It takes a body that was cut short for a whole one.
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "crawler.inflating.Inflater": 590,
            "crawler.middlewares.AddressGate": 50,
            "crawler.middlewares.RobotsGate": 100,
            "crawler.middlewares.PaceGate": 150,
            "crawler.trace.Trace": 570 if plan.trace_file else None,
        },
        "EXTENSIONS": dict.fromkeys(_NOT_NEEDED),
    }
