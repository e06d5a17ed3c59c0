"""Folders of single years within a column: lists of their own, one level deep. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawler.families.html import address, anchors, short_text

MOST_FOLDERS = 24

_BARE_YEAR = re.compile(r"^(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年?度?$")
_YEAR_IN_PATH = re.compile(r"(?<!\d)20\d\d(?!\d)")


def year_folders(root: html.HtmlElement, base: str, url: str) -> Iterator[str]:
    """Yield the addresses behind bare years that lie in the column, each once, its own left out."""
    home = _home(url)
    seen = {url}
    for anchor in anchors(root):
        if _BARE_YEAR.match("".join(short_text(anchor, 20).split())) is None:
            continue
        folder = address(base, anchor.get("href"))
        if folder is not None and folder.startswith(home) and folder not in seen:
            seen.add(folder)
            yield folder


def _home(url: str) -> str:
    """Return the column's folder; that around it when the column itself is a year's folder."""
    folder = urljoin(url, ".")
    last = urlsplit(folder).path.rstrip("/").rpartition("/")[2]
    return urljoin(folder, "..") if _YEAR_IN_PATH.search(last) else folder
