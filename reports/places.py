"""Names of places before the name of an office: with and without their levels. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.bodies import body_of

LEVELS = "省市县区州旗盟"
# A place name never holds the last sign of an office, so "公安局高新区分局" is not a place.
_PLACE = re.compile(
    r"[^局委办厅部队院、()]{1,14}?"
    r"(?:自治[区州县旗]|地区|林区|特区|新区|[省盟旗]|市(?!区)|州(?![市区县])|县(?!委)|区(?!域))"
)
_REGIONS = {
    "广西壮族自治区": "广西",
    "内蒙古自治区": "内蒙古",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "西藏自治区": "西藏",
}
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
_PROVINCES = frozenset(
    {
        *("河北省", "山西省", "辽宁省", "吉林省", "黑龙江省", "江苏省", "浙江省", "安徽省"),
        *("福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "海南省"),
        *("四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省"),
    }
)
_BARE = {name[:-1]: name for name in sorted(_MUNICIPALITIES | _PROVINCES)} | {
    name: name for name in _REGIONS.values()
}
# The nationalities of an autonomous county or prefecture are left out as often as they are written.
_NATIONALITIES = re.compile(
    r"(?<=.)(?:(?:壮|满|回|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|拉祜|水|"
    r"佤|纳西|羌|土|仫佬|锡伯|柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|普米|怒|独龙|保安|东乡|裕固|鄂温克|"
    r"各)族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)+自治(?=[州县旗]$)"
)
_ZONE = re.compile(r"(?:开发|高新|经开|工业|园|示范|保税|度假|风景|风景名胜|管理|试验|合作)区$")
# After these a bare name is that of a street, town or village, not of a place above.
_OWN_NAME = re.compile(rf"[{LEVELS}乡镇街路村]|苏木|办事处|大[学道街]|藏族|生产建设兵团")
_SHORTEST_STEM = 2


def next_place(rest: str, known: Sequence[str] = ()) -> tuple[str, str] | None:
    """Return the place with which a name begins, and how it is written; None when it begins with none.

    The place comes back in one spelling (景宁县 for 景宁畲族自治县, 四川省 for 四川). One of the ``known``
    places is found without its level, too: 甲科技局 beside 甲县 begins with 甲县.
    """
    for place in known:
        stem = stem_of(place)
        if _begins(rest, stem):
            return place, stem
    for stem, place in _BARE.items():
        after = rest[len(stem) :]
        # 四川北路街道 lies in 上海: only a place or a known body after it makes a province of it.
        if _begins(rest, stem) and (_PLACE.match(after) or body_of(after)):
            return place, stem
    found = _PLACE.match(rest)
    return (_one_spelling(found.group()), found.group()) if found else None


def _begins(rest: str, stem: str) -> bool:
    after = rest[len(stem) :]
    is_whole = len(stem) >= _SHORTEST_STEM and len(after) >= _SHORTEST_STEM
    return is_whole and rest.startswith(stem) and _OWN_NAME.match(after) is None


def stem_of(place: str) -> str:
    """Return a place without its level: 甲县 gives 甲; a zone or a name of one sign stays as it is."""
    has_level = place[-1:] in tuple(LEVELS) and not is_zone(place)
    return place[:-1] if has_level and len(place) > _SHORTEST_STEM else place


def is_zone(place: str) -> bool:
    """Say whether a place is an economic zone: no division, so it has a committee and no government."""
    return _ZONE.search(place) is not None


def _one_spelling(place: str) -> str:
    return _REGIONS.get(place) or _NATIONALITIES.sub("", place)
