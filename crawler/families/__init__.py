"""Site families: how a kind of column lists its reports. One file and one line here for each."""

from __future__ import annotations

from crawler.families.aspnet import ASPNET
from crawler.families.auto import automatic
from crawler.families.feed import FEED
from crawler.families.gkmlpt import GKMLPT
from crawler.families.jcms import JCMS
from crawler.families.jcms_report import JCMS_REPORT
from crawler.families.json_list import JSON_LIST
from crawler.families.longxun import LONGXUN
from crawler.families.model import Family
from crawler.families.paged import PAGED
from crawler.families.shtml import SHTML
from crawler.families.single import SINGLE
from crawler.families.sitemap import SITEMAP
from crawler.families.static_list import STATIC_LIST
from crawler.families.trs import TRS
from crawler.families.vsb import VSB

KINDS: tuple[Family, ...] = (
    FEED,
    SITEMAP,
    JCMS_REPORT,
    GKMLPT,
    JSON_LIST,
    JCMS,
    SINGLE,
    LONGXUN,
    VSB,
    ASPNET,
    TRS,
    SHTML,
    PAGED,
    STATIC_LIST,
)
"""In the order in which ``auto`` asks whose marks a page bears."""

FAMILIES: dict[str, Family] = {family.name: family for family in (automatic(KINDS), *KINDS)}
