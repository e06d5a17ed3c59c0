"""博达 VSB: reports at ``/info/TREE/ID.htm``, list pages numbered downwards beside the first. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.families.model import Family, ListPage, ListReading
from crawler.families.paged import read_pages
from reports.words import Words

_INFO = re.compile(r"href=['\"][^'\"]{0,200}?\binfo/\d{1,9}/\d{1,9}\.html?\b", re.I)
_PAGER = re.compile(r"class=['\"](?:p_pages|p_t|p_no|p_next|pb_sys_common)\b|_jsq_\(|/_vsl/", re.I)
_SHARE = re.compile(r"class=['\"]p_t['\"]>\s*\d{1,4}\s*/\s*(\d{1,4})\s*<")
_NUMBER = re.compile(r"/\d{1,4}$")


def is_vsb(page: ListPage) -> bool:
    """Say whether a page links reports, or writes its pager, as VSB does."""
    return _PAGER.search(page.text) is not None and _INFO.search(page.text) is not None


def read(page: ListPage) -> ListReading:
    """Read a list; its last page is ``1.htm``, and the second has the highest number."""
    shares = (int(share) for share in _SHARE.findall(page.text))
    return read_pages(page, is_page=_is_page, stated=max(shares, default=0))


def _is_page(further: str, url: str) -> bool:
    return _stem(further) == _stem(url)


def _stem(url: str) -> str:
    """Return the path that ``gknb.htm``, the first page, shares with ``gknb/7.htm``, a further one."""
    path = urlsplit(url).path.rpartition(".")[0] or urlsplit(url).path
    return _NUMBER.sub("", path)


VSB = Family(
    "vsb",
    Words(
        "博达：报告在 /info/栏目/编号.htm，翻页地址的编号由大到小",
        "VSB: reports at /info/TREE/ID.htm, list pages numbered downwards",
    ),
    is_it=is_vsb,
    reader=read,
)
