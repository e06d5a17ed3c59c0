"""Names the end of one fetch from what the server answered. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from crawler.challenges import carries_wall_script, challenge_of
from crawler.families.data import holds_data, is_data
from crawler.families.feed import is_feed
from crawler.families.html import address, parse
from reports.documents.formats import is_file
from reports.documents.model import Unreadable
from reports.documents.text.decode import decode
from reports.visits import Outcome
from reports.words import Words

MOST_REDIRECTS = 5

_ACCEPTED, _TOO_MANY, _WALLED = 202, 429, 521
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
_GONE_PATH = re.compile(
    r"/(?:404|(?:page_?)?not_?found|no_?page)\b[^/]*(?:/index\.\w{2,5})?$", re.I
)
_ERROR_PATH = re.compile(r"/(?:error|err|50\d|exception)\b[^/]*$", re.I)
_MARKUP = re.compile(rb"<(?:html|head|body|meta|table|ul|li|div|p|a)[\s>]", re.I)
_LONGEST_WALL = 50_000
_NOTHING = Words("", "")
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
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The end of a fetch, or (outcome None) the address where it goes on. ``text`` is "" for files.

    ``more`` names the sign by which a challenge or a plea for patience was known, "" when the outcome
    and the status say it all.
    """

    outcome: Outcome | None
    text: str = ""
    onward: str | None = None
    more: Words = _NOTHING


def judge(answer: Answer) -> Judgement:
    """Name the end of a fetch; 304 is for the caller, who knows what it asked."""
    by_status = _by_status(answer)
    return by_status if by_status is not None else _by_body(answer)


def _by_status(answer: Answer) -> Judgement | None:
    status = answer.status
    if 300 <= status < 400:
        return _redirected(answer)
    if status in _GONE:
        wall = _wall(answer, needs_script=True)
        return Judgement(Outcome.BLOCKED, more=wall) if wall else Judgement(Outcome.NOT_FOUND)
    if status == 206:
        # A part that nobody asked for: whatever it lists, the rest is not there.
        return Judgement(Outcome.GARBAGE)
    if status == 408:
        return Judgement(Outcome.TIMEOUT)
    return _refused(answer) if status >= 400 or status == _ACCEPTED else None


def _refused(answer: Answer) -> Judgement:
    """Tell a wall that asks for proof from a host that asks for patience, and from one that is broken."""
    signed = answer.challenged and answer.status != _TOO_MANY
    wall = _wall(answer, needs_script=False)
    if signed or wall is not None:
        return Judgement(Outcome.BLOCKED, more=wall or _NOTHING)
    if answer.status == _TOO_MANY:
        return Judgement(Outcome.RATE_LIMITED, more=_patience(answer))
    is_broken = answer.status >= 500 and answer.status != _WALLED
    return Judgement(Outcome.SERVER_ERROR if is_broken else Outcome.BLOCKED, more=_patience(answer))


def _patience(answer: Answer) -> Words:
    """Return what the server says of when to come back."""
    asked = "".join((answer.retry_after or "").split())[:40]
    return Words(f"Retry-After：{asked}", f"Retry-After: {asked}") if asked else _NOTHING


def _wall(answer: Answer, *, needs_script: bool) -> Words | None:
    """Return what in the body of an error is a challenge. Sites, too, send readers on by a script
    where a page is gone: ``needs_script`` asks for one that computes what only walls ask for.
    """
    if not answer.body or len(answer.body) > _LONGEST_WALL or is_file(answer.body):
        return None
    try:
        text, _ = decode(answer.body, answer.charset)
    except Unreadable:
        return None
    root = parse(text)
    if root is None or (needs_script and not carries_wall_script(text)):
        return None
    return challenge_of(root, text, visible_text(root), _title(root))


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
        # Tags are readable in every encoding: where they are, it is the text that is lost.
        is_page = _MARKUP.search(answer.body[:_LONGEST_WALL]) is not None
        return Judgement(Outcome.GARBLED if is_page else Outcome.GARBAGE)
    if is_feed(answer.body) or is_data(text) or "<" not in text:
        return Judgement(Outcome.OK, text)
    return _by_page(answer, text)


def _by_page(answer: Answer, text: str) -> Judgement:
    root = parse(text)
    if root is None:
        # Too costly to take apart: kept as a file is, in the process that all sites share.
        return Judgement(Outcome.OK if len(text) > _SMALL else Outcome.EMPTY)
    onward = _refresh(answer.url, root)
    if onward:
        return Judgement(None, onward=onward)
    visible = visible_text(root)
    title = _title(root)
    wall = challenge_of(root, text, visible, title)
    if wall is not None:
        led = None if carries_wall_script(text) else _scripted(answer.url, text)
        return Judgement(None, onward=led) if led else Judgement(Outcome.BLOCKED, more=wall)
    shows = visible or root.find(".//a") is not None or root.find(".//img") is not None
    if not shows and not holds_data(text):
        return Judgement(Outcome.EMPTY)
    if _says_gone(answer, visible, title):
        return Judgement(Outcome.SOFT_404)
    if answer.was_redirected and _ERROR_PATH.search(_path(answer.url)):
        return Judgement(Outcome.SERVER_ERROR)
    return Judgement(Outcome.OK, text)


def _title(root: html.HtmlElement) -> str:
    return (root.findtext(".//title") or "").strip()


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


def _says_gone(answer: Answer, visible: str, title: str) -> bool:
    if answer.was_redirected and _GONE_PATH.search(_path(answer.url)):
        return True
    if len(visible) > _SMALL or _STATUTORY.search(visible):
        return False
    if _GONE_WORDS.search(title) or _GONE_WORDS.search(visible):
        return True
    return len(visible) <= _TINY and _GONE_BLUNT.search(visible) is not None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def is_home(url: str, base_url: str) -> bool:
    """Say whether an address is the front page of the site or of its host."""
    fronts = {_front(urljoin(base_url, "/")), _front(base_url)}
    return _front(url) in fronts


def _front(url: str) -> str:
    path = urlsplit(url).path or "/"
    return _HOME.sub("/", path).rstrip("/") + "/"
