"""Names the end of one fetch from what the server answered. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from crawler.families.feed import is_feed
from crawler.families.html import MOST_TAGS, address, parse
from reports.documents.formats import is_file
from reports.documents.model import Unreadable
from reports.documents.text.decode import decode
from reports.visits import Outcome

MOST_REDIRECTS = 5

_REFUSING = frozenset({202, 400, 401, 403, 405, 406, 407, 412, 418, 429, 451, 521})
_GONE = frozenset({404, 410})
_SMALL = 800
_TINY = 200
_GONE_WORDS = re.compile(
    r"(?:页面|网页|内容|信息|文章|文件|栏目|资源|地址|对象)[^。；]{0,15}"
    r"(?:不存在|删除|找不到|未找到|已下线|已失效|已撤下|已移除)"
    r"|(?:找不到|未找到|无法找到|没有找到)[^。；]{0,10}(?:页|内容|文件|资源|信息|地址|栏目)"
    r"|(?<![\d.])404(?!\d)(?!\s*件)|not found",
    re.I,
)
_GONE_BLUNT = re.compile(r"不存在|已删除|已被删除|找不到|未找到")
_GONE_PATH = re.compile(r"/(?:404|not_?found)\b[^/]*$", re.I)
_CHALLENGE = re.compile(
    r"just a moment|请稍候|请稍后|访问验证|安全验证|人机验证|访问过于频繁|滑动验证", re.I
)
_HOME = re.compile(r"/(?:index|default|home)\.\w{2,5}$", re.I)
_UNSEEN = frozenset({"script", "style", "noscript", "title"})
_REFRESH = re.compile(r"^\s*(\d{1,3})\s*[;,]\s*url\s*=\s*['\"]?\s*([^'\"]+)", re.I)
_LONGEST_REFRESH = 5
_SCRIPTED = re.compile(
    r"\blocation(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]|\blocation\.replace\(\s*['\"]([^'\"]+)['\"]"
)
_LONGEST_SCRIPTED = 3_000
_STATUTORY = re.compile("第二十条|本年新收")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the address asked, status, the headers that matter, and the body."""

    url: str
    status: int
    body: bytes
    charset: str | None = None
    location: str | None = None
    challenged: bool = False
    was_redirected: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The end of a fetch, or (outcome None) the address where it goes on. ``text`` is "" for files."""

    outcome: Outcome | None
    text: str = ""
    onward: str | None = None


def judge(answer: Answer) -> Judgement:
    """Name the end of a fetch; 304 is for the caller, who knows what it asked."""
    by_status = _by_status(answer)
    return by_status if by_status is not None else _by_body(answer)


def _by_status(answer: Answer) -> Judgement | None:
    status = answer.status
    if 300 <= status < 400:
        return _redirected(answer)
    if status in _GONE:
        return Judgement(Outcome.NOT_FOUND)
    if status in _REFUSING or (status >= 400 and answer.challenged):
        return Judgement(Outcome.BLOCKED)
    if status == 408:
        return Judgement(Outcome.TIMEOUT)
    if status >= 500:
        return Judgement(Outcome.SERVER_ERROR)
    if status == 206:
        # A part that nobody asked for: whatever it lists, the rest is not there.
        return Judgement(Outcome.GARBAGE)
    return Judgement(Outcome.BLOCKED) if status >= 400 else None


def _redirected(answer: Answer) -> Judgement:
    onward = address(answer.url, answer.location)
    if onward is not None:
        return Judgement(None, onward=onward)
    return Judgement(Outcome.REFUSED_ADDRESS if answer.location else Outcome.GARBAGE)


def _by_body(answer: Answer) -> Judgement:
    if not answer.body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Judgement(Outcome.EMPTY)
    if is_file(answer.body):
        return Judgement(Outcome.OK)
    try:
        text, _ = decode(answer.body, answer.charset)
    except Unreadable:
        return Judgement(Outcome.GARBAGE)
    if is_feed(answer.body) or "<" not in text:
        return Judgement(Outcome.OK, text)
    if text.count("<") > MOST_TAGS:
        # Kept as a file is: no tree of it is built in the process that all sites share.
        return Judgement(Outcome.OK)
    return _by_page(answer, text)


def _by_page(answer: Answer, text: str) -> Judgement:
    root = parse(text)
    if root is None:
        return Judgement(Outcome.EMPTY)
    onward = _refresh(answer.url, root)
    if onward:
        return Judgement(None, onward=onward)
    visible = visible_text(root)
    title = (root.findtext(".//title") or "").strip()
    if _is_challenge(root, text, visible, title):
        led = _scripted(answer.url, text)
        return Judgement(None, onward=led) if led else Judgement(Outcome.BLOCKED)
    if not visible and root.find(".//a") is None and root.find(".//img") is None:
        return Judgement(Outcome.EMPTY)
    if _says_gone(answer, visible, title):
        return Judgement(Outcome.SOFT_404)
    return Judgement(Outcome.OK, text)


def visible_text(root: html.HtmlElement) -> str:
    """Return what a reader of the page would see, without blanks."""
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        piece = element.text if event == "start" else element.tail
        if event == "start" and element.tag in _UNSEEN:
            walk.skip_subtree()
        elif piece:
            pieces.append("".join(piece.split()))
    return "".join(pieces)


def _refresh(url: str, root: html.HtmlElement) -> str | None:
    """Return where a refresh mark of the page leads at once; None when the page stays."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").casefold() != "refresh":
            continue
        found = _REFRESH.match(meta.get("content") or "")
        if found and int(found[1]) <= _LONGEST_REFRESH:
            return _elsewhere(url, found[2])
    return None


def _scripted(url: str, text: str) -> str | None:
    """Return where a page that is nothing but a short script leads by a plain assignment."""
    found = _SCRIPTED.search(text) if len(text) <= _LONGEST_SCRIPTED else None
    return _elsewhere(url, found[1] or found[2]) if found else None


def _elsewhere(url: str, href: str) -> str | None:
    onward = address(url, href)
    return onward if onward != url else None


def _is_challenge(root: html.HtmlElement, text: str, visible: str, title: str) -> bool:
    """Say whether the page is only a script, or words that ask the reader to prove itself."""
    if len(visible) > _TINY or root.find(".//table") is not None:
        return False
    if _CHALLENGE.search(title) or _CHALLENGE.search(visible):
        return True
    # A jsl or rs challenge has a script and nothing to read; data islands of lists are no challenge.
    scripted = root.find(".//script") is not None and "<record" not in text
    return scripted and len(visible) < 20 and root.find(".//a") is None


def _says_gone(answer: Answer, visible: str, title: str) -> bool:
    if answer.was_redirected and _GONE_PATH.search(urlsplit(answer.url).path):
        return True
    if len(visible) > _SMALL or _STATUTORY.search(visible):
        return False
    if _GONE_WORDS.search(title) or _GONE_WORDS.search(visible):
        return True
    return len(visible) <= _TINY and _GONE_BLUNT.search(visible) is not None


def is_home(url: str, base_url: str) -> bool:
    """Say whether an address is the front page of the site or of its host."""
    fronts = {_front(urljoin(base_url, "/")), _front(base_url)}
    return _front(url) in fronts


def _front(url: str) -> str:
    path = urlsplit(url).path or "/"
    return _HOME.sub("/", path).rstrip("/") + "/"
