"""The HTML of column pages: a tree, addresses, short texts; bounded whatever the page is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html
from w3lib.url import safe_url_string

from crawler.families.bounds import is_bounded

MAX_ANCHORS = 5_000

# Pages put together from parts close themselves more than once; all after the first end would be lost.
_END = re.compile(r"</(?:html|body)\s*>", re.I)
_INDEX = re.compile(r"/index\.\w{2,5}$", re.I)


def parse(text: str) -> html.HtmlElement | None:
    """Return the tree of a page, None when it has no element, or cannot be taken apart as a whole."""
    if not is_bounded(text):
        return None
    # Old pages leave hundreds of elements open, more than the parser takes of itself.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    whole = _END.sub("", text).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(whole, parser=parser)
    except etree.ParserError:
        return None
    # Beyond its depth the parser leaves the rest of the page away, and says so only here.
    is_cut = any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    return None if is_cut else root


def parse_list(text: str) -> html.HtmlElement | None:
    """Return the tree without its scripts: some stand inside the links, before their titles."""
    root = parse(text)
    if root is not None:
        etree.strip_elements(root, "script", "style", with_tail=False)
    return root


def has_all_anchors(root: html.HtmlElement) -> bool:
    """Say whether ``anchors`` yields every link of the page."""
    return next(islice(root.iter("a"), MAX_ANCHORS, None), None) is None


def anchors(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the links of a page in order, up to a sane number."""
    return islice(root.iter("a"), MAX_ANCHORS)


# A page names its entries several times, and they are looked at for several reasons.
@lru_cache(maxsize=2_048)
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
    # The first with an address counts; others only name a window.
    hrefs = (element.get("href") for element in root.iter("base"))
    return next((base for href in hrefs if (base := address(url, href))), url)


def short_text(element: html.HtmlElement, limit: int = 500) -> str:
    """Return the element's text with blanks folded; at most ``limit`` characters."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        # Blanks before a title are many, but not that many.
        pieces.append(piece[: 20 * limit])
        length += len(piece.strip())
        if length > limit:
            break
    return " ".join("".join(pieces).split())[:limit]
