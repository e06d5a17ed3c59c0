"""Resolves host names for the sweep, and refuses those that lead into private networks."""

from __future__ import annotations

import asyncio
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from urllib.parse import urlsplit

from crawler.guard import Place, is_public, place_of
from crawler.lane.wire import Wire

LOOKUPS_AT_ONCE = 64


class NameRefused(OSError):
    """Every network address of the host is refused, or there is none."""


class Connector:
    """Opens guarded connections: the address that was judged is the address that is called."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="lookup")

    async def connect(self, origin: str, allow_private: bool, wire: Wire) -> None:  # noqa: FBT001
        """Open a connection to the host of ``origin`` for the wire. Raises OSError."""
        loop = asyncio.get_running_loop()
        place = place_of(origin)
        if place is None:
            raise NameRefused(origin)
        is_tls = urlsplit(origin).scheme == "https"
        address = await self._permitted(place, allow_private=allow_private)
        await loop.create_connection(
            lambda: wire,
            address,
            place.port,
            ssl=self._tls if is_tls else None,
            server_hostname=place.host if is_tls else None,
        )

    def close(self) -> None:
        """Let the look-ups end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _permitted(self, place: Place, *, allow_private: bool) -> str:
        for address in await self._addresses(place.host, place.port):
            if allow_private or is_public(address):
                return address
        raise NameRefused(place.host)

    async def _addresses(self, host: str, port: int) -> list[str]:
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
    def _tls(self) -> ssl.SSLContext:
        """Load the certificates that are trusted, once and only if they are needed."""
        return ssl.create_default_context()
