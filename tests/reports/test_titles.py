from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.agencies import AgencyKind, Identity
from reports.name_parts import apart, plain_name
from reports.names import assign
from reports.titles import is_cut_short, read_title

TITLES = Path(__file__).parents[2] / "../shared/corpus/titles.json"
CORPUS = json.loads(TITLES.read_text(encoding="utf-8")) if TITLES.exists() else {}


@pytest.mark.parametrize(
    ("title", "years", "unit"),
    [
        ("青禾县水磨镇2025年政府信息公开工作年度报告", (2025,), "青禾县水磨镇"),
        ("2025年青禾县财政局政府信息公开工作年度报告", (2025,), "青禾县财政局"),
        ("青禾县人民政府办公室政府信息公开工作2024年度报告", (2024,), "青禾县人民政府办公室"),
        ("青禾县人社局2025年度政府信息公开工作年度报告", (2025,), "青禾县人社局"),
        ("水磨乡人民政府2025年度政府信息公开工作报告", (2025,), "水磨乡人民政府"),
        ("新河街道办事处2024年度政府\n信息公开工作年度报告", (2024,), "新河街道办事处"),
        ("新河街道办事处 2025 年政府信息公开工作 年度报告", (2025,), "新河街道办事处"),
        ("2025青禾县水磨乡2025年度政府信息公开工作年度报告", (2025, 2025), "青禾县水磨乡"),
        ("审计局关于2025年政府信息公开工作的年度报告", (2025,), "审计局"),
        ("青禾县林业局２０２５年政府信息公开年报（图片版）", (2025,), "青禾县林业局"),
        ("二〇二五年水磨镇政府信息公开工作年度报告", (2025,), "水磨镇"),
        ("二○二四年度水磨镇政府信息公开工作年度报告", (2024,), "水磨镇"),
        ("2025年青禾市人民政府信息公开工作年度报告", (2025,), "青禾市人民政府"),
        ("2025年青禾市人民政府政府信息公开工作年度报告", (2025,), "青禾市人民政府"),
        ("青禾县综合行政执法局2025年政府信息公开工作年度报告", (2025,), "青禾县综合行政执法局"),
        ("县医保局2025年政府信息公开工作年度报告_青禾县人民政府", (2025,), "县医保局"),
        ("青禾县政府网-县医保局2025年政府信息公开工作年度报告.docx", (2025,), "县医保局"),
        ("文体局2021年度政务公开工作报告", (2021,), "文体局"),
        ("# 水磨镇2025年政府信息公开工作年度报告", (2025,), "水磨镇"),
        ("县气象局2025年政府信息公开工作年度报", (2025,), "县气象局"),
        ("◆ 水磨镇2025年政府信息公开工作年度报告", (2025,), "水磨镇"),
        ("01-05 水磨镇2025年政府信息公开工作年度报告", (2025,), "水磨镇"),
        ("政府信息公开年报", (), ""),
        ("水磨镇二零二五年度政府信息公开工作年度报告", (2025,), "水磨镇"),
        ("水磨镇2O25年政府信息公开工作年度报告", (2025,), "水磨镇"),
        ("水磨镇 2 0 2 5 年政府信息公开工作年度报告", (2025,), "水磨镇"),
        ("二〇二〇年水磨镇政府信息公开工作年度报告", (2020,), "水磨镇"),
        ("城南办事处、城南园区2025年政府信息公开工作年度报告", (2025,), "城南办事处、城南园区"),
        ("冶金工业园(锦丰镇)2025年政府信息公开工作年度报告", (2025,), "冶金工业园(锦丰镇)"),
        ("青禾部政府信息公开工作2021年度报告", (2021,), "青禾部"),
        ("审计局2024年政府信息公开工作年度报告", (2024,), "审计局"),
        ("青禾县林业局信息公开工作年度报告", (), "青禾县林业局"),
        ("市残联政府信息公开工作年度报告", (), "市残联"),
        ("关于2023年水磨镇政府信息公开工作年度报告", (2023,), "水磨镇"),
        ("青禾市气象部门2023年政府信息公开工作年度报告", (2023,), "青禾市气象部门"),
        ("水磨镇2025年度政府信息公开年度报告（超链版）.pdf", (2025,), "水磨镇"),
    ],
)
def test_a_title_of_ours_gives_years_and_unit(
    title: str, years: tuple[int, ...], unit: str
) -> None:
    reading = read_title(title)
    assert (reading.refusal, reading.years, reading.unit) == (None, years, unit)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "2025年政府网站工作年度报表",
        "2025年法治政府建设年度报告",
        "2025年行政执法年度数据",
        "2025年度部门整体支出绩效评价报告",
        "关于做好2025年政府信息公开工作年度报告编制的通知",
        "青禾县召开2025年政府信息公开工作年度报告部署会",
        "政府信息公开工作年度报告制度",
        "一图读懂2025年政府信息公开工作年度报告",
        "2025年政府信息公开工作年度报告解读",
        "2025年政务公开工作总结",
        "2025年上半年政府信息公开工作总结",
        "2025年政府信息公开工作要点",
        "政府信息公开信息处理费管理办法",
        "青禾县2025年部门预算信息公开报告",
    ],
)
def test_a_neighbour_of_the_report_is_refused_with_a_reason(title: str) -> None:
    refusal = read_title(title).refusal
    assert refusal is not None
    assert refusal.zh
    assert refusal.en


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2025年政府网站工作年度报表", "政府网站工作年度报表"),
        ("青禾县2025年法治政府建设年度报告", "法治政府建设年度报告"),
        ("青禾县2025年行政执法年度数据", "行政执法年度数据"),
        ("2025年行政执法信息公开年度报告", "其他事项"),
        ("2025年政务公开工作总结", "政务公开工作总结"),
        ("2025年政府信息公开情况统计表", "统计表"),
        ("关于做好2025年政府信息公开工作年度报告编制的通知", "通知"),
        ("2025年政府信息公开工作年度报告格式", "格式"),
        ("政府信息公开工作年度报告制度", "制度"),
        ("政府信息公开信息处理费管理办法", "制度文件"),
        ("一图读懂2025年政府信息公开工作年度报告", "图解或解读"),
        ("青禾县召开2025年政府信息公开工作年度报告部署会", "会议"),
        ("2025年上半年政府信息公开工作总结", "半年"),
        ("2025年政务公开工作要点", "要点"),
        ("2025年度部门整体支出绩效评价报告", "绩效"),
        ("青禾县政府信息公开指南", "指南"),
        ("2025年政府工作报告", "政府工作报告"),
    ],
)
def test_a_neighbour_is_called_what_it_is(title: str, kind: str) -> None:
    refusal = read_title(title).refusal
    assert refusal is not None
    assert kind in refusal.zh


