"""What the reader can do about each kind of event. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reports.events import EventKind
from reports.words import Words

_NOTHING = Words("无需处理，供知悉。", "Nothing to do; for your information.")
_LOOK_AT_SITE = Words(
    "如持续出现，请用浏览器打开该网站核实；恢复之前，该网站上的报告不作“未见报告”的判定。",
    "If it lasts, open the site in a browser; until it is back, no report on it is called missing.",
)

ADVICE: Mapping[EventKind, Words] = {
    EventKind.PUBLISHED: _NOTHING,
    EventKind.PUBLISHED_LATE: Words(
        "请核对发布日期；如与实际不符，请提供发布记录。",
        "Please verify the date of publication; if it is wrong, please provide the record.",
    ),
    EventKind.REVISED: Words(
        "请核对所列变化是否为有意更正。",
        "Please check whether the listed changes are intended corrections.",
    ),
    EventKind.WITHDRAWN: Words(
        "请核实报告是否移至新地址；如误删请恢复发布。",
        "Please check whether the report has moved; if it was removed by mistake, restore it.",
    ),
    EventKind.RESTORED: _NOTHING,
    EventKind.MISSING: Words(
        "请核实是否已在其他地址发布：已发布的请登记地址，未发布的请尽快发布。",
        "Please check whether it stands at another address: if so register it, if not publish it.",
    ),
    EventKind.UNVERIFIED: Words(
        "暂不需要结论；请留意后续查看，必要时用浏览器人工核实。",
        "No conclusion yet; later looks will follow. Verify in a browser where it matters.",
    ),
    EventKind.UNREADABLE: Words(
        "请打开原文核实；如为图片或损坏的附件，请改为发布可读取的文本。",
        "Please open the original; if it is an image or a damaged file, publish readable text.",
    ),
    EventKind.FINDINGS_RAISED: Words(
        "请对照原文逐项核对；确有错误的请更正后重新发布。",
        "Please compare each item with the original; correct and republish where it is wrong.",
    ),
    EventKind.FINDINGS_CLEARED: _NOTHING,
    EventKind.DEADLINE_NEAR: Words(
        "请尚未发布的单位按期发布；已发布的请核实栏目地址是否已登记。",
        "Please publish in time; if already published, check that the column is registered.",
    ),
    EventKind.SITE_DOWN: _LOOK_AT_SITE,
    EventKind.SITE_UP: _NOTHING,
    EventKind.SITE_BLOCKED: Words(
        "请与网站管理方联系放行，或改为人工查看。",
        "Please ask the site's operator to admit the reader, or look by hand.",
    ),
    EventKind.COLUMN_LOST: Words(
        "请用浏览器核实该栏目：已移走的请更新配置中的地址，列表确已精简的无需处理；在此之前，"
        "不作“未见报告”的判定。",
        "Please look at the column in a browser: if it moved, update the configured address; if its list "
        "was cut down, nothing is needed. Until then no report in it is called missing.",
    ),
    EventKind.COLUMN_FOUND: _NOTHING,
}
"""Kind → what to do; neutral, and never an accusation."""
