from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from alerts.channels import Channel
from alerts.fitting import cut_note, fitted
from alerts.messages import Message, Outcome, SendResult
from alerts.outbox import DeliveryCounts
from alerts.robots import ENDPOINTS, KINDS
from alerts.sender import Sender, complaint
from tests.alerts.builders import NOON, Desk, channel

pytestmark = pytest.mark.service

TOKEN, SECRET = "t0kentoken", "SECs3cret"
PAGE = "http://127.0.0.1:8000/agencies/kejiyuan"
MESSAGE = Message("【年哨】科技园街道：未见报告", "第一行\n第二行", "k1", page=PAGE)
LONG = Message("【年哨】汇总", "甲乙丙丁😀\n" * 5000, "k1", page=PAGE)
URLS = {name: f"{name}://{TOKEN}" for name in KINDS}
CODE = {"dingtalk": "errcode", "feishu": "code", "lark": "code", "wecombot": "errcode"}


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1") as running:
        yield running


@pytest.fixture
def vendor(server: HTTPServer) -> HTTPServer:
    server.clear()
    return server


def send(vendor: HTTPServer, url: str, message: Message = MESSAGE, **given: Any) -> SendResult:
    return sender(vendor, **given)(channel(url=url), message)


def sender(vendor: HTTPServer, **given: Any) -> Sender:
    return Sender(endpoints={name: vendor.url_for(f"/{name}") for name in ENDPOINTS}, **given)


def answer(vendor: HTTPServer, name: str, body: Any, status: int = 200) -> None:
    path = f"/{name}/{TOKEN}" if name in ("feishu", "lark") else f"/{name}"
    text = body if isinstance(body, str) else json.dumps(body)
    vendor.expect_request(path, method="POST").respond_with_data(text, status=status)


def posted(vendor: HTTPServer) -> tuple[Request, Any]:
    ((request, _),) = vendor.log
    return request, json.loads(request.data)


def text_of(payload: Any) -> str:
    return str(payload["text"]["content"] if "text" in payload else payload["content"]["text"])


@pytest.mark.parametrize("name", KINDS)
def test_robot_that_says_yes_has_the_message(vendor: HTTPServer, name: str) -> None:
    answer(vendor, name, {CODE[name]: 0})
    assert send(vendor, URLS[name]) == SendResult(Outcome.SENT)
    _, payload = posted(vendor)
    assert text_of(payload) == f"{MESSAGE.title}\n{MESSAGE.body}"


