"""S rules: the six sections, the three tables of the right generation, the fee statement. Pure."""

from __future__ import annotations

from typing import assert_never

from reports.cells import SECTION_HEADINGS, Label
from reports.claims.fees import mentions_the_fee
from reports.findings import Severity
from reports.model import AnnualReport, FeeKind, Quality, Section, TableName
from reports.rules.engine import Breach, Reach, rule
from reports.rules.gaps import TABLE_WORDS, lost, unusable
from reports.rules.subject import NotStated, Subject
from reports.words import Words

_FORM = Words(
    "《政府信息公开条例》第五十条；国办公开办函〔2021〕30号（2019—2020 年为〔2019〕60号）",
    "Regulation on Disclosure, art. 50; 国办公开办函〔2021〕30号 (〔2019〕60号 for 2019–2020)",
)
_NUMERALS = "一二三四五六"
_SINCE_2019 = Reach(first_year=2019)
_FEE_YEAR = 2021


@rule(
    code="S01",
    severity=Severity.ERROR,
    basis=_FORM,
    statement=Words("报告有格式规定的六个部分。", "The report has the six sections of the form."),
    clears=Words(
        "补上缺少的部分及其标题，重新发布。",
        "The absent sections are added with their headings and the report is published again.",
    ),
    innocent=Words(
        "标题在图片里、自动编号在转换中丢失；一个标题也认不出、含图片表格或副本在表格中间中断时不作判定。",
        "Headings inside pictures or lost list numbering; with no heading at all, tables as pictures, or "
        "a copy that breaks off within a table, the rule is not assessed.",
    ),
    reach=_SINCE_2019,
)
def six_sections(subject: Subject, _scope: Label) -> Breach | None:
    """Look for all six sections; one finding names all that are not there."""
    found = {section.number for section in subject.report.sections}
    absent = [number for number in range(1, len(SECTION_HEADINGS) + 1) if number not in found]
    if not absent:
        return None
    if not found or _has_pictures(subject):
        raise NotStated(why=_HEADINGS_UNSURE)
    broken_off = subject.broken_off_in
    if broken_off is not None and min(absent) > max(found):
        raise NotStated(why=_ends_in(broken_off))
    names = "、".join(f"{_NUMERALS[n - 1]}、{SECTION_HEADINGS[n - 1]}" for n in absent)
    numbers = ", ".join(str(number) for number in absent)
    return Breach(
        cells=(),
        expected="、".join(_NUMERALS),
        actual="、".join(_NUMERALS[number - 1] for number in sorted(found)),
        message=Words(
            f"六个部分中未见 {len(absent)} 个：{names}。请补上；没有内容的部分也应保留标题并写明“无”。",
            f"{len(absent)} of the six sections not found: {numbers}. Please add them; a section without "
            "content keeps its heading and says so.",
        ),
    )


_HEADINGS_UNSURE = Words(
    "未能认全部分标题：标题可能在图片中，或编号在转换中丢失，请对照原件。",
    "Not all section headings are recognisable: they may stand in pictures or have lost their "
    "numbering; see the original.",
)


def _ends_in(name: TableName) -> Words:
    words = TABLE_WORDS[name]
    return Words(
        f"所得文本在{words.zh}中间中断，之后的内容不在我们的副本中，不作判定；请重新下载或对照原件。",
        f"The text that we have breaks off within {words.en}; what follows is not in our copy and is not "
        "judged. Download it again, or see the original.",
    )


def _has_pictures(subject: Subject) -> bool:
    return any(subject.table(name).quality is Quality.IMAGE for name in TableName)


@rule(
    code="S04",
    severity=Severity.ERROR,
    basis=_FORM,
    statement=Words(
        "第二表齐全（是否为报告年度的格式，见 S08、S09）。",
        "Table 2 is there (S08 and S09 tell whether it is of the right generation).",
    ),
    clears=Words("补上完整的第二表。", "The whole of table 2 is added."),
    innocent=Words(
        "表格为图片或文本被截断时不作判定。",
        "A table as a picture or cut text is not assessed.",
    ),
    reach=_SINCE_2019,
    version=2,
)
def table_two(subject: Subject, _scope: Label) -> Breach | None:
    """Look for table 2."""
    breach = _absent(subject, TableName.PROACTIVE)
    if breach is None:
        _require_whole(subject, TableName.PROACTIVE)
    return breach


