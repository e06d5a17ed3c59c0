"""What one body yields, as it comes back from a worker: a report, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reports.documents.model import Attachment, Document, Method
from reports.forms.catalogue import NO_FORM
from reports.model import AnnualReport, Quality
from reports.words import Words

_SECTIONS_OF_A_REPORT = 3
_FILES_NAMED, _LONGEST_NAME = 3, 60

NO_REPORT = Words(
    "可以打开，但没有找到年度报告的正文或表格；请人工查看原件或原页面。",
    "It opens but holds no text or tables of an annual report; look at the original by hand.",
)
READER_FAILED = Words(
    "程序读取该文件时出错，已记入日志；请人工查看原件，并把文件反馈给维护者。",
    "The reader failed on this file, and the failure is logged. Look at the file by hand "
    "and send it to the maintainers.",
)
NOTHING_RECOGNISED = Words(
    "文件是图片；已做文字识别，但没有认出年度报告，请人工查看原件，并向发布单位索取文字版本。",
    "The document is a picture; characters were recognised, but no annual report among them. Look at the "
    "original by hand, and ask the publisher for a text version.",
)


@dataclass(frozen=True, slots=True)
class Body:
    """Foreign bytes with what the server said of them, and where the site says that its articles stand."""

    content: bytes
    media_type: str | None = None
    charset: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is kept of a document beside its report. ``grids`` are as ``grids_to_store`` gives them.

    ``characters`` counts those of its text and tables, blanks left out.
    """

    media_type: str
    charset: str | None
    titles: tuple[str, ...] = ()
    published_on: date | None = None
    attachments: tuple[Attachment, ...] = ()
    images: int = 0
    method: Method = Method.TEXT
    grids: Sequence[Any] = ()
    metas: Mapping[str, str] = field(default_factory=dict)
    printed_on: date | None = None
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one body yields. ``unreadable`` says why there is no report, ``code`` is its stable name.

    ``content_key`` is that of the report, or the SHA-256 of the bytes when there is none.
    """

    content_key: str
    report: AnnualReport | None = None
    document: DocumentFacts | None = None
    unreadable: Words | None = None
    code: str | None = None


def holds_report(report: AnnualReport) -> bool:
    """Say whether a document is an annual report rather than a page that points to one."""
    return report.form is not NO_FORM or len(report.sections) >= _SECTIONS_OF_A_REPORT


def why_no_report(document: Document) -> Words:
    """Return why a document that opens gives no report, and where the report may be."""
    if document.attachments:
        return _attached(document.attachments)
    if document.images:
        return Words(
            f"页面可以打开，但没有年度报告的正文或表格，只有 {document.images} 张图片；报告可能就在图片里，"
            "请打开或下载图片查看，并向发布单位索取文字版本。",
            f"The page opens but holds no text or tables of an annual report, only {document.images} "
            "picture(s), which may be the report: open or download them, and ask for a text version.",
        )
    return NO_REPORT


def _attached(files: Sequence[Attachment]) -> Words:
    names = [(file.text or file.href)[:_LONGEST_NAME] for file in files[:_FILES_NAMED]]
    zh, en = "、".join(f"“{name}”" for name in names), ", ".join(f"“{name}”" for name in names)
    return Words(
        f"页面可以打开，但没有年度报告的正文或表格；页面提供 {len(files)} 个附件（{zh}"
        f"{' 等' if len(files) > len(names) else ''}），报告可能在附件中，请查看附件。",
        f"The page opens but holds no text or tables of an annual report; it offers {len(files)} "
        f"file(s) ({en}{' and more' if len(files) > len(names) else ''}): look for the report there.",
    )


def is_picture(reading: Reading) -> bool:
    """Say whether the body shows its text as a picture, of which nothing was read."""
    return reading.code == "image"


def cells_read(reading: Reading) -> int:
    """Return how many cells of the statutory tables the reading holds, blank ones included."""
    if reading.report is None:
        return 0
    tables = reading.report.tables.values()
    return sum(cell.raw is not None for table in tables for cell in table.cells.values())


def is_whole(reading: Reading) -> bool:
    """Say whether every statutory table was read to the last cell."""
    if reading.report is None:
        return False
    return all(table.quality is Quality.COMPLETE for table in reading.report.tables.values())
