from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.agencies import AgencyKind, Identity
from reports.names import assign, match_agency, names_predecessor, names_same_agency


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
    ("青禾县发展改革局", "青禾县发展和改革委员会"),
    ("青禾市规划和自然资源局", "青禾市资规局"),
    ("四川青禾工业园区管理委员会", "四川省北岭市青禾县工业园区管委会"),
    ("青禾科技局", "青禾县科学技术局"),
    ("湖北青禾县财政局", "湖北省青禾县财政局"),
    ("广西青禾县财政局", "广西壮族自治区青禾县财政局"),
    ("景宁县财政局", "景宁畲族自治县财政局"),
    ("临夏州永靖县财政局", "临夏回族自治州永靖县财政局"),
    ("青禾县经济开发区", "青禾县经济开发区管理委员会"),
    ("北岭高新技术产业开发区新河镇", "新河镇人民政府"),
    ("市生态环境局青禾分局", "北岭市生态环境局青禾分局"),
    ("北岭市生态环境局青禾县分局", "北岭市生态环境局青禾分局"),
    ("北岭市青禾县生态环境分局", "北岭市生态环境局青禾分局"),
    ("青禾县公安局交警大队", "公安局交警大队"),
    ("新河街道党工委、办事处", "青禾县新河街道办事处"),
    ("青禾县本级", "青禾县人民政府"),
    ("青禾县政府办公室(外事办公室)", "青禾县人民政府办公室"),
    ("青禾县乡村振兴局", "青禾县农业农村局（乡村振兴局）"),
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
    ("江南省财政厅", "江南省青禾市财政局"),
    ("财政厅", "青禾市财政局"),
    ("北岭市生态环境局青禾分局", "青禾县生态环境局"),
    ("北岭市生态环境局青禾分局", "北岭市生态环境局白石分局"),
    ("北岭市公安局交警支队", "北岭市公安局"),
    ("青禾县税务局新河税务分局", "青禾县税务局"),
    ("青禾县经济开发区", "青禾县人民政府"),
    ("北岭市城市管理局", "北岭市综合行政执法局"),
    ("北岭市工信局", "北岭市经信局"),
    ("四川北路街道办事处", "北路街道办事处"),
    ("青禾新城镇", "青禾县新城镇人民政府"),
    ("吉林市财政局", "吉林省财政局"),
    ("海南州财政局", "海南省财政局"),
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


def test_alias_without_a_place_wins_nothing_over_a_neighbour() -> None:
    here, there = agency("卫东区科技局", "科技局"), agency("新华区科技局")
    found = assign("科技局", 2025, [here, there])
    assert (found.agency, found.is_doubtful) == (None, True)
    assert found.refusal is not None
    assert "新华区科技局" in found.refusal.zh
    assert assign("科技局", 2025, [here]).agency == here


def test_unit_of_nobody_is_refused_with_what_to_do() -> None:
    found = assign("北岭市审批局", 2025, [agency("北岭市大数据局")])
    assert (found.agency, found.is_doubtful) == (None, False)
    assert found.refusal is not None
    assert "别名" in found.refusal.zh


RENAMED = Identity("new", "甲市洪泽区人民政府", AgencyKind.GOVERNMENT, (), ("洪泽县人民政府",))
HEIR = Identity("heir", "青禾县农业农村局", AgencyKind.DEPARTMENT, heir_of=("青禾县乡村振兴局",))
ENDED = Identity("ended", "青禾县乡村振兴局", AgencyKind.DEPARTMENT, last_year=2023)


@pytest.mark.parametrize(
    ("unit", "year", "candidates", "expected"),
    [
        ("洪泽县", 2014, [RENAMED], "new"),
        ("洪泽县人民政府", None, [RENAMED], "new"),
        ("青禾县乡村振兴局", 2023, [HEIR, ENDED], "ended"),
        ("青禾县乡村振兴局", 2024, [HEIR, ENDED], "heir"),
        ("乡村振兴局", 2025, [ENDED, HEIR], "heir"),
        ("青禾县乡村振兴局", None, [HEIR, ENDED], "ended"),
        ("青禾县农业农村局", 2023, [HEIR, ENDED], "heir"),
        # The register does not say from which year on: nobody's.
        ("青禾县乡村振兴局", 2025, [HEIR], None),
        # It ended, and its heir publishes elsewhere.
        ("青禾县乡村振兴局", 2025, [ENDED], None),
    ],
)
def test_a_former_name_is_the_successors_from_the_change_on(
    unit: str, year: int | None, candidates: list[Identity], expected: str | None
) -> None:
    found = assign(unit, year, candidates)
    assert (found.agency.key if found.agency else None) == expected
    assert (found.refusal is None) is (expected is not None)


def test_body_folded_in_is_no_name_of_its_heir() -> None:
    assert names_predecessor("青禾县乡村振兴局", HEIR)
    assert not names_same_agency("青禾县乡村振兴局", HEIR)


_SIGNS = st.sampled_from(
    "甲乙省市县区州旗镇乡街道办事处局委厅政府人民管分支队（）、新河四川广西自治族税务总国家0 "
)


@given(st.text(_SIGNS, max_size=24), st.text(_SIGNS, max_size=24))
def test_likeness_of_names_is_total_and_mutual(one: str, other: str) -> None:
    assert names_same_agency(one, agency(other)) == names_same_agency(other, agency(one))
    assert names_same_agency(one, agency(one)) is bool(one.strip("、 "))
