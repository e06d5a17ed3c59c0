"""Resolves host names for the sweep, and refuses those that lead into private networks."""

from __future__ import annotations

import asyncio
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from crawler.guard import Place, is_public, place_of
from crawler.lane.wire import Wire

LOOKUPS_AT_ONCE = 64


class NameRefused(OSError):
    """Every network address of the host is refused, or there is none."""


class Connector:
    """Finds the network addresses of hosts, and opens connections to them."""

    def __init__(self, lookups: int = LOOKUPS_AT_ONCE) -> None:
        self._threads = ThreadPoolExecutor(lookups, thread_name_prefix="lookup")

    def door(self, origin: str, *, allow_private: bool) -> Door:
        """Return the way to one host."""
        return Door(self, origin, place_of(origin), allow_private)

    def close(self) -> None:
        """Let the look-ups end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return the network addresses of a host. Raises OSError."""
        loop = asyncio.get_running_loop()
        written = host.strip("[]")
        for family in (socket.AF_INET, socket.AF_INET6):
            try:
                socket.inet_pton(family, written)
            except OSError:
                continue
            return [written]
        found = await loop.run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return [str(entry[4][0]) for entry in found]

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """Load the certificates that are trusted, once and only if they are needed."""
        return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Door:
    """The way to one host: the address that was judged is the address that is called."""

    connector: Connector
    origin: str
    place: Place | None
    allow_private: bool

    async def find(self) -> str:
        """Return the network address to call. Raises OSError, also where none is permitted."""
        place = self.place
        if place is None:
            raise NameRefused(self.origin)
        for address in await self.connector.addresses(place.host, place.port):
            if self.allow_private or is_public(address):
                return address
        raise NameRefused(self.origin)

    async def open(self, address: str, wire: Wire) -> None:
        """Open a connection to an address that was found. Raises OSError."""
        place = self.place
        assert place is not None  # or it had not been found
        is_tls = self.origin.startswith("https:")
        await asyncio.get_running_loop().create_connection(
            lambda: wire,
            address,
            place.port,
            ssl=self.connector.tls if is_tls else None,
            server_hostname=place.host if is_tls else None,
        )