@pytest.mark.parametrize(
    "unit",
    ["青禾县综合行政执法局", "青禾县人事考试测评中心", "青禾县退役军人事务", "青禾县目录管理局"],
)
def test_words_of_neighbours_inside_a_name_refuse_nothing(unit: str) -> None:
    reading = read_title(f"{unit}2025年政府信息公开工作年度报告")
    assert (reading.refusal, reading.unit) == (None, unit)


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused(text: str) -> None:
    reading = read_title(text)
    assert (reading.refusal is None) is bool(reading.topic) or reading.topic
    assert is_cut_short(f"{text}…")


@pytest.mark.skipif(not CORPUS, reason="the corpus of titles is not beside the checkout")
def test_no_real_title_is_given_to_another_agency() -> None:
    units = {entry["title"]: read_title(entry["title"]) for entry in CORPUS["titles"]}
    names = sorted({reading.unit for reading in units.values()})
    agencies = [Identity(name, name, AgencyKind.OTHER) for name in names]
    given_to = {
        reading.unit: found.agency.name if found.agency else None
        for reading in units.values()
        for found in [assign(reading.unit, reading.year, agencies)]
    }
    assert {unit: name for unit, name in given_to.items() if name != unit} == {}
    # A name without its place fits any of its kind: the register spells names in full.
    placed = [name for name in names if apart(plain_name(name)).places]
    full = [Identity(name, name, AgencyKind.OTHER) for name in placed]
    stray = {
        unit: assign(unit, 2025, [a for a in full if a.name != unit]).agency for unit in placed
    }
    assert {unit: agency for unit, agency in stray.items() if agency is not None} == {}


def test_a_title_with_two_years_has_no_single_year() -> None:
    assert read_title("水磨镇2024年政府信息公开工作2025年度报告").year is None
    assert read_title("2025水磨镇2025年政府信息公开工作年度报告").year == 2025


@pytest.mark.skipif(not CORPUS, reason="the corpus of titles is not beside the checkout")
def test_every_real_title_is_read_and_every_decoy_refused() -> None:
    ours = [read_title(entry["title"]) for entry in CORPUS["titles"]]
    assert [reading.text for reading in ours if reading.refusal or not reading.unit] == []
    yearless = [reading.unit for reading in ours if reading.year is None]
    assert yearless == ["市残联"]
    assert [e["title"] for e in CORPUS["not_ours"] if not read_title(e["title"]).refusal] == []
