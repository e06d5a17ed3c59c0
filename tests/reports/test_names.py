from __future__ import annotations

import pytest

from reports.agencies import AgencyKind, Identity
from reports.names import match_agency, names_same_agency


def agency(name: str, *aliases: str) -> Identity:
    return Identity(name, name, AgencyKind.OTHER, aliases)


SAME = [
    ("水磨镇", "青禾县水磨镇人民政府"),
    ("青禾县水磨镇", "水磨镇人民政府"),
    ("北岭市青禾县水磨镇", "青禾县水磨镇人民政府"),
    ("新河街道", "青禾县新河街道办事处"),
    ("青禾县新河办事处", "青禾县新河街道办事处"),
    ("洛龙区 科技园街道", "洛龙区科技园街道办事处"),
    ("卫东区东工人镇街道办事处", "卫东区东工人街道"),
    ("东区街道", "青禾县东区街道办事处"),
    ("青禾县科技局", "青禾县科学技术局"),
    ("青禾县发改委", "青禾县发展和改革局"),
    ("枣庄市市中区市监局", "市中区市场监督管理局"),
    ("枣庄市市场监督管理局", "枣庄市市监局"),
    ("市科技局", "枣庄市科学技术局"),
    ("应急管理局", "青禾县应急管理局"),
    ("大同市气象部门", "大同市气象局"),
    ("青禾县", "北岭市青禾县人民政府"),
    ("区人民政府", "洛龙区人民政府"),
    ("临夏回族自治州永靖县", "永靖县人民政府"),
    ("卫东区政府办", "卫东区人民政府办公室"),
    ("洛龙区人民政府科技园街道办事处", "洛龙区科技园街道办事处"),
    ("四川省成都市双流区气象局", "双流区气象局"),
    ("四川省双流区气象局", "四川省成都市双流区气象局"),
    ("上海市科委", "上海市科学技术委员会"),
    ("青禾县卫健委(疾控局)", "青禾县卫健委(疾控局)"),
    ("国家税务总局青禾县税务局", "青禾县税务局"),
    ("青禾县农业农村局（乡村振兴局）", "青禾县农业农村局"),
    ("青禾县工业园区管理委员会", "青禾县工业园区管委会"),
    ("青禾县文化广电体育和旅游局", "青禾县文广旅体局"),
]
DIFFERENT = [
    ("卫东区人民政府", "卫东区人民政府办公室"),
    ("卫东区", "卫东区人民政府办公室"),
    ("政府办", "卫东区人民政府办公室"),
    ("平顶山市科技局", "平顶山市卫东区科学技术局"),
    ("新华区科技局", "卫东区科技局"),
    ("大庆市卫东区财政局", "平顶山市卫东区财政局"),
    ("市科技局", "枣庄市薛城区科学技术局"),
    ("水磨乡", "青禾县水磨镇人民政府"),
    ("青禾县", "青禾县水磨镇人民政府"),
    ("北岭市", "北岭市青禾县人民政府"),
    ("青禾县新河街道", "青禾县科技园街道办事处"),
    ("街道办事处", "青禾县新河街道办事处"),
    ("人民政府", "青禾县人民政府"),
    ("局", "青禾县财政局"),
    ("", "青禾县财政局"),
    ("城南办事处、城南园区", "城南街道办事处"),
    ("冶金工业园(锦丰镇)", "锦丰镇人民政府"),
    ("北岭市公安局高新区分局", "北岭市公安局"),
    ("北岭市行政审批局", "北岭市大数据局"),
    ("自然资源部", "自然资源局"),
    ("国家税务总局北岭市税务局", "青禾县税务局"),
    ("青禾县农业农村局（乡村振兴局）", "青禾县乡村振兴局"),
]


@pytest.mark.parametrize(("unit", "name"), SAME)
def test_spellings_of_one_agency_are_the_same(unit: str, name: str) -> None:
    assert names_same_agency(unit, agency(name))
    assert match_agency(unit, [agency(name), agency("远山市文物局")]) == agency(name)


@pytest.mark.parametrize(("unit", "name"), DIFFERENT)
def test_other_agencies_with_like_names_are_not_the_same(unit: str, name: str) -> None:
    assert not names_same_agency(unit, agency(name))
    assert match_agency(unit, [agency(name)]) is None


def test_an_alias_of_the_register_counts_as_the_name() -> None:
    data = agency("北岭市大数据局", "北岭市行政审批局", "城南办事处、城南园区")
    assert names_same_agency("北岭市审批局", data)
    assert names_same_agency("城南办事处、城南园区", data)


def test_a_unit_that_fits_two_candidates_is_given_to_neither() -> None:
    assert match_agency("科技局", [agency("卫东区科技局"), agency("新华区科技局")]) is None
    assert (
        match_agency("卫东区科技局", [agency("卫东区科技局"), agency("新华区科技局")]) is not None
    )


def test_the_exact_spelling_wins_over_a_looser_fit() -> None:
    near, exact = agency("洛龙区新河街道办事处"), agency("新河街道办事处")
    assert match_agency("新河街道办事处", [near, exact]) == exact
