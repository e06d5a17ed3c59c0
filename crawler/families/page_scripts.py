"""Scripts that write the pager of a list, and state how many pages it has. Pure."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.families.model import ListPage
from crawler.families.pager import MOST_PAGES

_CALL = re.compile(
    r"createPageHTML\(\s*(?:['\"][\w-]*['\"]\s*,\s*)?(\d{1,9})\s*,\s*\d{1,9}\s*,"
    r"\s*['\"]([\w-]{1,40})['\"]\s*,\s*['\"](\w{2,5})['\"]"
)
_PAGER = re.compile(
    r"\bPager\(\{\s*size\s*:\s*(\d{1,9})\s*,[^}]{0,200}?prefix\s*:\s*['\"]([\w-]{1,40})['\"]\s*,"
    r"\s*suffix\s*:\s*['\"](\w{2,5})['\"]"
)
_COUNT = re.compile(r"\bcountPage\s*=\s*(\d{1,9})")
_FILE = re.compile(r"/([\w-]+?)(?:_\d+)?\.(\w{2,5})$")


def states_pages(page: ListPage) -> bool:
    """Say whether a script of the page states how many pages the list has."""
    return any(mark.search(page.text) for mark in (_CALL, _PAGER, _COUNT))


def scripted_pages(page: ListPage) -> tuple[int, tuple[str, ...]]:
    """Return how many pages a script states, 0 for none, and the addresses that it would link.

    The first page is ``index.html``, the second ``index_1.html``, and so on.
    """
    called = _CALL.search(page.text) or _PAGER.search(page.text)
    counted = _COUNT.search(page.text)
    if called:
        total, name, extension = int(called[1]), called[2], called[3]
    elif counted:
        total, (name, extension) = int(counted[1]), _file_of(page.url)
    else:
        return 0, ()
    numbers = range(1, min(total, MOST_PAGES + 1))
    return total, tuple(urljoin(page.url, f"{name}_{n}.{extension}") for n in numbers)


def _file_of(url: str) -> tuple[str, str]:
    found = _FILE.search(urlsplit(url).path)
    return (found[1], found[2]) if found else ("index", "html")
