"""Which addresses may be visited: configured hosts only, public networks unless permitted. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

from crawler.plan import SitePlan

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Refusal(Enum):
    """Why an address is not visited."""

    SCHEME = auto()
    FOREIGN = auto()
    PRIVATE = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """A host and port, as one of the configured sites has it."""

    host: str
    port: int

    def is_same_site(self, other: Place) -> bool:
        """Say whether both are one site: the same port, or the usual ports of http and https."""
        usual = set(_DEFAULT_PORTS.values())
        ports = {self.port, other.port}
        return self.host == other.host and (len(ports) == 1 or ports <= usual)


def place_of(url: str) -> Place | None:
    """Return host and port of an http(s) address, None when it is anything else."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if not parts.hostname or port is None or parts.scheme not in _DEFAULT_PORTS:
        return None
    return Place(parts.hostname.rstrip(".").casefold(), port)


@dataclass(frozen=True, slots=True)
class Guard:
    """The places of the configured sites, and those of them that may be private."""

    places: frozenset[Place]
    private: frozenset[Place]

    def refusal(self, url: str) -> Refusal | None:
        """Judge an address as it is written; a host name is judged again once it is resolved."""
        place = place_of(url)
        if place is None:
            return Refusal.SCHEME
        if not any(place.is_same_site(known) for known in self.places):
            return Refusal.FOREIGN
        written = _literal(place.host)
        return self.network_refusal(place, written) if written else None

    def network_refusal(self, place: Place, address: str) -> Refusal | None:
        """Judge the network address to which a host name leads."""
        if any(place.is_same_site(known) for known in self.private):
            return None
        return None if is_public(address) else Refusal.PRIVATE


def guard_for(sites: Iterable[SitePlan]) -> Guard:
    """Return the guard that lets the sites of a plan through, and nothing else."""
    places = {site.key: place_of(site.base_url) for site in sites}
    return Guard(
        frozenset(place for place in places.values() if place),
        frozenset(place for site in sites if site.allow_private and (place := places[site.key])),
    )


def is_public(address: str) -> bool:
    """Say whether a network address belongs to the public internet."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner = getattr(known, "ipv4_mapped", None) or known
    return inner.is_global and not inner.is_multicast


def _literal(host: str) -> str | None:
    """Return the host when it is a network address in digits, None when it is a name."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return None
