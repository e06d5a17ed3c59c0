from __future__ import annotations

import io
import json
import logging
import socket
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from alerts.channels import Channel
from alerts.messages import Message, Outcome
from alerts.outbox import DeliveryCounts
from alerts.sender import Sender, complaint
from reports.findings import Severity
from tests.alerts.builders import NOON, Desk, channel

pytestmark = pytest.mark.service

SECRET = "s3cret-token"
MESSAGE = Message("【年哨】科技园街道：未见报告", "第一行\n<b>&\n编号", "k1", Severity.ERROR)


class Letters:
    """Keeps what an SMTP server is given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusal: str | None = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refusal:
            return self.refusal
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.letters.append(parsed)
        return "250 OK"


@pytest.fixture
def letters() -> Iterator[tuple[Letters, Channel]]:
    kept = Letters()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    address = f"127.0.0.1:{server.port}?mode=insecure&from=watch@example.org&to=office@example.org"
    yield kept, channel(url=f"mailto://{address}")
    server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hook(sink: HTTPServer, **given: Any) -> Channel:
    url = f"json://{sink.host}:{sink.port}/{SECRET}?token={SECRET}"
    return channel(url=url, **given)


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1") as running:
        yield running


@pytest.fixture
def sink(server: HTTPServer) -> HTTPServer:
    server.clear()
    return server


def test_webhook_receives_the_message_with_its_key(sink: HTTPServer) -> None:
    sink.expect_request(f"/{SECRET}", method="POST").respond_with_json({})
    assert Sender()(hook(sink), MESSAGE).outcome is Outcome.SENT
    ((request, _),) = sink.log
    payload = json.loads(request.data)
    assert payload["title"] == MESSAGE.title
    assert payload["message"] == MESSAGE.body
    assert payload["type"] == "failure"
    assert payload["idempotency_key"] == "k1"
    assert request.headers["Idempotency-Key"] == "k1"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (500, Outcome.TEMPORARY),
        (429, Outcome.TEMPORARY),
        (404, Outcome.TEMPORARY),
        (410, Outcome.PERMANENT),
        (413, Outcome.PERMANENT),
    ],
)
def test_refusal_of_a_webhook_is_named_by_its_code_alone(
    sink: HTTPServer, status: int, outcome: Outcome
) -> None:
    sink.expect_request(f"/{SECRET}").respond_with_data(SECRET, status=status)
    result = Sender()(hook(sink), MESSAGE)
    assert result.outcome is outcome
    assert result.reason is not None
    assert result.reason.both() == f"对方应答 HTTP {status}。 / Answered with HTTP {status}."


def test_refusal_stays_a_refusal_although_the_address_calls_itself_optional(
    sink: HTTPServer,
) -> None:
    sink.expect_request("/x").respond_with_data("", status=500)
    optional = channel(url=f"json://{sink.host}:{sink.port}/x?optional=yes")
    assert Sender()(optional, MESSAGE).outcome is Outcome.TEMPORARY


def test_webhook_that_does_not_answer_leaves_it_unknown(sink: HTTPServer) -> None:
    answer = threading.Event()

    def wait(_request: Request) -> Response:
        answer.wait(5)
        return Response("")

    sink.expect_request(f"/{SECRET}").respond_with_handler(wait)
    result = Sender(service_seconds=0.2)(hook(sink), MESSAGE)
    answer.set()
    assert result.outcome is Outcome.UNKNOWN


def test_channel_that_cannot_be_reached_is_tried_again_and_then_succeeds() -> None:
    port, desk = free_port(), Desk()
    channels = [channel(url=f"json://127.0.0.1:{port}/{SECRET}")]
    desk.happen("report.missing", channels=channels)
    assert desk.deliver(channels, send=Sender()) == DeliveryCounts(failed=1)
    (row,) = desk.rows()
    assert row.last_error == (
        "无法连接对方，或连接中断。 / The other side cannot be reached, or the connection broke."
    )
    assert row.next_attempt_at is not None
    with HTTPServer(host="127.0.0.1", port=port) as server:
        server.expect_request(f"/{SECRET}").respond_with_json({})
        assert desk.deliver(channels, row.next_attempt_at, Sender()) == DeliveryCounts(sent=1)
        payload = json.loads(server.log[0][0].data)
    assert payload["message"].endswith(f"Ref: {payload['idempotency_key']}")


def test_mail_arrives_in_chinese_as_text_and_as_html(letters: tuple[Letters, Channel]) -> None:
    kept, office = letters
    assert Sender()(office, MESSAGE).outcome is Outcome.SENT
    (letter,) = kept.letters
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert letter["Subject"] == MESSAGE.title
    assert letter["Idempotency-Key"] == "k1"
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == MESSAGE.body.splitlines()
    assert "&lt;b&gt;&amp;" in html.get_content()


def test_many_mails_go_out_without_a_pause(letters: tuple[Letters, Channel]) -> None:
    kept, office = letters
    desk = Desk()
    desk.happen("report.missing", "report.published", "site.down", channels=[office])
    assert desk.deliver([office], NOON, Sender()) == DeliveryCounts(sent=3)
    assert [letter["Subject"].rpartition("：")[2] for letter in kept.letters] == [
        "期限已过，未见报告",
        "报告已发布",
        "网站无法访问",
    ]


def test_mail_that_is_refused_is_tried_again(letters: tuple[Letters, Channel]) -> None:
    kept, office = letters
    kept.refusal = f"554 no {SECRET}"
    result = Sender()(office, MESSAGE)
    assert result.outcome is Outcome.TEMPORARY
    assert result.reason is not None
    assert SECRET not in result.reason.both()


@pytest.mark.parametrize("url", [f"nosuch://{SECRET}", SECRET, "", "json://", "mailto://"])
def test_address_that_nothing_understands_is_refused_by_the_name_of_its_channel(url: str) -> None:
    odd = channel("办公室", url=url)
    result = Sender()(odd, MESSAGE)
    assert result.outcome is Outcome.PERMANENT
    assert result.reason == complaint(odd)
    assert result.reason is not None
    assert "办公室" in result.reason.zh
    assert SECRET not in result.reason.both()


def test_good_addresses_raise_no_complaint() -> None:
    for url in ("console://", "json://127.0.0.1:9/x", "mailto://u:p@example.org"):
        assert complaint(channel(url=url)) is None


def test_console_shows_the_message_and_replaces_what_it_cannot_show() -> None:
    raw = io.BytesIO()
    narrow = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    result = Sender(console=narrow)(channel(url="console://"), Message("标题", "body", "k1"))
    assert result.outcome is Outcome.SENT
    assert raw.getvalue() == b"??\nbody\n\n"


def test_console_that_is_closed_is_tried_again() -> None:
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    result = Sender(console=closed)(channel(url="console://"), MESSAGE)
    assert result.outcome is Outcome.TEMPORARY


def test_no_log_ever_holds_the_address_of_a_channel(
    sink: HTTPServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    sink.expect_request(f"/{SECRET}").respond_with_data(SECRET, status=500)
    for url in (hook(sink).url, f"json://127.0.0.1:9/{SECRET}", f"nosuch://{SECRET}"):
        Sender()(channel(url=url), MESSAGE)
    shown = capfd.readouterr()
    ours = [record for record in caplog.records if record.name != "werkzeug"]
    assert SECRET not in "".join(record.getMessage() for record in ours)
    assert SECRET not in shown.out
    assert all(SECRET not in line for line in shown.err.splitlines() if "HTTP/1.1" not in line)
