"""Turns the stored bytes of one snapshot into a report, or into the reason why it is none."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass

from db.archive import Archive
from db.tables import Snapshot
from reports.codec import content_key
from reports.documents.model import Document, Unreadable
from reports.documents.read import read_document
from reports.forms.catalogue import NO_FORM
from reports.model import AnnualReport
from reports.reading.read import read_report
from reports.words import Words

logger = logging.getLogger(__name__)

_SECTIONS_OF_A_REPORT = 3

NO_REPORT = Words(
    "页面可以打开，但没有找到年度报告的正文或表格；请人工查看原页面。",
    "The page opens but holds no text or tables of an annual report; look at the page by hand.",
)
READER_FAILED = Words(
    "程序读取该文件时出错，已保留原件并记录日志；请人工查看原件，并把文件反馈给维护者。",
    "The reader failed on this file; the original is kept and the failure logged. Look at it by hand "
    "and send the file to the maintainers.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one body yields: a report with its document, or the reason why there is none."""

    content_key: str
    report: AnnualReport | None = None
    document: Document | None = None
    unreadable: Words | None = None


def holds_report(report: AnnualReport) -> bool:
    """Say whether a document is an annual report rather than a page that points to one."""
    return report.form is not NO_FORM or len(report.sections) >= _SECTIONS_OF_A_REPORT


def read_body(body: bytes, media_type: str | None, charset: str | None) -> Reading:
    """Read bytes; never raises for what they contain."""
    key = hashlib.sha256(body).hexdigest()
    try:
        document = read_document(body, media_type=media_type, charset=charset)
        report = read_report(document)
    except Unreadable as unreadable:
        return Reading(key, unreadable=unreadable.reason)
    except Exception:  # noqa: BLE001 - the border of the job: one file must not stop the pass
        logger.exception("event=reader_failed sha256=%s", key)
        return Reading(key, unreadable=READER_FAILED)
    if not holds_report(report):
        return Reading(key, document=document, unreadable=NO_REPORT)
    return Reading(content_key(report), report, document)


def read_snapshot(archive: Archive, snapshot: Snapshot) -> Reading:
    """Read an archived body; raises ArchiveDamaged or FileNotFoundError when the archive lost it."""
    return read_body(archive.get(snapshot.sha256), snapshot.media_type, snapshot.charset)
