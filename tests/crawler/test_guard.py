from __future__ import annotations

import pytest

from crawler.guard import Place, Refusal, guard_for, is_public, is_within, place_of
from crawler.plan import SitePlan

GUARD = guard_for(
    (
        SitePlan("open", "", "http://www.example.gov.cn/qu/", False, ()),
        SitePlan("port", "", "http://port.example.gov.cn:8080/", False, ()),
        SitePlan("inner", "", "http://10.1.2.3:8090", True, ()),
        SitePlan("literal", "", "http://127.0.0.2/", False, ()),
    )
)


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://www.example.gov.cn/a.html", None),
        ("HTTP://WWW.EXAMPLE.GOV.CN./a.html", None),
        ("https://www.example.gov.cn/a.html", None),
        ("http://www.example.gov.cn:8000/a.html", Refusal.FOREIGN),
        ("https://port.example.gov.cn/a.html", Refusal.FOREIGN),
        ("http://example.gov.cn/", None),
        ("http://bbs.example.gov.cn/", Refusal.FOREIGN),
        ("http://www.example.gov.cn.evil.example/", Refusal.FOREIGN),
        ("http://www.example.gov.cn@evil.example/", Refusal.FOREIGN),
        ("http://10.1.2.3:8090/x", None),
        ("http://10.1.2.3:22/x", Refusal.FOREIGN),
        ("http://127.0.0.2/x", Refusal.PRIVATE),
        ("http://2130706434/x", Refusal.FOREIGN),
        ("http://[::ffff:127.0.0.2]/x", Refusal.FOREIGN),
        ("ftp://www.example.gov.cn/a", Refusal.SCHEME),
        ("file:///etc/hostname", Refusal.SCHEME),
        ("http://www.example.gov.cn:99999/", Refusal.SCHEME),
        ("http:///nothing", Refusal.SCHEME),
    ],
)
def test_only_configured_places_pass(url: str, refusal: Refusal | None) -> None:
    assert GUARD.refusal(url) is refusal


@pytest.mark.parametrize(
    ("place", "address", "refusal"),
    [
        (Place("www.example.gov.cn", 80), "114.114.114.114", None),
        (Place("www.example.gov.cn", 80), "192.168.0.1", Refusal.PRIVATE),
        (Place("www.example.gov.cn", 80), "127.0.0.1", Refusal.PRIVATE),
        (Place("10.1.2.3", 8090), "10.1.2.3", None),
        (Place("10.1.2.3", 8091), "10.1.2.3", Refusal.PRIVATE),
    ],
)
def test_name_that_leads_into_a_private_network_is_refused(
    place: Place, address: str, refusal: Refusal | None
) -> None:
    assert GUARD.network_refusal(place, address) is refusal


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.1.1",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "not an address",
        "",
    ],
)
def test_private_special_and_unreadable_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_place_has_the_usual_port_of_its_scheme() -> None:
    assert place_of("https://A.example/") == Place("a.example", 443)
    assert place_of("gopher://a.example/") is None


@pytest.mark.parametrize(
    ("url", "within"),
    [
        ("https://www.example.gov.cn/a", True),
        ("http://example.gov.cn/a", True),
        ("http://nb.example.gov.cn/", True),
        ("http://www.nb.example.gov.cn/", True),
        ("http://data.example.gov.cn:8080/", True),
        ("http://data.example.gov.cn/", False),
        ("http://bbs.example.gov.cn/", False),
        ("http://gov.cn/", False),
        ("javascript:void(0)", False),
    ],
)
def test_site_spans_its_hosts_and_their_twins_and_no_more(url: str, within: bool) -> None:
    hosts = ("nb.example.gov.cn", "data.example.gov.cn:8080")
    site = SitePlan("s", "", "http://www.example.gov.cn/", False, (), hosts)
    assert is_within(site, url) is within
    assert (guard_for((site,)).refusal(url) is None) is within
