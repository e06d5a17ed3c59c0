"""S rules on the generation of the form, and the columns of table 3. Pure."""

from __future__ import annotations

from decimal import Decimal

from reports.cells import Label, request_key
from reports.findings import Severity
from reports.forms.catalogue import FORM_2019, NO_FORM, required_form
from reports.forms.form import Form
from reports.model import AnnualReport, Quality, TableName
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.subject import NotStated, Subject
from reports.words import Words

_BASIS = Words(
    "国办公开办函〔2021〕30号（2021 年起）、国办公开办函〔2019〕60号（2019—2020 年）",
    "国办公开办函〔2021〕30号 (from 2021), 国办公开办函〔2019〕60号 (2019–2020)",
)
_SINCE_2019 = Reach(first_year=2019)
_UNREAD = frozenset({Quality.ABSENT, Quality.IMAGE})


@rule(
    code="S08",
    severity=Severity.ERROR,
    basis=_BASIS,
    statement=Words(
        "2021 年起的报告不再使用 2019 年格式的表格。",
        "Reports from 2021 on no longer use the tables of the 2019 form.",
    ),
    clears=Words(
        "换用 2021 年格式的表格重新填报。", "The tables of the 2021 form take the old ones' place."
    ),
    innocent=Words(
        "正文引用“对外公开总数量”“政府集中采购”等旧格式用语不算；只看第二表的行名和列名。",
        "Words of the old form in the narrative do not count; only labels of table 2 do.",
    ),
    reach=_SINCE_2019,
)
def outdated_form(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a table 2 of an older form than the year requires."""
    found = _other_generation(subject)
    if found is None or found[0].first_year > found[1].first_year:
        return None
    return _wrong_generation(subject, *found)


@rule(
    code="S09",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "2019、2020 年的报告使用当年格式的表格。",
        "Reports of 2019 and 2020 use the tables of their own form.",
    ),
    clears=Words(
        "换用 2019 年格式的表格；事后重新录入的可不改。",
        "The tables of the 2019 form take their place; a report retyped later may stay.",
    ),
    innocent=Words(
        "旧报告事后重新录入时改用了新表，只作提示。",
        "An old report that was retyped later in the new tables is only noted.",
    ),
    reach=_SINCE_2019,
)
def premature_form(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a table 2 of a newer form than the year requires."""
    found = _other_generation(subject)
    if found is None or found[0].first_year < found[1].first_year:
        return None
    return _wrong_generation(subject, *found)


def _other_generation(subject: Subject) -> tuple[Form, Form] | None:
    """Return the form printed and the one due when they differ; table 2 alone tells them apart."""
    found, year = subject.report.form, subject.form_year
    if year is None or found is NO_FORM:
        return None
    if subject.table(TableName.PROACTIVE).quality in _UNREAD:
        return None
    due = required_form(max(year, FORM_2019.first_year))
    return None if found.name == due.name else (found, due)


def _wrong_generation(subject: Subject, found: Form, due: Form) -> Breach:
    have, want, year = found.basis, due.basis, subject.form_year
    return Breach(
        cells=(),
        expected=due.name,
        actual=found.name,
        message=Words(
            f"{year} 年报告应使用{want.zh}，第二表用的是{have.zh}。请换用对应年度的表格。",
            f"The report of {year} uses the {want.en}; table 2 follows the {have.en}. Please use the "
            "tables of the right year.",
        ),
    )


@rule(
    code="S06",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words("第三表有 7 列。", "Table 3 has seven columns."),
    clears=Words("补上缺少的列。", "The absent column is added."),
    innocent=Words(
        "文本、文件转换时丢失的列不算；只有网页本身就是报告、其余各列齐全时才提示，其他情况不作判定。",
        "Columns lost when a file or text was converted do not count: only where the page itself is the "
        "report and every other column is whole; else the rule is not assessed.",
    ),
    reach=_SINCE_2019,
    limits={"fewest_characters": "300"},
    default=Default.NOTICE,
)
def seven_columns(subject: Subject, _scope: Label) -> Breach | None:
    """Look for columns of which not one cell is printed. Raises NotStated unless the page proves it."""
    columns = _empty_columns(subject)
    if not columns:
        return None
    keys = tuple(_column(subject.report.form, column.key) for column in columns)
    lost = tuple(key for column in keys for key in column)
    if not (_page_is_the_report(subject) and _rest_is_whole(subject.report, frozenset(lost))):
        raise NotStated(lost)
    names = Words("、".join(c.words.zh for c in columns), ", ".join(c.words.en for c in columns))
    count = len(subject.report.form.request_columns)
    return Breach(
        cells=(),
        expected=str(count),
        actual=str(count - len(columns)),
        message=Words(
            f"第三表应有 {count} 列，网页上的表中未见：{names.zh}。请核对并补上缺少的列。",
            f"Table 3 has {count} columns; the table on the page lacks: {names.en}. Please check it and "
            "add what is absent.",
        ),
    )


def _empty_columns(subject: Subject) -> tuple[Label, ...]:
    """Return the columns without any printed cell; of a table that is not there, none."""
    table, form = subject.table(TableName.REQUESTS), subject.report.form
    if table.quality is not Quality.TRUNCATED or form is NO_FORM:
        return ()
    empty = tuple(
        column
        for column in form.request_columns
        if all(subject.report.cell(key).raw is None for key in _column(form, column.key))
    )
    return () if len(empty) == len(form.request_columns) else empty


def _column(form: Form, column: str) -> tuple[str, ...]:
    return tuple(request_key(row.key, column) for row in form.request_rows)


def _page_is_the_report(subject: Subject) -> bool:
    """Say whether the report was read from a page's own table, so that no conversion lost a column."""
    page = subject.case.page
    if page is None or page.files or "html" not in (page.media_type or ""):
        return False
    return Decimal(page.characters) >= subject.limits["fewest_characters"]


def _rest_is_whole(report: AnnualReport, lost: frozenset[str]) -> bool:
    kept = (key for key in report.form.request_keys if key not in lost)
    return all(report.cell(key).raw is not None for key in kept)
