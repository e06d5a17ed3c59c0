"""The scripted site keeps its promises to the tests that use it."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from http.client import HTTPException

import pytest

from tests.season_site import Fault, Gone, SeasonSite

TITLE = "甲县乙局2025年政府信息公开工作年度报告"


@pytest.fixture
def site() -> Iterator[SeasonSite]:
    with SeasonSite() as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = urllib.request.Request(
        url, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read(), dict(refused.headers)


def text(url: str) -> str:
    return get(url)[1].decode()


@pytest.fixture
def url(site: SeasonSite) -> str:
    return site.publish(
        "甲县乙局", 2025, date(2026, 1, 20), figures={"requests.new.natural_person": 3}
    )


def test_published_report_is_listed_with_its_date_among_decoys(site: SeasonSite, url: str) -> None:
    column = text(site.column_url)
    assert TITLE in column
    assert "<span>2026-01-20</span>" in column
    assert "政府网站工作年度报表" in column
    assert TITLE in text(url)
    assert "申请3件" in text(url)


def test_unchanged_page_answers_304_without_body(site: SeasonSite, url: str) -> None:
    _, _, headers = get(url)
    status, body, _ = get(url, If_None_Match=headers["ETag"])
    assert (status, body) == (304, b"")
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert [(hit.status, hit.conditional) for hit in site.hits_of(url)] == [
        (200, False),
        (304, True),
        (304, True),
    ]
    assert site.hits_of(url)[1].body_bytes == 0


def test_revision_changes_the_report_and_cosmetic_change_only_the_page(
    site: SeasonSite, url: str
) -> None:
    first = text(url)
    site.cosmetic_change(url)
    second = text(url)
    assert second != first
    assert second.replace("<span>17</span>", "<span>0</span>") == first
    site.revise(url, figures={"requests.new.natural_person": 4})
    assert "申请4件" in text(url)
    site.revise(url, note="补充说明一句。")
    assert "补充说明一句。" in text(url)


@pytest.mark.parametrize(
    ("how", "status"), [(Gone.NOT_FOUND, 404), (Gone.GONE, 410), (Gone.SOFT, 200), (Gone.HOME, 200)]
)
def test_withdrawn_report_is_gone_until_restored(
    site: SeasonSite, url: str, how: Gone, status: int
) -> None:
    site.withdraw(url, how)
    answered, body, _ = get(url)
    assert answered == status
    assert TITLE not in body.decode()
    assert TITLE not in text(site.column_url)
    site.restore(url)
    assert TITLE in text(url)
    assert TITLE in text(site.column_url)


def test_unlisted_report_stays_at_its_address(site: SeasonSite, url: str) -> None:
    site.unlist(url)
    assert TITLE not in text(site.column_url)
    assert TITLE in text(url)


def test_moved_report_leaves_its_old_address(site: SeasonSite, url: str) -> None:
    new = site.move(url, "/zfxxgk/202602/t20260201_77.html")
    assert get(url)[0] == 404
    assert TITLE in text(new)
    newer = site.move(new, "/zfxxgk/202602/t20260202_78.html", redirect=True)
    assert text(new) == text(newer)


def test_attachment_report_has_a_short_page_and_a_document(site: SeasonSite) -> None:
    url = site.publish("甲县丙局", 2025, date(2026, 1, 21), as_docx=True)
    assert "<table" not in text(url)
    assert f'href="{url.removeprefix(site.base_url)}.docx"' in text(url)
    assert get(f"{url}.docx")[1].startswith(b"PK")


def test_long_column_is_paged() -> None:
    with SeasonSite(page_size=2) as paged:
        paged.publish("甲县乙局", 2025, date(2025, 1, 1))
        assert TITLE not in text(paged.column_url)
        assert TITLE in text(f"{paged.column_url}index_1.html")
        assert get(f"{paged.column_url}index_2.html")[0] == 404


@pytest.mark.parametrize("status", [403, 412, 429, 500, 503, 521])
def test_host_fails_with_a_status_until_healed(site: SeasonSite, url: str, status: int) -> None:
    site.fail_with_status(status)
    assert get(url)[0] == status
    assert get(site.column_url)[0] == status
    site.heal()
    assert get(url)[0] == 200


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.RESET_MID_BODY])
def test_broken_connection_is_an_error_for_the_client(
    site: SeasonSite, url: str, fault: Fault
) -> None:
    site.fail(fault, url)
    with pytest.raises((OSError, HTTPException)):
        get(url)
    assert get(site.column_url)[0] == 200


def test_stopped_site_refuses_connections_and_keeps_its_port(site: SeasonSite, url: str) -> None:
    site.stop_listening()
    with pytest.raises(urllib.error.URLError, match="refused"):
        get(url)
    site.listen_again()
    assert get(url)[0] == 200


def test_redirects_loop_or_lead_home(site: SeasonSite, url: str) -> None:
    site.fail(Fault.REDIRECT_LOOP, url)
    assert get(url)[0] == 302
    site.fail(Fault.REDIRECT_HOME, url)
    assert "首页" in text(url)


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (Fault.SOFT_404, lambda body: "不存在" in body.decode()),
        (Fault.EMPTY, lambda body: body == b""),
        (Fault.GARBAGE, lambda body: len(body) == 20000),
    ],
)
def test_odd_bodies_come_with_status_200(site: SeasonSite, url: str, fault: Fault, check) -> None:
    site.fail(fault, url)
    status, body, _ = get(url)
    assert status == 200
    assert check(body)


@pytest.mark.parametrize("fault", [Fault.HUGE, Fault.HUGE_DECLARED, Fault.SLOW])
def test_endless_body_stops_when_the_client_hangs_up(
    site: SeasonSite, url: str, fault: Fault
) -> None:
    site.fail(fault, url)
    with socket.create_connection(("127.0.0.1", int(site.base_url.rsplit(":", 1)[1])), 5) as client:
        client.sendall(
            f"GET {url.removeprefix(site.base_url)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        )
        assert client.recv(64)
    assert site.streamed_bytes(url) < 20_000_000


def test_robots_can_forbid_a_part(site: SeasonSite) -> None:
    assert "Allow: /" in text(f"{site.base_url}/robots.txt")
    site.disallow("/zfxxgk/")
    assert "Disallow: /zfxxgk/" in text(f"{site.base_url}/robots.txt")


def test_site_without_validators_never_answers_304(site: SeasonSite, url: str) -> None:
    tag = get(url)[2]["ETag"]
    site.validators = False
    status, _, headers = get(url, If_None_Match=tag)
    assert status == 200
    assert "ETag" not in headers
