from __future__ import annotations

from typing import Any

import pytest

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
