"""Closed lists of the words that may stand around a number, and whose name it may bear. Pure."""

from __future__ import annotations

import re

OBJECT = (
    r"(?:(?:政府|政务)?信息依申请公开(?:申请)?(?:件|事项)?|(?:政府|政务)?信息公开(?:的)?(?:申请|请求)(?:事项|件)?|"
    r"依申请公开(?:的)?(?:政府信息|政务信息|信息)?(?:的)?(?:申请|请求|事项|事宜|办件|件|信息)*|政府信息申请(?:公开件)?|"
    r"依申请件|(?:申请公开|公开申请)(?:政府信息|信息)?(?:件|事项)?|要求公开(?:政府)?信息的申请)"
)
"""A request for disclosure, as reports name it."""

PIECES = frozenset(("件", "起", "宗", "份", "次", "件次", "条", "封", "项", "例", "个"))
"""Counter words of requests."""

COUNT = r"(?:共计|共有|共|合计|累计|总计|总数|总量|数量|件数|数|有|为|达|计|:)*+"
"""Words that introduce a number."""

_LEAD = re.compile(
    r"(?:截至|截止)?(?:到)?(?:20\d\d年)?(?:12月31日|12月底|年底|年末)(?:止|前|,)?|20\d\d年(?:度|以来|全年|期间)?|"
    r"1月1日(?:起)?至|本年度|本年|今年|全年度?|年度内|年内|年度|一年来|以来|期间|情况|方面|工作|"
    r"我[局办厅委镇乡处院校会]|我街道|我单位|我机关|我中心|我部门|本[局办厅委镇乡市县区省]|本机关|本单位|本街道|"
    r"本部门|本中心|[全我][省市州盟区县旗镇乡局街](?:道|各级(?:行政机关|部门|单位))?|"
    r"共计|一共|共|累计|总共|总计|合计|已经|已|均|全部|实际|新|依法|依规|按时|按期|如期|及时|按规定|按要求|按照规定|"
    r"在?(?:法定|规定)(?:的)?(?:时限|期限|时间)(?:内)?|完成|规范|认真|通过各种?渠道|"
    rf"{OBJECT}|依申请公开(?:政府信息)?|政府信息公开|[一二三四五六七八九]是|\d[.．]|\([一二三四五六七八九]\)|[,:的在]"
)
_SELF = re.compile(r"^[\u4e00-\u9fff]{2,20}$")
_SOMEBODY = re.compile(
    r"各|下属|所属|直属|下级|基层|其他|个|社区|学校|医院|企业|通过|从|由|向|经|本级|系统"
)


def is_own(words: str, agency: str | None) -> bool:
    """Say whether the words before a verb speak of the body itself: its name, or none at all."""
    rest = _LEAD.sub("", words)
    if not rest:
        return True
    if agency is None or not _SELF.match(rest) or _SOMEBODY.search(rest):
        return False
    return _abbreviates(rest, agency)


def _abbreviates(words: str, name: str) -> bool:
    """Say whether all signs of the words stand in the name in their order: 区科技局 of 某区科学技术局."""
    signs = iter(name)
    return all(sign in signs for sign in words)
