"""The HTML of column pages: a tree, addresses, short texts; bounded whatever the page is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html
from w3lib.url import safe_url_string

MAX_ANCHORS = 5_000

# Pages put together from parts close themselves more than once; all after the first end would be lost.
_END = re.compile(r"</(?:html|body)\s*>", re.I)
_INDEX = re.compile(r"/index\.\w{2,5}$", re.I)


def parse(text: str) -> html.HtmlElement | None:
    """Return the tree of a page, None when it has no element at all."""
    # Old pages leave hundreds of elements open, more than the parser takes of itself.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    whole = _END.sub("", text).encode("utf-8", "replace")
    try:
        return html.document_fromstring(whole, parser=parser)
    except etree.ParserError:
        return None


def anchors(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the links of a page in order, up to a sane number."""
    return islice(root.iter("a"), MAX_ANCHORS)


def address(base: str, href: str | None) -> str | None:
    """Return the absolute http(s) address of a link without its fragment, None when it has none."""
    if not href or href.strip().startswith("#"):
        return None
    try:
        url = urldefrag(safe_url_string(urljoin(base, href.strip()))).url
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def page_key(url: str) -> str:
    """Return an address under which a folder and its index page are the same page."""
    return _INDEX.sub("/", url)


def base_of(root: html.HtmlElement, url: str) -> str:
    """Return the address against which the page's links are resolved."""
    for element in root.iter("base"):
        return address(url, element.get("href")) or url
    return url


def short_text(element: html.HtmlElement, limit: int = 500) -> str:
    """Return the element's text with blanks folded; at most about ``limit`` characters."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            break
    return " ".join("".join(pieces).split())
