from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.verdict import Answer, is_home, judge
from reports.visits import Outcome

URL = "http://a.example/nb/1.html"
LONG = "<p>" + "正文内容" * 300 + "</p>"


def outcome(body: str | bytes = "", status: int = 200, **facts: Any) -> Outcome | None:
    raw = body.encode() if isinstance(body, str) else body
    return judge(Answer(URL, status, raw, **facts)).outcome


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (202, Outcome.BLOCKED),
        (204, Outcome.EMPTY),
        (400, Outcome.BLOCKED),
        (403, Outcome.BLOCKED),
        (404, Outcome.NOT_FOUND),
        (408, Outcome.TIMEOUT),
        (410, Outcome.NOT_FOUND),
        (412, Outcome.BLOCKED),
        (416, Outcome.BLOCKED),
        (429, Outcome.RATE_LIMITED),
        (500, Outcome.SERVER_ERROR),
        (521, Outcome.BLOCKED),
        (599, Outcome.SERVER_ERROR),
    ],
)
def test_status_names_the_end(status: int, expected: Outcome) -> None:
    assert outcome(status=status) is expected


def test_wall_that_signs_its_answer_is_no_broken_server() -> None:
    assert outcome(status=503, challenged=True) is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", Outcome.EMPTY),
        ("  \r\n", Outcome.EMPTY),
        ("<html><body></body></html>", Outcome.EMPTY),
        ("<html><script>document.cookie='a'</script></html>", Outcome.BLOCKED),
        (
            "<noscript>请开启脚本后再访问本网站，谢谢您的配合</noscript><script>x()</script>",
            Outcome.BLOCKED,
        ),
        ("<title>安全验证</title><body>请完成下列操作</body>", Outcome.BLOCKED),
        ("<script>x()</script><a href='1.html'>年报</a>", Outcome.OK),
        ("<body><h1>404</h1></body>", Outcome.SOFT_404),
        ("<title>404 Not Found</title><body>返回</body>", Outcome.SOFT_404),
        ("<body>您访问的页面不存在或已删除</body>", Outcome.SOFT_404),
        ("<body>抱歉，找不到您要的内容，请返回首页</body>", Outcome.SOFT_404),
        ("<body>该信息已被删除</body>", Outcome.SOFT_404),
        ("<body>共收到申请404件</body>", Outcome.OK),
        ("<body>联系电话 12404567</body>", Outcome.OK),
        (f"<body>{LONG}其中一个页面不存在</body>", Outcome.OK),
        ("<body><table><tr><td>本年新收</td></tr></table>信息不存在</body>", Outcome.OK),
        ("甲局2025年政府信息公开工作年度报告\n一、总体情况", Outcome.OK),
        (b"%PDF-1.7 \x00\x01", Outcome.OK),
        (b"PK\x03\x04\x00\x00", Outcome.OK),
        (bytes(range(256)) * 40, Outcome.GARBAGE),
        (b"\x00" * 500, Outcome.EMPTY),
        ("<html><body>政府信息公开</body></html>".encode("gb18030"), Outcome.OK),
    ],
)
def test_body_names_the_end(body: str | bytes, expected: Outcome) -> None:
    assert outcome(body) is expected


def test_redirect_to_an_error_page_is_a_soft_404() -> None:
    answer = Answer("http://a.example/404.html", 200, LONG.encode(), was_redirected=True)
    assert judge(answer).outcome is Outcome.SOFT_404


@pytest.mark.parametrize(
    ("body", "onward"),
    [
        (
            '<meta http-equiv="refresh" content="0;url=index.html">',
            "http://a.example/nb/index.html",
        ),
        ("<META HTTP-EQUIV='Refresh' CONTENT='3; URL=/x/'><p>跳转中</p>", "http://a.example/x/"),
        ('<meta http-equiv="refresh" content="600;url=/x/"><a href="1">年报</a>', None),
        ('<meta http-equiv="refresh" content="0;url=javascript:alert(1)"><a href="1">a</a>', None),
        ("<script>window.location.href='/y/';</script>", "http://a.example/y/"),
        ('<script>location.replace("z.html")</script>', "http://a.example/nb/z.html"),
    ],
)
def test_page_that_only_sends_elsewhere_is_followed(body: str, onward: str | None) -> None:
    assert judge(Answer(URL, 200, body.encode())).onward == onward


@pytest.mark.parametrize(
    ("location", "expected", "onward"),
    [
        ("../x.html", None, "http://a.example/x.html"),
        ("//b.example/", None, "http://b.example/"),
        (None, Outcome.GARBAGE, None),
        ("file:///etc/hostname", Outcome.REFUSED_ADDRESS, None),
        ("http://[broken", Outcome.REFUSED_ADDRESS, None),
    ],
)
def test_redirect_is_resolved_or_named(
    location: str | None, expected: Outcome | None, onward: str | None
) -> None:
    found = judge(Answer(URL, 302, b"", location=location))
    assert (found.outcome, found.onward) == (expected, onward)


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("http://a.example", True),
        ("http://a.example/", True),
        ("http://a.example/index.html", True),
        ("http://a.example/qu/", True),
        ("http://a.example/qu/index.shtml", True),
        ("http://a.example/qu/nb/", False),
        ("http://a.example/nb/index.html", False),
    ],
)
def test_home_is_the_front_page_of_the_site_or_of_its_host(url: str, home: bool) -> None:
    assert is_home(url, "http://a.example/qu/") is home


