"""W rules on where a report stands: its host, and how the address that the column lists opens. Pure."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import timedelta

from reports.cells import Label
from reports.findings import Severity
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import quoted
from reports.rules.gaps import NO_LISTING, NO_PAGE
from reports.rules.subject import NotTold, Subject
from reports.status_words import china_time
from reports.surroundings import Listing
from reports.visits import WORDS, Outcome
from reports.words import Words

_OBLIGATION = Reach(needs_report=False)
_HOST = re.compile(
    r"[a-z][a-z0-9+.-]{0,20}://(?:[^/@\s]{1,200}@)?(?P<host>\[[^\]]{1,60}\]|[^/:?#\s]{1,250})", re.I
)
_HOUR = timedelta(hours=1)


def listing_of(subject: Subject) -> Listing:
    """Return how the column lists the report. Raises NotTold when nobody told."""
    if subject.case.listing is None:
        raise NotTold(NO_LISTING)
    return subject.case.listing


@rule(
    code="W05",
    severity=Severity.WARNING,
    basis=Words(
        "国办发〔2017〕47号《政府网站发展指引》（域名规范）",
        "国办发〔2017〕47号 on government sites (their host names)",
    ),
    statement=Words(
        "报告位于登记的发布网站；其他网站上的副本不作为依据。",
        "The report stands on a registered site; copies elsewhere are no evidence.",
    ),
    clears=Words(
        "核对该网站；确属官方发布网站的，请补入登记表。",
        "The site is checked and, if it is an official one, added to the register.",
    ),
    innocent=Words(
        "少数单位的网站没有 gov.cn 域名或只有 IP 地址，登记后即不算；有无 www 不论。",
        "Some bodies have no gov.cn name or only a numeric address: the register allows them; www is no "
        "difference.",
    ),
    reach=_OBLIGATION,
)
def registered_host(subject: Subject, _scope: Label) -> Breach | None:
    """Look for the host of the page among those of the register."""
    listing, page = listing_of(subject), subject.case.page
    if page is None:
        raise NotTold(NO_PAGE)
    host = host_of(page.source.url or "")
    if not host or not listing.hosts or host in {_plain(name) for name in listing.hosts}:
        return None
    shown, allowed = quoted(host), quoted("、".join(listing.hosts))
    return Breach(
        cells=(),
        expected=allowed,
        actual=shown,
        message=Words(
            f"报告位于 {shown}，不在登记的发布网站（{allowed}）之列。"
            "请核对是否为官方网站；如是，请补入登记表。",
            f"The report stands on {shown}, which is none of the registered sites ({allowed}). Please "
            "check that it is official and, if so, add it to the register.",
        ),
    )


def host_of(url: str) -> str:
    """Return the host of an address in small letters without www, "" when it names none."""
    found = _HOST.match(url[:2_000])
    return _plain(found["host"]) if found else ""


def _plain(host: str) -> str:
    return host.casefold().rstrip(".").removeprefix("www.")


_UNANSWERED = frozenset({Outcome.NOT_FOUND, Outcome.REDIRECTED_HOME})
_BASIS = Words(
    "《政府信息公开条例》第二十四条（便于检索、查阅、下载）",
    "Regulation on Disclosure, art. 24 (easy to find, read and download)",
)


@rule(
    code="W07",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words("栏目列出的报告可以打开。", "The report that the column lists can be opened."),
    clears=Words("修复链接或恢复页面。", "The link or the page is mended."),
    innocent=Words(
        "刚刚发布尚未同步的、网站或栏目本身打不开的，不算；几小时后再次查看。",
        "A page just published, and a site or column that is down, do not count; it is tried again hours "
        "later.",
    ),
    reach=_OBLIGATION,
    limits={"hours": "6"},
)
def listed_but_not_there(subject: Subject, _scope: Label) -> Breach | None:
    """Judge by the named end of the fetches of the listed address."""
    return _does_not_open(subject, _UNANSWERED)


@rule(
    code="W08",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "栏目列出的报告打开后不是“内容不存在”一类的提示页。",
        "The listed report does not open as a page that says its content is gone.",
    ),
    clears=Words(
        "恢复页面内容，或从栏目中更正链接。", "The content is restored or the link corrected."
    ),
    innocent=Words(
        "短时出错、网站或栏目本身打不开的，不算；正文中提到“不存在”“已删除”的报告不算。",
        "A short failure and a site or column that is down do not count, nor a report that uses such words.",
    ),
    reach=_OBLIGATION,
    limits={"hours": "6"},
)
def listed_but_said_gone(subject: Subject, _scope: Label) -> Breach | None:
    """Judge by the named end of the fetches of the listed address."""
    return _does_not_open(subject, frozenset({Outcome.SOFT_404}))


def _does_not_open(subject: Subject, ends: AbstractSet[Outcome]) -> Breach | None:
    listing = listing_of(subject)
    opening = listing.opening
    if opening is None or opening.end not in ends:
        return None
    lasted = opening.tried_at - opening.since
    if lasted < int(subject.limits["hours"]) * _HOUR:
        return None
    why, title, hours = WORDS[opening.end], quoted(listing.title), lasted // _HOUR
    since = china_time(opening.since)
    return Breach(
        cells=(),
        expected=None,
        actual=quoted(listing.url),
        message=Words(
            f"栏目列出“{title}”，但自 {since} 起 {hours} 小时未能打开，最近一次的结果为：{why.zh}"
            f"（{quoted(listing.url)}）。请修复链接或页面。",
            f"The column lists “{title}”, which could not be opened for {hours} hours since {since}; the "
            f"last time: {why.en} ({quoted(listing.url)}). Please mend the link or the page.",
        ),
    )
