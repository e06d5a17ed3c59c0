"""Register files are read as people save them, or refused with every fault named by its row."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from monitor.config import ConfigProblem, load
from monitor.errors import Refusal
from monitor.register_files.headings import AGENCY_HEADINGS, SITE_HEADINGS, plain
from monitor.register_files.reading import read_agencies, read_sites
from monitor.register_settings import AgencySettings
from reports.agencies import AgencyKind
from reports.duties import Duty
from tests.register_files import HEADER, SITE, configured, csv_of, with_part, workbook_of

ROW = ("caizheng", "甲县财政局", "department")
PLAIN = csv_of(HEADER, ROW)


def read(folder: Path, content: bytes, name: str = "agencies.csv") -> list[AgencySettings]:
    path = folder / name
    path.write_bytes(content)
    return [entry.agency for entry in read_agencies(path)]


def faults(folder: Path, content: bytes) -> list[str]:
    with pytest.raises(Refusal) as caught:
        read(folder, content)
    return [words.both() for words in caught.value.all]


CHINESE = (
    "序号,单位名称,简称,类型,别名,栏目,义务,撤并日期,并入单位\n"
    "1,甲县乡村振兴局,xczx,部门,县扶贫办；扶贫开发局,,并入,2025年3月1日,nync\n"
    "2,甲县农业农村局,nync,部门,,site/reports,,,\n"
)


@pytest.mark.parametrize(
    "content",
    [
        CHINESE.encode("utf-8-sig"),
        CHINESE.encode(),
        CHINESE.encode("gb18030"),
        CHINESE.encode("utf-16"),
        CHINESE.replace(",", "\t").encode("utf-16"),
        CHINESE.replace(",", ";").replace("；", "；").encode(),
        f"甲县年报单位名录,,\n\n{CHINESE}\n\n".encode(),
        workbook_of(*(line.split(",") for line in CHINESE.splitlines())),
        workbook_of(
            *(line.split(",") for line in CHINESE.splitlines()), 填写说明=[["先填简称", "再填名称"]]
        ),
    ],
)
def test_a_register_is_read_as_spreadsheets_save_it(tmp_path: Path, content: bytes) -> None:
    merged, heir = read(tmp_path, content)
    assert (merged.key, merged.kind, merged.duty) == (
        "xczx",
        AgencyKind.DEPARTMENT,
        Duty.MERGED,
    )
    assert merged.aliases == ("县扶贫办", "扶贫开发局")
    assert str(merged.since) == "2025-03-01"
    assert merged.successor == heir.key == "nync"


def test_numbers_and_days_of_a_workbook_are_what_a_person_typed(tmp_path: Path) -> None:
    rows = (
        (*HEADER, "region", "since", "expected"),
        (*ROW, 410311, date(2025, 3, 1), True),
        ("b", "乙局", "department", 410311.0, None, None),
    )
    one, two = read(tmp_path, workbook_of(*rows))
    assert (one.region, str(one.since), one.expected) == ("410311", "2025-03-01", True)
    assert two.region == "410311"


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("CZJ,甲县财政局,department", "第 2 行：“key”的值“CZJ”"),
        ("a,,department", "第 2 行：“name”不能为空"),
        ("a,甲局,局", "第 2 行：“kind”的值“局”"),
        ("a,甲局,部门,,,,明天", "“since”的值“明天”"),
        ("a,甲局,部门,,maybe", "“expected”的值“maybe”"),
        ("a,甲局,部门,,,是否,", "“duty”的值“是否”"),
        ("a,=1+1,部门", "“name”的值“=1+1”"),
        ("a,甲\u200b局,部门", "不可见字符"),
        ("a,甲\ufffd局,部门", "乱码"),
        (f"a,{'局' * 201},部门", "200"),
        (f"a,{'局' * 10_001},部门", "10000"),
        ("a,甲局,部门,,,,2025-02-30", "“since”的值“2025-02-30”"),
        ("a,甲局,部门,,,,,91410000MA3X00000X", "校验码"),
        ("a,甲局,部门,,,,,,多,余", "比表头多出一列（“余”）"),
    ],
)
def test_a_broken_cell_is_named_with_row_column_and_value(
    tmp_path: Path, row: str, named: str
) -> None:
    header = "key,name,kind,aliases,expected,duty,since,credit_code,region\n"
    (sentence,) = faults(tmp_path, (header + row).encode())
    assert named in sentence
    assert " / agencies.csv row 2" in sentence


def test_every_fault_of_every_row_is_told_at_once(tmp_path: Path) -> None:
    rows = "a,,x\nB,甲局,y\nok,乙局,部门\nc,,部门"
    told = faults(tmp_path, f"key,name,kind\n{rows}".encode())
    assert [sentence.split("：")[0] for sentence in told] == [
        "agencies.csv 第 2 行",
        "agencies.csv 第 2 行",
        "agencies.csv 第 3 行",
        "agencies.csv 第 3 行",
        "agencies.csv 第 5 行",
    ]


def test_very_many_faults_are_counted_not_all_told(tmp_path: Path) -> None:
    told = faults(tmp_path, csv_of(HEADER, *[("A", "甲局", "部门")] * 1_000))
    assert len(told) == 201
    assert "800" in told[-1]


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("key,nmae,kind", "是否指“name”"),
        ("key,name,kind,单位别名称", "没有名为“单位别名称”的列"),
        ("key,name,kind,单位名称", "是同一项"),
        ("key,name", "缺少“类型”（kind）"),
        ("key,name,,kind", "空白列"),
    ],
)
def test_a_header_at_fault_is_named_with_the_nearest_known(
    tmp_path: Path, header: str, named: str
) -> None:
    told = faults(tmp_path, f"{header}\na,b,c,d".encode())
    assert any(named in sentence for sentence in told)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "没有任何内容"),
        (b"\n\n,,\n", "没有任何内容"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "XLS"),
        (b"PK\x03\x04" + bytes(600), "已损坏或加密"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "无法识别"),
        (PLAIN + b'\nx,"half', "引号"),
        (PLAIN + b"\nx,a\0b,c", "不是文字表格"),
        ("\ufeffkey,name\n甲".encode() + b"\xff", "第 2 行"),
        (
            "key,name,kind\na,甲县财政局和教育局以及民政局与审计局,部门\nb,".encode() + b"\xc4\xe3",
            "第 3 行",
        ),
        (b"key,name,kind\n" + b"\n" * 200_001 + b"a,b,c", "200000"),
        (b"key,name,kind\na,b,c" + b"," * 70 + b"x", "60"),
        (b"x" * 33_554_433, "32 MB"),
        (workbook_of(HEADER, ROW, 二=[HEADER, ROW]), "2 个工作表"),
        (workbook_of(HEADER, ("a", '="甲"&"局"', "部门")), "是公式"),
        (with_part(workbook_of(HEADER, ROW), "xl/worksheets/sheet1.xml", b"<worksheet>"), "已损坏"),
        (with_part(workbook_of(HEADER, ROW), "xl/x.bin", bytes(170_000_000)), "160 MB"),
        (with_part(workbook_of(HEADER, ROW), "xl/sharedStrings.xml", bytes(68_000_000)), "160 MB"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, named: str
) -> None:
    began = time.process_time()
    assert named in faults(tmp_path, content)[0]
    assert time.process_time() - began < 5


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{}</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1" t="inlineStr"><is><t>key</t></is></c></row>' * 1000,
        '<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
        "<row>" * 20_000,
        '<row r="x"><c r="A"/></row>',
    ],
)
def test_a_hostile_sheet_ends_within_its_bounds(tmp_path: Path, rows: str) -> None:
    part = SHEET.format(rows).encode()
    began = time.process_time()
    assert faults(tmp_path, with_part(workbook_of(HEADER), "xl/worksheets/sheet1.xml", part))
    assert time.process_time() - began < 5


def test_entities_that_grow_are_not_expanded(tmp_path: Path) -> None:
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE worksheet [<!ENTITY e0 "x">{grown}]>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e11;</t></is></c></row>'
    part = (head + SHEET.format(rows)).encode()
    assert faults(tmp_path, with_part(workbook_of(HEADER), "xl/worksheets/sheet1.xml", part))


def _agencies(tmp_path: Path, *rows: str) -> list[str]:
    header = "key,name,kind,columns,duty,since,until,successor,expected\n"
    config = configured(tmp_path, (header + "\n".join(rows)).encode())
    try:
        load(config)
    except ConfigProblem as problem:
        return [words.zh for words in problem.all]
    return []


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (("a,甲局,部门,site/other",), "第 2 行 单位 a：栏目 site/other"),
        (("a,甲局,部门", "a,乙局,部门"), "第 3 行 单位 a 与agencies.csv 第 2 行 单位 a 简称重复"),
        (("a,甲局,部门,,merged,2025-01-01",), "需要 successor"),
        (("a,甲局,部门,,merged,,,b", "b,乙局,部门"), "需要 since"),
        (("a,甲局,部门,,abolished",), "需要 since"),
        (("a,甲局,部门,,abolished,2025-01-01,2025-02-01",), "不写 until"),
        (("a,甲局,部门,,merged,2025-01-01,,c",), "承接单位 c 不在名录中"),
        (("a,甲局,部门,,,,,b", "b,乙局,部门"), "duty 应为 merged 或 abolished"),
        (("a,甲局,部门,,merged,2025-01-01,,a",), "循环"),
        (("a,甲局,部门,,voluntary,2025-02-01,2025-01-01",), "早于 since"),
        (("a,甲局,部门,,required,,,,否",), "矛盾"),
    ],
)
def test_what_does_not_agree_across_rows_is_named(
    tmp_path: Path, rows: tuple[str, ...], named: str
) -> None:
    (sentence,) = _agencies(tmp_path, *rows)
    assert named in sentence


def test_a_register_that_agrees_is_taken(tmp_path: Path) -> None:
    assert not _agencies(
        tmp_path,
        "a,甲局,部门,site/reports,merged,2025-01-01,,b",
        "b,乙局,部门,site/reports",
        "c,残联,其他,,自愿",
        "d,某中心,其他,,,,,,否",
    )


def test_sites_come_from_a_file_with_one_row_a_column(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text(
        "网站,网站名称,首页,栏目,栏目地址,栏目类型\n"
        "luolong,洛龙区人民政府,https://www.example.gov.cn/,nianbao,zfxxgk/nb/,list\n"
        "luolong,,,feed,rss.xml,feed\n"
        "jianxi,涧西区人民政府,https://jx.example.gov.cn/,nianbao,zfxxgk/,\n",
        encoding="gb18030",
    )
    config = tmp_path / "config.toml"
    config.write_text(f'sites_file = "sites.csv"\n{SITE}', encoding="utf-8")
    settings = load(config)
    assert [(s.key, [c.key for c in s.columns]) for s in settings.sites] == [
        ("site", ["reports"]),
        ("luolong", ["nianbao", "feed"]),
        ("jianxi", ["nianbao"]),
    ]
    assert settings.sites[1].columns[1].url == "https://www.example.gov.cn/rss.xml"
    assert settings.sites[2].columns[0].family == "auto"


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ("a,甲,ftp://x,n,/,auto", "第 2 行：“base_url”"),
        ("a,甲,http://x/,n,,auto", "“url”不能为空"),
        ("a,甲,http://x/,n,/,auto\na,甲,http://y/,m,/m,auto", "第 3 行：网站 a 的 base_url"),
        (",甲,http://x/,n,/,auto", "“site”不能为空"),
    ],
)
def test_a_broken_row_of_sites_is_named(tmp_path: Path, rows: str, named: str) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(f"site,site_name,base_url,column,url,family\n{rows}", encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        read_sites(path)
    assert [named in words.zh for words in caught.value.all] == [True]


@pytest.mark.parametrize("headings", [AGENCY_HEADINGS, SITE_HEADINGS])
def test_no_heading_means_two_things(headings: tuple[object, ...]) -> None:
    names = [plain(name) for heading in headings for name in heading.names]  # type: ignore[attr-defined]
    assert len(names) == len(set(names))