SCRIPT = "<html><head><script>{}</script></head><body></body></html>"
COOKIE = SCRIPT.format("document.cookie='__jsl_clearance=1';location.href='/x'")
PATIENCE = {"retry_after": "3600"}


@pytest.mark.parametrize(
    ("status", "body", "facts", "expected", "sign"),
    [
        (521, COOKIE, {"challenged": True}, Outcome.BLOCKED, "脚本"),
        (412, COOKIE, {}, Outcome.BLOCKED, "脚本"),
        (202, COOKIE, {}, Outcome.BLOCKED, "脚本"),
        (403, "<title>访问被拒绝</title>", {}, Outcome.BLOCKED, "访问被拒绝"),
        (418, "<p>您的请求疑似攻击，已被网站防火墙拦截</p>", {}, Outcome.BLOCKED, "疑似攻击"),
        (429, "<p>too many</p>", {"retry_after": "120"}, Outcome.RATE_LIMITED, "120"),
        (429, "", {"challenged": True}, Outcome.RATE_LIMITED, ""),
        (429, "<title>人机验证</title>", {}, Outcome.BLOCKED, "人机验证"),
        (503, "<h1>503</h1>", PATIENCE, Outcome.SERVER_ERROR, "3600"),
        (503, "<title>Just a moment...</title>", PATIENCE, Outcome.BLOCKED, "Just a moment"),
        (500, COOKIE, {}, Outcome.BLOCKED, "脚本"),
        (404, COOKIE, {}, Outcome.BLOCKED, "脚本"),
        (404, SCRIPT.format("location.href='/'"), {}, Outcome.NOT_FOUND, ""),
        (404, "<p>本站网站防火墙正常</p>", {}, Outcome.NOT_FOUND, ""),
        (200, COOKIE, {}, Outcome.BLOCKED, "脚本"),
        (200, "<body>请输入验证码</body>", {}, Outcome.BLOCKED, "请输入验证码"),
        (200, "<body>请求过于频繁，请稍后再试</body>", {}, Outcome.BLOCKED, "过于频繁"),
        (200, f"<title>安全验证</title><body>{LONG}</body>", {}, Outcome.OK, ""),
        (200, "<ul>" + "<li><a href='/1'>验证</a>拒绝访问</li>" * 20, {}, Outcome.OK, ""),
        (
            200,
            "<html><p>\udcc3\udce3</p></html>".encode(errors="surrogateescape") * 40,
            {},
            None,
            "",
        ),
    ],
)
def test_walls_pleas_and_errors_are_told_apart_by_their_signs(
    status: int, body: str | bytes, facts: dict[str, Any], expected: Outcome | None, sign: str
) -> None:
    raw = body.encode() if isinstance(body, str) else body
    found = judge(Answer(URL, status, raw, **facts))
    assert expected is None or found.outcome is expected
    assert sign in found.more.zh


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/404.html", Outcome.SOFT_404),
        ("/404/index.html", Outcome.SOFT_404),
        ("/common/pageNotFound.html", Outcome.SOFT_404),
        ("/error.html", Outcome.SERVER_ERROR),
        ("/500.html", Outcome.SERVER_ERROR),
        ("/nb/404件.html", Outcome.OK),
    ],
)
def test_page_to_which_a_redirect_led_tells_by_its_address(path: str, expected: Outcome) -> None:
    answer = Answer(f"http://a.example{path}", 200, LONG.encode(), was_redirected=True)
    assert judge(answer).outcome is expected


@given(
    status=st.integers(200, 999),
    body=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        st.sampled_from(
            [COOKIE, LONG, "<p>暂无", "<html>" * 300, "%PDF-1.4", "<?xml", "PK"]
        ).flatmap(lambda head: st.binary(max_size=60).map(lambda tail: head.encode() + tail)),
    ),
    charset=st.one_of(
        st.none(), st.sampled_from(["utf-8", "gb2312", "rot13", "no-such", "utf-16"])
    ),
    challenged=st.booleans(),
    location=st.one_of(st.none(), st.text(max_size=30)),
)
def test_any_answer_has_exactly_one_end(
    status: int, body: bytes, charset: str | None, challenged: bool, location: str | None
) -> None:
    found = judge(Answer(URL, status, body, charset, location, challenged))
    assert (found.outcome is None) is (found.onward is not None)
    assert found.outcome in {None, *Outcome}
