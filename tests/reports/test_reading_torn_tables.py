from __future__ import annotations

from reports.cells import REQUEST_ROWS_2021
from reports.model import Quality, TableName
from tests.readings import read, row

LABELS = {label.key: label.words.zh for label in REQUEST_ROWS_2021}


def _flattened(head: list[str], rows: list[str], width: int) -> str:
    lines = ["\t".join((line + ["", ""] * width)[:width]) for line in (h.split(",") for h in head)]
    lines += ["\t".join((line.split(",") + [""] * width)[:width]) for line in rows]
    return "\n".join(lines) + "\n\n"


WIDE = [
    "(勾稽关系),,申请人情况",
    ",,自然人,法人或其他组织",
    ",,,商业企业,科研机构,社会公益组织,法律服务机构,其他",
]


def test_rows_with_one_more_label_field_are_shifted_by_one_column() -> None:
    text = _flattened(
        WIDE, [f"{LABELS['new']},,1,2,3,4,5,6", ",(三)不予公开,1.属于国家秘密,7,8,9,10,11"], 8
    )
    report = read(text)
    assert row(report, "new") == ["1", "2", "3", "4", "5", "6", None]
    assert row(report, "refused.state_secret") == ["7", "8", "9", "10", "11", None, None]
    assert report.tables[TableName.REQUESTS].quality is Quality.TRUNCATED


def test_a_figure_under_two_contradicting_labels_is_given_to_neither() -> None:
    head = [WIDE[0], ",,自然人,法人或其他组织,,,,总计", WIDE[2]]
    report = read(_flattened(head, [f"{LABELS['new']},,1,2,3,4,5,6"], 8))
    assert row(report, "new") == ["1", "2", "3", "4", "5", None, None]
    why = report.cell("requests.new.other").why
    assert why is not None
    assert why.zh.startswith("“6”可能属于")


def test_a_column_that_the_head_lacks_stays_unread_and_moves_nothing() -> None:
    head = [
        WIDE[0],
        ",,自然人,法人或其他组织,,,,总计",
        ",,,商业企业,科研机构,社会公益组织,法律服务机构",
    ]
    report = read(_flattened(head, [f"{LABELS['new']},,1,2,3,4,5,6,"], 9))
    assert row(report, "new") == ["1", "2", "3", "4", "5", None, "6"]


def test_a_row_that_lost_its_group_label_reads_when_it_is_whole() -> None:
    head = ["(勾稽关系),,申请人情况,,,,,,总计", WIDE[1], WIDE[2]]
    rows = [
        ",(三)不予公开,1.属于国家秘密,1,2,3,4,5,6,7",
        "3.其他,,8,9,10,11,12,13,14",
        "(七) 总计,15,16,17,18,19,20,21",
    ]
    report = read(_flattened(head, rows, 10))
    assert row(report, "refused.state_secret") == [str(n) for n in range(1, 8)]
    assert row(report, "other.other") == [str(n) for n in range(8, 15)]
    assert row(report, "handled_total") == [str(n) for n in range(15, 22)]


def test_a_row_that_lost_a_field_is_given_to_no_column_and_its_neighbours_are_read() -> None:
    head = ["(勾稽关系),,申请人情况,,,,,,总计", WIDE[1], WIDE[2]]
    rows = [f"{LABELS['new']},,1,2,3,4,5,6,7", f"{LABELS['carried_in']},,8,9,11,12,13,14"]
    text = _flattened(head, rows, 9).replace("\t14\t", "\t14")
    report = read(text)
    assert row(report, "new") == ["1", "2", "3", "4", "5", "6", "7"]
    assert row(report, "carried_in") == [None] * 7
    why = report.cell("requests.carried_in.research").why
    assert why is not None
    assert why.zh.startswith("该行有 6 格（8、9、11、12、13、14），表头有 7 列")
    assert report.tables[TableName.REQUESTS].quality is Quality.TRUNCATED


def test_a_shifted_row_with_a_lost_figure_is_not_guessed() -> None:
    head = ["(勾稽关系),,申请人情况,,,,,,总计", WIDE[1], WIDE[2]]
    rows = [f"{LABELS['new']},,1,2,3,4,5,6,7", "(七) 总计,15,16,17,18,19,20"]
    report = read(_flattened(head, rows, 10))
    assert row(report, "handled_total") == [None] * 7
