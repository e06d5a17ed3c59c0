"""Whether the pages of a list were sent to their end: what breaks off may lack any entry."""

from __future__ import annotations

import re

from crawler.store import Store

_OPENS = re.compile(rb"<(?:html|body)\b", re.I)
_ENDS = re.compile(rb"</(?:html|body)\s*>", re.I)
_HEAD, _TAIL = 20_000, 20_000


def breaks_off(body: bytes) -> bool:
    """Say whether a page of HTML begins and does not end, in any encoding that ASCII is a part of."""
    if _OPENS.search(body, 0, _HEAD) is None or _ENDS.search(body, max(0, len(body) - _TAIL)):
        return False
    return _ENDS.search(body) is None


def broke_off_before(store: Store, column_key: str) -> bool:
    """Say whether a page of the newest good look had no end either: some sites never write one."""
    bodies = map(store.body, store.columns.newest_pages(column_key))
    return any(body is not None and breaks_off(body) for body in bodies)
