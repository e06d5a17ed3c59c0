"""Resolves names for every connection, and refuses those that lead into private networks."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred

from crawler.guard import is_public
from crawler.settings import PRIVATE_HOSTS


class AddressRefused(IgnoreRequest):
    """The address is private, or belongs to no configured site; see ``allow_private``."""


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, which answers only with public addresses unless the host may be private."""

    private_hosts: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Build the resolver, with the hosts that may be private."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.private_hosts = frozenset(crawler.settings.getlist(PRIVATE_HOSTS))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """Resolve a name; fails with AddressRefused when the address is not permitted."""
        return super().getHostByName(name, timeout).addCallback(self._permitted, name)

    def _permitted(self, address: str, name: str) -> str:
        if name.rstrip(".").casefold() in self.private_hosts or is_public(address):
            return address
        raise AddressRefused(f"{name} -> {address}")
