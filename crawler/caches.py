"""Old copies: how an answer is asked for past the caches before it, and how old it says it is. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.fetched import Fetched

_LONGEST_AGE = 10 * 365 * 24 * 3600


def past_caches(url: str, at: datetime) -> str:
    """Return the address with a harmless parameter that no cache has seen: the instant of the look."""
    return f"{url}{'&' if '?' in url else '?'}{_mark(at)}"


def plain_address(url: str, busted: str) -> str:
    """Return an address without the parameter that ``past_caches`` gave to ``busted``."""
    mark = busted[max(busted.rfind("?"), busted.rfind("&")) + 1 :]
    for found in (f"{mark}&", f"&{mark}", f"?{mark}"):
        url = url.replace(found, "")
    return url


def cached_for(page: Fetched | None) -> timedelta | None:
    """Return how long the answer lay in caches by its own Age header, None when it does not say."""
    age = (page.header("age") or "").strip() if page else ""
    if not (age.isascii() and age.isdigit() and len(age) <= 12):
        return None
    return timedelta(seconds=min(int(age), _LONGEST_AGE))


def _mark(at: datetime) -> str:
    return f"_={int(at.timestamp())}"
