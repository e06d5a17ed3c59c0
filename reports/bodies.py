"""Bodies of government under their usual spellings, as data. Pure.

Only spellings of one and the same body stand in a row. Offices that some places merge and others keep
apart (行政审批局 and 大数据局, 城市管理局 and 综合行政执法局) are not equal here but kin: that holds an
accusation back, and a register names such a case as an alias of the agency.
"""

from __future__ import annotations

import re

KNOWN_BODY = "body"
"""How every token of ``body_of`` begins."""

_ROWS = (
    r"发展(?:和|与)?改革(?:委员会|委|局)|发改(?:委|局)",
    r"教育(?:和)?(?:体育)?(?:局|委员会|厅|委)|教体局",
    r"科学技术(?:局|委员会|厅|委)|科技(?:局|厅|委)|科委",
    r"工业(?:和|与)?信息化(?:局|委员会|厅|委)|工信(?:局|委|厅)",
    r"经济(?:和|与)?信息化(?:局|委员会|厅|委)|经信(?:局|委|厅)",
    r"科技(?:和)?工业(?:和)?信息化局|科工(?:信)?局",
    r"民族(?:和)?宗教(?:事务)?(?:局|委员会|委)|民宗(?:局|委)",
    r"公安(?:局|厅)",
    r"民政(?:局|厅)",
    r"司法(?:局|厅)",
    r"财政(?:局|厅)",
    r"人力资源(?:和|与)?社会保障(?:局|厅)|人社(?:局|厅)",
    r"自然资源(?:和|与)?(?:规划)?(?:局|厅)|规划(?:和|与)?自然资源局|[资自]规局",
    r"生态环境(?:局|厅)|环保局",
    r"住房(?:和|与)?(?:城乡)?建设(?:管理)?(?:局|委员会|厅|委)|住建(?:局|委|厅)",
    r"交通(?:运输)?(?:局|厅|委员会|委)|交运局",
    r"农业农村(?:局|厅|委员会|委)",
    r"商务(?:局|厅|委员会|委)",
    r"文化(?:和|与)?(?:广电|广播电视)?(?:和|与)?旅游(?:和|与)?(?:体育)?(?:局|厅|委员会|委)"
    r"|文化体育(?:和)?旅游局|文化(?:和|与)?(?:广电|广播电视)(?:和|与)?体育(?:和|与)?旅游局|文体广电(?:和|与)?旅游局|文广旅体?局|文旅体?广?体?(?:局|厅|委)|文体旅局",
    r"卫生健康(?:委员会|委|局)|卫健(?:委|局)",
    r"退役军人(?:事务)?(?:局|厅)",
    r"应急(?:管理)?(?:局|厅)",
    r"审计(?:局|厅)",
    r"市场监督管理局|市场监管局|市监局",
    r"统计局",
    r"医疗保障局|医保局",
    r"林业(?:和|与)?草原局|林草局|林业局",
    r"城市管理(?:和)?(?:综合)?(?:行政)?(?:执法)?局|城管(?:执法)?局",
    r"综合(?:行政)?执法局",
    r"国有资产监督管理(?:委员会|局)|国资委",
    r"信访局",
    r"气象(?:局|部门)",
    r"(?:国家)?税务(?:总局)?局",
    r"政务服务(?:和|与)?(?:大)?数据(?:管理)?局|政数局",
    r"行政审批(?:服务)?(?:管理)?局|审批局",
    r"大数据(?:发展)?(?:管理)?局",
    r"数据(?:发展)?(?:管理)?局",
    r"乡村振兴局",
    r"残疾人联合会|残联",
    r"水利(?:局|厅)",
    r"水务局",
    r"体育局",
    r"粮食(?:和|与)?物资储备局|粮食局",
    r"机关事务(?:管理|服务)?(?:局|中心)",
    r"供销(?:合作)?(?:社|联社|社联合社)",
    r"人民防空(?:办公室|办)|人防办",
    r"国防动员(?:办公室|办)|国动办",
)
_BODIES = tuple(re.compile(row) for row in _ROWS)
# One spelling stands for each body: what one place calls so is another one's neighbour.
_KIN = (
    ("政务服务和数据管理局", "行政审批局", "大数据局", "数据局"),
    ("工业和信息化局", "经济和信息化局", "科技和工业信息化局", "科学技术局"),
    ("城市管理局", "综合行政执法局"),
    ("农业农村局", "乡村振兴局"),
    ("自然资源局", "林业局"),
    ("水利局", "水务局"),
    ("教育局", "体育局", "文化和旅游局"),
)


def body_of(text: str) -> str | None:
    """Return one token for all spellings of a known body, None for a body that is not in the list.

    A department of a province (厅) is none of a city or county (局).
    """
    for number, pattern in enumerate(_BODIES):
        if pattern.fullmatch(text):
            return f"{KNOWN_BODY}{number}{'厅' if text.endswith('厅') else ''}"
    return None


_FAMILIES = tuple(frozenset(body_of(name) for name in names) for names in _KIN)


def are_kin(one: str, other: str) -> bool:
    """Say whether two tokens of ``body_of`` are bodies that some places make one and others two."""
    return any(one in family and other in family for family in _FAMILIES)
