"""TRS (拓尔思): a script writes the pager; the second page is ``index_1``. Pure."""

from __future__ import annotations

from crawler.families.model import Family
from crawler.families.page_scripts import states_pages
from crawler.families.paged import read_pages
from reports.words import Words

TRS = Family(
    "trs",
    Words(
        "拓尔思：翻页由脚本写出（createPageHTML、countPage、Pager），页数以脚本所称为准",
        "TRS: a script writes the pager (createPageHTML, countPage, Pager) and states the pages",
    ),
    is_it=states_pages,
    reader=read_pages,
)
