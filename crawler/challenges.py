"""The pages with which walls hold off robots: recognised and named, never got around. Pure."""

from __future__ import annotations

import re

from lxml import html

from crawler.families.data import holds_data
from reports.words import Words

_WORDS = re.compile(
    r"just a moment|checking your browser|verify (?:that )?you are (?:a )?human|are you a robot"
    r"|enable javascript and cookies|attention required|请稍候|请稍后|访问验证|安全验证|人机验证"
    r"|滑动验证|拖动滑块|人机识别|浏览器安全检查|正在检测您的浏览器|请输入验证码|请完成验证"
    r"|访问过于频繁|操作过于频繁|请求过于频繁|访问频率过高|请求被拦截|访问被拦截|设置拦截"
    r"|访问被拒绝|拒绝访问|访问受限|疑似攻击|网站防火墙|创宇盾|加速乐|云防护",
    re.I,
)
_SCRIPT = re.compile(
    r"document\.cookie|__jsl|jsluid|acw_sc__|\$_ts\b|_0x[0-9a-f]{3}|geetest|captcha", re.I
)
_WALL_COOKIE = re.compile(r"__jsluid|__jsl_clearance|acw_tc|wzws_", re.I)
_MOST_WORDS = 400
_SHORT_TITLE_PAGE = 800
_NOTHING_TO_READ = 20
_MOST_LINKS = 10

_ONLY_SCRIPT = Words("页面只有脚本，没有可读内容", "the page is a script with nothing to read")


def challenge_of(root: html.HtmlElement, text: str, visible: str, title: str) -> Words | None:
    """Return what makes the page a challenge, None when it is none.

    ``visible`` is what a reader would see, without blanks. A page that holds a table or many links
    has something to read, whatever words stand in it.
    """
    if len(visible) > _SHORT_TITLE_PAGE or root.find(".//table") is not None or _many_links(root):
        return None
    said = _WORDS.search(title) or (_WORDS.search(visible) if len(visible) <= _MOST_WORDS else None)
    if said:
        return Words(f"页面写着“{said[0]}”", f"the page says “{said[0]}”")
    # A wall's script has nothing to read beside it; the data islands of lists are no challenge.
    is_script = root.find(".//script") is not None and not holds_data(text)
    is_bare = len(visible) < _NOTHING_TO_READ and root.find(".//a") is None
    return _ONLY_SCRIPT if is_script and is_bare else None


def carries_wall_script(text: str) -> bool:
    """Say whether a script of the page computes a cookie or a proof, as walls ask for."""
    return _SCRIPT.search(text) is not None


def is_wall_cookie(cookie: str | None) -> bool:
    """Say whether a cookie is one that a known wall sets; pages that it lets through have it, too."""
    return cookie is not None and _WALL_COOKIE.search(cookie) is not None


def _many_links(root: html.HtmlElement) -> bool:
    return len(root.findall(".//a[@href]")) > _MOST_LINKS
