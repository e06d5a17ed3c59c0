"""P rules on the files that a page offers: do they open, in which format, are there any. Pure."""

from __future__ import annotations

from reports.cells import Label
from reports.findings import Severity
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.explanations import quoted
from reports.rules.presentation.pictures import BASIS, page_of
from reports.rules.subject import Subject
from reports.surroundings import File
from reports.text import one_line
from reports.words import Words

_COMMON = frozenset(
    {"doc", "docx", "pdf", "xls", "xlsx", "rtf", "odt", "ofd", "htm", "html", "txt"}
)
_DOWNLOADS = frozenset({"doc", "docx", "pdf", "ofd", "wps", "rtf", "odt"})
_PAGES = frozenset({"htm", "html"})
_EMPTY = Words("文件为空（0 字节）", "the file is empty (0 bytes)")
_IS_A_PAGE = Words("打开后是网页而不是文件", "what opens is a web page, not a file")


@rule(
    code="P04",
    severity=Severity.WARNING,
    basis=BASIS,
    statement=Words(
        "报告的附件可以打开，内容与其格式相符。",
        "The files of the report open and are what their names say.",
    ),
    clears=Words("重新上传附件。", "The file is uploaded again."),
    innocent=Words(
        "一时打不开的，不算；以 .doc 为名而内容是网页格式、仍能读出报告的，也不算。",
        "A short failure does not count, nor a page saved under .doc from which the report can be read.",
    ),
    reach=Reach(needs_report=False),
)
def files_open(subject: Subject, _scope: Label) -> Breach | None:
    """Look for files that could not be had, are empty, or are pages under a file's name."""
    files = page_of(subject).files
    broken = [(file, why) for file in files if (why := _complaint(file)) is not None]
    if not broken:
        return None
    file, why = broken[0]
    name = quoted(one_line(file.name) or file.url)
    more = len(broken) - 1
    return Breach(
        cells=(),
        expected=file.says,
        actual=file.is_ if file.is_ != file.says else None,
        message=Words(
            f"附件“{name}”{f'等 {len(broken)} 个' if more else ''}不能使用：{why.zh}。请重新上传。",
            f"The file “{name}”{f' and {more} more' if more else ''} cannot be used: {why.en}. Please "
            "upload it again.",
        ),
    )


def _complaint(file: File) -> Words | None:
    if file.failure is not None:
        return file.failure
    if file.size == 0:
        return _EMPTY
    return _IS_A_PAGE if file.is_ in _PAGES and file.says not in {None, *_PAGES} else None


@rule(
    code="P05",
    severity=Severity.NOTICE,
    basis=BASIS,
    statement=Words(
        "附件采用通用格式（doc、docx、pdf、ofd 等）。",
        "Files are offered in a common format (doc, docx, pdf, ofd and the like).",
    ),
    clears=Words("改用通用格式，或另附一份。", "A file in a common format is offered."),
    innocent=Words(
        "OFD 是国家标准格式；网页已有正文，或另附通用格式的，不算。",
        "OFD is a national standard; a page with the text itself, or another file, settles it.",
    ),
    reach=Reach(needs_report=False),
    limits={"characters": "200"},
    default=Default.NOTICE,
)
def odd_formats(subject: Subject, _scope: Label) -> Breach | None:
    """Look at the formats that the names of the files tell, where the text is in files only."""
    page = page_of(subject)
    formats = {file.says for file in page.files if file.says is not None}
    if not formats or formats & _COMMON or page.characters >= int(subject.limits["characters"]):
        return None
    shown = quoted("、".join(sorted(formats)))
    return Breach(
        cells=(),
        expected="doc、docx、pdf、ofd",
        actual=shown,
        message=Words(
            f"报告只以 {shown} 格式的附件提供，需要专门软件才能打开。请另附通用格式。",
            f"The report is offered only as {shown}, which needs particular software. Please add a file "
            "in a common format.",
        ),
    )


@rule(
    code="P06",
    severity=Severity.NOTICE,
    basis=BASIS,
    statement=Words(
        "网页提供报告的下载文件。", "The page offers the report as a file to download."
    ),
    clears=Words("在网页上附上 Word 或 PDF 文件。", "A Word or PDF file is attached."),
    innocent=Words(
        "可以用浏览器打印或保存；多数网页没有下载文件，因此本规则默认关闭。",
        "A browser can print or save the page; most pages offer no file, so the rule begins switched off.",
    ),
    reach=Reach(needs_report=False),
    default=Default.OFF,
)
def no_download(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a file in a format of documents among those of the page, itself being none."""
    page = page_of(subject)
    if page.media_type not in {None, "text/html"}:
        return None
    if any(file.says in _DOWNLOADS for file in page.files):
        return None
    return Breach(
        cells=(),
        expected="doc、docx、pdf、ofd",
        actual=None,
        message=Words(
            "网页没有提供报告的下载文件。建议附上 Word 或 PDF 文件。",
            "The page offers no file of the report to download. A Word or PDF file would help.",
        ),
    )
