"""A plain, correct report for any agency and year: what most agencies publish. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reports.forms.catalogue import required_form
from web.sample.figures import balanced_figures
from web.sample.render import WrittenReport, headed
from web.sample.tables import Figures


def report_title(agency: str, year: int) -> str:
    """Return the usual title of an annual report."""
    return f"{agency}{year}年政府信息公开工作年度报告"


def plain_report(
    agency: str, year: int, parts: Mapping[str, int | str] | None = None
) -> WrittenReport:
    """Return a report whose text agrees with its figures; ``parts`` as for balanced_figures."""
    form = required_form(year)
    return report_of(agency, year, balanced_figures(parts or {}, form))


def report_of(agency: str, year: int, figures: Figures) -> WrittenReport:
    """Return a report with exactly these figures; the text takes its numbers from them."""
    return WrittenReport(
        title=report_title(agency, year),
        sections=(
            headed(1, *_overview(agency, year, figures)),
            headed(2),
            headed(3),
            headed(4),
            headed(5, *_problems(year)),
            headed(6, f"{year}年，{agency}未收取政府信息公开信息处理费。"),
        ),
        figures=figures,
        form=required_form(year),
    )


def _overview(agency: str, year: int, figures: Figures) -> tuple[str, ...]:
    return (
        f"{agency}按照《中华人民共和国政府信息公开条例》编制本报告，"
        f"所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
        "（一）主动公开。职责、人员、办事流程和年度预算按目录及时上网，变动后五个工作日内更新。",
        f"（二）依申请公开。{_received(year, figures)}",
        "（三）政府信息管理。每件公文在起草时注明公开属性，归档前再核对一次。",
        "（四）政府信息公开平台建设。网站专栏与服务大厅的查阅点内容一致，由同一人维护。",
        "（五）监督保障。办公室按季度自查，结果报分管负责人，全年没有责任追究的情形。",
    )


def _received(year: int, figures: Figures) -> str:
    count = figures.get("requests.new.total")
    if count is None:
        return "申请的受理与答复情况见第三部分表格。"
    if count == "0":
        return f"{year}年未收到政府信息公开申请。"
    return f"{year}年共收到政府信息公开申请{count}件，均在规定期限内办理。"


def _problems(year: int) -> tuple[str, ...]:
    return (
        "主要问题是部分栏目的信息偏旧，个别文件的公开晚于印发较多，经办人员更替后业务还不熟。",
        f"{year + 1}年将改进三项工作：逐栏核对更新日期，把公开时限写入发文流程，"
        "安排新任人员参加信息公开业务培训。",
    )
