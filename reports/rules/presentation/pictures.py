"""P rules on reports that cannot be read as text: pictures of tables, scans, files only. Pure."""

from __future__ import annotations

from reports.cells import Label
from reports.findings import Severity
from reports.model import Quality
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.gaps import NO_PAGE, TABLE_WORDS
from reports.rules.subject import NotTold, Subject
from reports.surroundings import Page
from reports.words import Words

BASIS = Words(
    "《政府信息公开条例》第二十四条（信息公开平台具备信息检索、查阅、下载等功能）",
    "Regulation on Disclosure, art. 24 (the platform offers search, reading and download)",
)


def page_of(subject: Subject) -> Page:
    """Return the page that shows the report. Raises NotTold when nobody told."""
    if subject.case.page is None:
        raise NotTold(NO_PAGE)
    return subject.case.page


@rule(
    code="P01",
    severity=Severity.WARNING,
    basis=BASIS,
    statement=Words(
        "第二至第四部分的表格以文字提供，不只是图片。",
        "The tables of sections 2 to 4 are given as text, not only as pictures.",
    ),
    clears=Words(
        "以文字表格重新发布，或同时提供可下载的文字版本。",
        "The tables are published as text, or a text version is offered beside the picture.",
    ),
    innocent=Words(
        "只是装饰图片而表格另有文字的，另附文字版本文件的，不算。",
        "Decorative pictures beside tables of text, and pages with a text version attached, do not count.",
    ),
)
def tables_as_pictures(subject: Subject, _scope: Label) -> Breach | None:
    """Look for statutory tables of which only a picture was found, on a page that offers no file."""
    page = page_of(subject)
    tables = subject.report.tables.values()
    pictured = [TABLE_WORDS[table.name] for table in tables if table.quality is Quality.IMAGE]
    if not pictured or not page.images or page.files:
        return None
    zh, en = "、".join(words.zh for words in pictured), ", ".join(words.en for words in pictured)
    return Breach(
        cells=(),
        expected=None,
        actual=str(page.images),
        message=Words(
            f"{zh}没有文字内容，正文有 {page.images} 张图片，表格可能只以图片提供，无法检索和核对。"
            "请改用文字表格，或另附文字版本。",
            f"{en}: no text, while the article has {page.images} picture(s); given only as a picture, a "
            "table can be neither searched nor checked. Please publish it as text or attach a text version.",
        ),
    )


@rule(
    code="P02",
    severity=Severity.WARNING,
    basis=BASIS,
    statement=Words(
        "报告以文字提供，不只是图片或扫描件。",
        "The report is given as text, not only as a picture or scan.",
    ),
    clears=Words(
        "发布文字版本，或同时提供可下载的文字版本。",
        "A text version is published, or offered beside the picture.",
    ),
    innocent=Words(
        "文字版本之外另附的图解、图片版、盖章扫描件，不算。",
        "An infographic, picture or stamped scan beside a text version does not count.",
    ),
    reach=Reach(needs_report=False),
    limits={"characters": "300"},
)
def report_as_picture(subject: Subject, _scope: Label) -> Breach | None:
    """Judge by how the report was had, and by how much text stands beside the page's pictures."""
    page = page_of(subject)
    few = page.characters < int(subject.limits["characters"])
    if not page.scanned and not (few and page.images and not page.files):
        return None
    return Breach(
        cells=(),
        expected=None,
        actual=None,
        message=Words(
            "报告只以图片或扫描件提供，没有可读取的文字，无法检索、复制和核对。请发布文字版本。",
            "The report is given only as a picture or scan without readable text: it can be neither "
            "searched nor copied nor checked. Please publish a text version.",
        ),
    )


@rule(
    code="P03",
    severity=Severity.NOTICE,
    basis=BASIS,
    statement=Words(
        "网页上有报告正文，不只提供附件。",
        "The page shows the text of the report and not only an attachment.",
    ),
    clears=Words(
        "在网页正文中同时发布报告全文。", "The text is also published on the page itself."
    ),
    innocent=Words(
        "只以附件发布是允许的，因此只作提示。", "An attachment alone is permitted: a notice only."
    ),
    reach=Reach(needs_report=False),
    limits={"characters": "200"},
    default=Default.NOTICE,
)
def only_attached(subject: Subject, _scope: Label) -> Breach | None:
    """Count the text of a page that offers files."""
    page = page_of(subject)
    if not page.files or page.characters >= int(subject.limits["characters"]):
        return None
    count = len(page.files)
    return Breach(
        cells=(),
        expected=None,
        actual=str(page.characters),
        message=Words(
            f"网页正文只有 {page.characters} 字，报告在 {count} 个附件中。"
            "建议同时在网页上发布全文，便于查阅。",
            f"The page has {page.characters} characters of text; the report is in {count} file(s). Its "
            "text on the page itself would be easier to read.",
        ),
    )