@rule(
    code="S05",
    severity=Severity.ERROR,
    basis=_FORM,
    statement=Words(
        "第三表齐全：25 行（2019—2020 年 23 行）、7 列。",
        "Table 3 is there: 25 rows (23 in 2019–2020) by 7 columns.",
    ),
    clears=Words("补上完整的第三表。", "The whole of table 3 is added."),
    innocent=Words(
        "文本转换丢失行列或表格为图片时不作判定。",
        "Rows or columns lost in conversion, and tables as pictures, are not assessed.",
    ),
    reach=_SINCE_2019,
)
def table_three(subject: Subject, _scope: Label) -> Breach | None:
    """Look for table 3."""
    breach = _absent(subject, TableName.REQUESTS)
    if breach is None:
        _require_whole(subject, TableName.REQUESTS)
    return breach


@rule(
    code="S07",
    severity=Severity.ERROR,
    basis=_FORM,
    statement=Words("第四表齐全：15 格。", "Table 4 is there with its 15 cells."),
    clears=Words("补上完整的第四表。", "The whole of table 4 is added."),
    innocent=Words(
        "嵌套表格、文本截断或表格为图片时不作判定。",
        "Nested tables, cut text and tables as pictures are not assessed.",
    ),
    reach=_SINCE_2019,
)
def table_four(subject: Subject, _scope: Label) -> Breach | None:
    """Look for table 4."""
    breach = _absent(subject, TableName.DISPUTES)
    if breach is None:
        _require_whole(subject, TableName.DISPUTES)
    return breach


def _absent(subject: Subject, name: TableName) -> Breach | None:
    """Return the breach for a table that is not there. Raises NotStated when it is a picture."""
    table, words = subject.table(name), TABLE_WORDS[name]
    if table.quality is Quality.IMAGE:
        raise NotStated(why=unusable(table))
    if table.quality is not Quality.ABSENT:
        return None
    if subject.broken_off_in is not None:
        raise NotStated(why=_ends_in(subject.broken_off_in))
    return Breach(
        cells=(),
        expected=words.zh,
        actual=None,
        message=Words(
            f"报告中未见{words.zh}。请补上格式规定的表格；全部为 0 也应填表。",
            f"{words.en} was not found in the report. Please add it; a table of zeros is filled in too.",
        ),
    )


def _require_whole(subject: Subject, name: TableName) -> None:
    """Raise NotStated with the cells that our copy lacks; a blank cell is there, only not filled in."""
    cells = [subject.report.cell(key) for key in _printed_keys(subject.report, name)]
    absent = [cell.key for cell in cells if cell.raw is None and cell.value is None]
    if len(absent) == len(cells):
        raise NotStated(why=unusable(subject.table(name)))
    if absent:
        raise NotStated(absent)
    if subject.table(name).quality is Quality.TRUNCATED:
        raise NotStated(why=lost(subject.report, tuple(cell.key for cell in cells)))


def _printed_keys(report: AnnualReport, name: TableName) -> tuple[str, ...]:
    match name:
        case TableName.PROACTIVE:
            return tuple(label.key for label in report.form.proactive)
        case TableName.REQUESTS:
            return report.form.request_keys
        case TableName.DISPUTES:
            return report.form.dispute_keys
        case _:
            assert_never(name)


@rule(
    code="S14",
    severity=Severity.WARNING,
    basis=Words(
        "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）及年报通行做法",
        "Measures on the information handling fee (国办函〔2020〕109号) and general practice",
    ),
    statement=Words(
        "第六部分说明信息处理费收取情况（2021 年起）。",
        "Section six states whether and how much information handling fee was collected (from 2021).",
    ),
    clears=Words(
        "在第六部分写明信息处理费收取情况，未收取也应写明。",
        "Section six says what fee was collected, also when it was none.",
    ),
    innocent=Words(
        "写在其他部分（如依申请公开一段）的说明同样有效。",
        "A statement in another section, such as that on requests, counts as well.",
    ),
    reach=Reach(first_year=_FEE_YEAR),
)
def fee_statement(subject: Subject, _scope: Label) -> Breach | None:
    """Look for the fee statement anywhere in the narrative."""
    sections = subject.report.sections
    if subject.report.fee_statement.kind is not FeeKind.MISSING:
        return None
    if any(mentions_the_fee(section.text) for section in sections):
        return None
    last = subject.report.section(len(SECTION_HEADINGS))
    if last is None:
        raise NotStated(why=_NO_SECTION_SIX)
    return _no_fee_statement(last)


_NO_SECTION_SIX = Words(
    "未见第六部分，无法核对信息处理费说明。",
    "Section six was not found, so the fee statement is open.",
)


def _no_fee_statement(last: Section) -> Breach:
    printed = last.text.strip()[:20]
    return Breach(
        cells=(),
        expected=None,
        actual=printed or None,
        message=Words(
            "未见信息处理费收取情况的说明。请在第六部分写明，例如“本年度未收取政府信息公开信息处理费”。",
            "No statement on the information handling fee was found. Please add one to section six, for "
            "example that none was collected this year.",
        ),
    )
