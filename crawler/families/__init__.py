"""Site families: how a kind of column lists its reports. One file and one line here for each."""

from __future__ import annotations

from crawler.families import auto, feed, jcms, paged, single, static_list
from crawler.families.model import Family

FAMILIES: dict[str, Family] = {
    "auto": auto.links,
    "list": static_list.links,
    "paged": paged.links,
    "trs": paged.links,
    "jcms": jcms.links,
    "feed": feed.links,
    "single": single.links,
}