def test_keys_go_where_each_vendor_looks_for_them(vendor: HTTPServer) -> None:
    answer(vendor, "dingtalk", {"errcode": 0})
    answer(vendor, "wecombot", {"errcode": 0})
    send(vendor, f"dingtalk://{TOKEN}/13800000000")
    send(vendor, f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={TOKEN}")
    (first, _), (second, _) = vendor.log
    assert dict(first.args) == {"access_token": TOKEN}
    assert json.loads(first.data)["at"] == {"atMobiles": ["13800000000"], "isAtAll": False}
    assert dict(second.args) == {"key": TOKEN}


@pytest.mark.parametrize(
    "url", [f"dingtalk://{SECRET}@{TOKEN}", f"dingtalk://{TOKEN}?secret={SECRET}"]
)
def test_dingtalk_is_signed_with_the_secret(vendor: HTTPServer, url: str) -> None:
    answer(vendor, "dingtalk", {"errcode": 0})
    assert send(vendor, url).outcome is Outcome.SENT
    args = posted(vendor)[0].args
    seal = hmac.new(SECRET.encode(), f"{args['timestamp']}\n{SECRET}".encode(), hashlib.sha256)
    assert len(args["timestamp"]) == 13
    assert args["sign"] == base64.b64encode(seal.digest()).decode()


@pytest.mark.parametrize("name", ["feishu", "lark"])
def test_feishu_is_signed_with_the_secret_of_the_query(vendor: HTTPServer, name: str) -> None:
    answer(vendor, name, {"code": 0})
    assert send(vendor, f"{URLS[name]}?secret={SECRET}").outcome is Outcome.SENT
    _, payload = posted(vendor)
    key = f"{payload['timestamp']}\n{SECRET}".encode()
    assert len(payload["timestamp"]) == 10
    assert payload["sign"] == base64.b64encode(hmac.digest(key, b"", "sha256")).decode()


@pytest.mark.parametrize(
    ("name", "code", "outcome"),
    [
        ("dingtalk", 130101, Outcome.TEMPORARY),
        ("dingtalk", 310000, Outcome.PERMANENT),
        ("dingtalk", 300001, Outcome.PERMANENT),
        ("dingtalk", -1, Outcome.TEMPORARY),
        ("feishu", 11232, Outcome.TEMPORARY),
        ("feishu", 19001, Outcome.PERMANENT),
        ("feishu", 19021, Outcome.PERMANENT),
        ("feishu", 19024, Outcome.PERMANENT),
        ("feishu", 9499, Outcome.TEMPORARY),
        ("lark", 19021, Outcome.PERMANENT),
        ("wecombot", 45009, Outcome.TEMPORARY),
        ("wecombot", 93000, Outcome.PERMANENT),
        ("wecombot", 40058, Outcome.PERMANENT),
        ("wecombot", 77777, Outcome.TEMPORARY),
    ],
)
def test_refusal_inside_a_success_is_a_refusal_with_its_code_alone(
    vendor: HTTPServer, name: str, code: int, outcome: Outcome
) -> None:
    answer(vendor, name, {CODE[name]: code, "errmsg": f"no {SECRET}", "msg": TOKEN})
    result = send(vendor, f"{URLS[name]}?secret={SECRET}")
    assert result.outcome is outcome
    assert result.reason is not None
    for words in (result.reason.zh, result.reason.en):
        assert str(code) in words
        assert SECRET not in words
        assert TOKEN not in words


def test_old_name_of_feishus_code_counts_too(vendor: HTTPServer) -> None:
    answer(vendor, "feishu", {"StatusCode": 0, "StatusMessage": "success"})
    assert send(vendor, URLS["feishu"]).outcome is Outcome.SENT
    vendor.clear()
    answer(vendor, "feishu", {"code": 0, "StatusCode": 19024})
    assert send(vendor, URLS["feishu"]).outcome is Outcome.PERMANENT


@pytest.mark.parametrize(
    ("status", "body", "outcome", "shown"),
    [
        (429, {"errcode": 0}, Outcome.TEMPORARY, "HTTP 429"),
        (503, "busy", Outcome.TEMPORARY, "HTTP 503"),
        (403, {"errcode": 0}, Outcome.TEMPORARY, "HTTP 403"),
        (413, "", Outcome.PERMANENT, "HTTP 413"),
        (400, {"errcode": 93000}, Outcome.PERMANENT, "93000"),
        (200, "<html>", Outcome.TEMPORARY, "confirms nothing"),
        (200, "[" * 60_000, Outcome.TEMPORARY, "confirms nothing"),
        (200, {"errcode": True}, Outcome.TEMPORARY, "confirms nothing"),
        (200, {}, Outcome.TEMPORARY, "confirms nothing"),
        (200, [0], Outcome.TEMPORARY, "confirms nothing"),
    ],
)
def test_only_a_plain_yes_counts_as_sent(
    vendor: HTTPServer, status: int, body: Any, outcome: Outcome, shown: str
) -> None:
    answer(vendor, "wecombot", body, status)
    result = send(vendor, URLS["wecombot"])
    assert result.outcome is outcome
    assert result.reason is not None
    assert shown in result.reason.en


def test_robot_is_not_followed_to_another_place(vendor: HTTPServer) -> None:
    moved = Response(status=307, headers={"Location": vendor.url_for("/elsewhere")})
    vendor.expect_request("/wecombot").respond_with_response(moved)
    assert send(vendor, URLS["wecombot"]).outcome is Outcome.TEMPORARY
    assert len(vendor.log) == 1


def test_robot_that_does_not_answer_leaves_it_unknown(vendor: HTTPServer) -> None:
    release = threading.Event()

    def wait(_request: Request) -> Response:
        release.wait(5)
        return Response("{}")

    vendor.expect_request("/wecombot").respond_with_handler(wait)
    result = send(vendor, URLS["wecombot"], service_seconds=0.2)
    release.set()
    assert result.outcome is Outcome.UNKNOWN


def test_robot_that_cannot_be_reached_is_tried_again() -> None:
    nowhere = Sender(endpoints=dict.fromkeys(ENDPOINTS, "http://127.0.0.1:9"))
    assert nowhere(channel(url=URLS["feishu"]), MESSAGE).outcome is Outcome.TEMPORARY


@pytest.mark.parametrize(
    ("name", "limit"), [("dingtalk", 20_000), ("feishu", 20_000), ("wecombot", 2048)]
)
@pytest.mark.parametrize("option", ["", "?overflow=split", "?format=markdown"])
def test_long_message_is_cut_once_and_says_where_to_read_on(
    vendor: HTTPServer, name: str, limit: int, option: str
) -> None:
    answer(vendor, name, {CODE[name]: 0})
    assert send(vendor, URLS[name] + option, LONG).outcome is Outcome.SENT
    request, payload = posted(vendor)
    text = text_of(payload)
    measured = text.encode() if name == "wecombot" else request.data
    assert limit * 0.8 < len(measured) <= limit
    assert text.endswith(f"…\n{cut_note(LONG)}")
    assert text.count(PAGE) == 2
    assert "已截断" in text
    assert "�" not in text


def test_text_is_cut_between_characters_at_every_length() -> None:
    text = "a年😀" * 20
    for limit in range(40, 160):
        cut = fitted(text, limit, "完")
        assert len(cut.encode()) in range(limit - 3, limit + 1)
        assert text.startswith(cut.removesuffix("…\n完"))
    assert fitted(text, 160, "完") == text


def test_page_cannot_make_feishu_call_on_everyone(vendor: HTTPServer) -> None:
    answer(vendor, "feishu", {"code": 0})
    send(vendor, URLS["feishu"], Message("题", '<at user_id="all">所有人</AT> a<b', "k1"))
    assert text_of(posted(vendor)[1]) == '题\n＜at user_id="all">所有人＜/AT> a<b'


def test_refused_alert_is_given_up_in_the_open_and_the_next_one_goes_on(vendor: HTTPServer) -> None:
    desk, channels = Desk(), [channel(url=URLS["dingtalk"])]
    desk.happen("report.missing", channels=channels)
    answer(vendor, "dingtalk", {"errcode": 310000, "errmsg": f"sign not match {SECRET}"})
    assert desk.deliver(channels, NOON, sender(vendor)) == DeliveryCounts(failed=1)
    (row,) = desk.rows()
    assert row.state == "dead"
    assert "310000" in (row.last_error or "")


@pytest.mark.parametrize("name", KINDS)
def test_addresses_are_read_as_before(name: str) -> None:
    assert complaint(Channel("a", URLS[name])) is None
    assert complaint(Channel("a", f"{name}://[")) is not None
    assert complaint(Channel("a", f"{name}://")) is not None


def test_no_log_holds_a_key(vendor: HTTPServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer(vendor, "wecombot", {"errcode": 93000})
    for url in URLS.values():
        send(vendor, f"{url}?secret={SECRET}")
    ours = "".join(r.getMessage() for r in caplog.records if r.name != "werkzeug")
    assert TOKEN not in ours
    assert SECRET not in ours
