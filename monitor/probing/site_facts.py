"""What a page and its host say of themselves: names, code, encoding, robots rules. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from crawler.families.html import parse
from crawler.robots import LONGEST_DELAY_SECONDS
from crawler.trace import Asked
from reports.words import Words

_LONGEST_NAME = 60
_ID_CODE = re.compile(r"\d{10}")
_TITLE_PARTS = re.compile(r"[_|]|\s[-—–]+\s|[-—–]+(?=[^-—–]*$)")
_PUBLIC = frozenset({"www", "gov", "com", "org", "net", "edu", "cn", "zwgk", "xxgk"})


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page's head says: the site's name and identification code, the column's name; "" each if not."""

    site_name: str = ""
    id_code: str = ""
    column_name: str = ""
    title: str = ""


def page_facts(text: str) -> PageFacts:
    """Read the head of a page."""
    root = parse(text) if "<" in text else None
    if root is None:
        return PageFacts()
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name, content = (meta.get("name") or "").strip().casefold(), meta.get("content") or ""
        metas.setdefault(name, " ".join(content.split())[:_LONGEST_NAME])
    code = _ID_CODE.fullmatch(metas.get("siteidcode", ""))
    title = " ".join((root.findtext(".//title") or "")[:500].split())
    return PageFacts(
        site_name=metas.get("sitename", ""),
        id_code=code.group() if code else "",
        column_name=metas.get("columnname", ""),
        title=title,
    )


def site_name(facts: Sequence[PageFacts], url: str) -> str:
    """Return the site's name: as its pages declare it, else the end of a title, else its host."""
    declared = next((fact.site_name for fact in facts if fact.site_name), "")
    titled = (part for fact in facts for part in _TITLE_PARTS.split(fact.title)[1:][-1:])
    host = urlsplit(url).netloc
    return declared or next((part.strip() for part in titled if part.strip()), "") or host


def site_key(url: str, taken: Sequence[str] = ()) -> str:
    """Return a short name for the site of an address that no other site has."""
    host = (urlsplit(url).hostname or "site").rstrip(".")
    parts = [host] if _is_number(host) else [p for p in host.split(".") if p not in _PUBLIC]
    key = (
        re.sub(r"[^a-z0-9-]+", "-", "-".join(parts or [host]).casefold()).strip("-")[:40] or "site"
    )
    free = (f"{key}-{number}" if number > 1 else key for number in range(1, len(taken) + 2))
    return next(name for name in free if name not in taken)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def host_findings(asked: Sequence[Asked], robots: Asked | None, user_agent: str) -> Iterator[Words]:
    """Yield what the host says of robots and pauses, and over which scheme it answers."""
    if robots is not None:
        yield _robots(robots, user_agent)
    answered = [one for one in asked if one.status is not None and one.robots is None]
    schemes = list(dict.fromkeys(urlsplit(one.url).scheme for one in answered))
    if schemes == ["http"]:
        yield Words(
            "以 http 读取，未跳转到 https", "read over http; the site did not lead to https"
        )
    elif schemes == ["https"]:
        yield Words("以 https 读取，证书有效", "read over https with a valid certificate")
    elif schemes:
        way = " → ".join(schemes)
        yield Words(f"跳转：{way}", f"redirected: {way}")
    slowest = max((one.milliseconds or 0 for one in answered), default=0)
    if slowest:
        yield Words(f"最慢的应答 {slowest} 毫秒", f"slowest answer {slowest} ms")


def delay_asked(robots: Asked | None, user_agent: str) -> float:
    """Return the pause in seconds that the host asks for between two requests, 0 when it does not."""
    if robots is None or robots.status is None or not 200 <= robots.status < 300:
        return 0.0
    asked = float(Protego.parse(robots.robots or "").crawl_delay(user_agent) or 0.0)
    return asked if 0 < asked <= LONGEST_DELAY_SECONDS else LONGEST_DELAY_SECONDS * (asked > 0)


def _robots(robots: Asked, user_agent: str) -> Words:
    if robots.status is None or robots.status >= 500:
        said = robots.failure or f"HTTP {robots.status}"
        return Words(f"robots.txt 无法读取（{said}）", f"robots.txt cannot be read ({said})")
    if robots.status >= 300:
        return Words(
            f"没有 robots.txt（HTTP {robots.status}）", f"no robots.txt (HTTP {robots.status})"
        )
    delay = delay_asked(robots, user_agent)
    if not delay:
        return Words("robots.txt 已遵守，未要求间隔", "robots.txt obeyed; it asks for no pause")
    return Words(
        f"robots.txt 已遵守，要求间隔 {delay:g} 秒", f"robots.txt obeyed; it asks for {delay:g} s"
    )
