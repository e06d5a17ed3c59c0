"""Which addresses may be visited: configured hosts only, public networks unless permitted. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Set
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

from crawler.plan import SitePlan

_DEFAULT_PORTS = {"http": 80, "https": 443}
_WWW = "www."


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
        return self.is_one_of({other})

    def is_one_of(self, known: Set[Place]) -> bool:
        """Say whether one of these places is the same site as this one."""
        usual = set(_DEFAULT_PORTS.values())
        ports = usual if self.port in usual else {self.port}
        return any(Place(self.host, port) in known for port in ports)


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


def places_of(site: SitePlan) -> frozenset[Place]:
    """Return every place that belongs to a site: its own, its hosts, and the twins with or without www."""
    own = place_of(site.base_url)
    if own is None:
        return frozenset()
    named = (place_of(f"{urlsplit(site.base_url).scheme}://{host}/") for host in site.hosts)
    places = {own, *(place for place in named if place)}
    return frozenset(places | {twin for place in places if (twin := _twin(place))})


def is_within(site: SitePlan, url: str) -> bool:
    """Say whether an address stands at one of the places of a site."""
    place = place_of(url)
    return place is not None and place.is_one_of(places_of(site))


def _twin(place: Place) -> Place | None:
    """Return the same name with or without www, where both are commonly one server's."""
    if place.host.startswith(_WWW):
        bare = place.host.removeprefix(_WWW)
        return Place(bare, place.port) if "." in bare else None
    is_name = _literal(place.host) is None and "." in place.host
    return Place(_WWW + place.host, place.port) if is_name else None


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
        if not place.is_one_of(self.places):
            return Refusal.FOREIGN
        written = _literal(place.host)
        return self.network_refusal(place, written) if written else None

    def network_refusal(self, place: Place, address: str) -> Refusal | None:
        """Judge the network address to which a host name leads."""
        if place.is_one_of(self.private):
            return None
        return None if is_public(address) else Refusal.PRIVATE


def guard_for(sites: Iterable[SitePlan]) -> Guard:
    """Return the guard that lets the sites of a plan through, and nothing else."""
    places = [(site.allow_private, places_of(site)) for site in sites]
    return Guard(
        frozenset(place for _, known in places for place in known),
        frozenset(place for is_private, known in places if is_private for place in known),
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
