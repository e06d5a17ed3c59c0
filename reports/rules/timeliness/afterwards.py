"""T rules on what became of a report once it was published: withdrawn, revised. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reports.cells import CELL_LABELS, Label
from reports.compare import Change
from reports.deadlines import china_date
from reports.findings import Severity
from reports.rules.engine import Breach, Reach, rule
from reports.rules.gaps import NO_REVISION
from reports.rules.subject import NotTold, Subject
from reports.rules.timeliness.notices import timeliness_of
from reports.status import Status
from reports.status_words import china_time
from reports.words import Words

_OBLIGATION = Reach(needs_report=False)
_CHANGES_NAMED = 3
_LONGEST_VALUE = 20


@rule(
    code="T10",
    severity=Severity.WARNING,
    basis=Words(
        "《政府信息公开条例》第二十四条（集中公开、便于查阅）、第四十九条",
        "Regulation on Disclosure, art. 24 (published where it can be consulted) and art. 49",
    ),
    statement=Words(
        "已公布的年度报告持续可以查到。", "A report, once published, remains where it can be found."
    ),
    clears=Words(
        "恢复原页面，或告知新的地址。",
        "The page is restored, or the new address is made known.",
    ),
    innocent=Words(
        "换地址重新发布、网站整体故障、短时打不开，都不是撤下。",
        "A new address, a site that is down, and a short failure are no withdrawal.",
    ),
    reach=_OBLIGATION,
)
def withdrawn(subject: Subject, _scope: Label) -> Breach | None:
    """Judge by status ``withdrawn``, which rests on repeated looks while the site was healthy."""
    timeliness = timeliness_of(subject)
    if timeliness.status is not Status.WITHDRAWN:
        return None
    because, since = timeliness.because, timeliness.gone_since
    return Breach(
        cells=(),
        expected=None,
        actual=None if since is None else china_date(since).isoformat(),
        message=Words(
            f"{because.zh}请恢复页面，或告知新的地址。",
            f"{because.en} Please restore the page or tell us its new address.",
        ),
    )


@rule(
    code="T11",
    severity=Severity.WARNING,
    basis=Words(
        "《政府信息公开条例》第六条（准确公开）；公布后更改的内容应当可以说明",
        "Regulation on Disclosure, art. 6 (accurate); what is changed after publication can be explained",
    ),
    statement=Words(
        "报告公布后不再更改；确需更正的，说明更正的内容。",
        "A published report does not change; a correction that is needed is explained.",
    ),
    clears=Words(
        "这是对更改的记录；在页面注明更正说明，并由人工确认即可。",
        "This records a change; a note of correction on the page, confirmed by a person, settles it.",
    ),
    innocent=Words(
        "访问计数、推荐阅读、字号等页面变化，以及我们的副本缺失造成的差异，都不算。",
        "Counters, recommended reading and font sizes do not count, nor what only our copy lacks.",
    ),
    reach=_OBLIGATION,
)
def revised(subject: Subject, _scope: Label) -> Breach | None:
    """Tell what the newest version changed: a warning when a figure did, else a notice."""
    revision = subject.case.revision
    if revision is None:
        raise NotTold(NO_REVISION)
    # What stands on one side only may be lost by our copy rather than changed by the publisher.
    sure = [c for c in revision.changes if c.before is not None and c.after is not None]
    figures = [change for change in sure if change.cell in CELL_LABELS]
    if not sure:
        return None
    seen, shown = china_time(revision.seen_at), _named(figures)
    texts = len(sure) - len(figures)
    return Breach(
        cells=tuple(change.cell for change in figures),
        expected=None,
        actual=str(revision.number),
        message=Words(
            f"{seen} 见到的第 {revision.number} 版与上一版相比：数字更改 {len(figures)} 处"
            f"{shown.zh}，文字更改 {texts} 处。如为更正，请在页面说明。",
            f"Version {revision.number}, seen at {seen}, changed {len(figures)} figure(s){shown.en} and "
            f"{texts} text(s). If this is a correction, please say so on the page.",
        ),
        severity=None if figures else Severity.NOTICE,
    )


def _named(figures: Sequence[Change]) -> Words:
    """Return the first of the changed figures, old and new, in brackets."""
    if not figures:
        return Words("", "")
    first = [(CELL_LABELS[change.cell], _both(change)) for change in figures[:_CHANGES_NAMED]]
    more = len(figures) > _CHANGES_NAMED
    zh = "；".join(f"{label.zh} {values}" for label, values in first)
    en = "; ".join(f"{label.en} {values}" for label, values in first)
    return Words(f"（{zh}{' 等' if more else ''}）", f" ({en}{' and more' if more else ''})")


def _both(change: Change) -> str:
    return f"{_short(change.before)}→{_short(change.after)}"


def _short(value: str | None) -> str:
    return (value or "").strip()[:_LONGEST_VALUE] or "“”"
