"""The sentences around the findings of an input: its verdict, how many, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitor.check import Checked
from reports.findings import Finding, Severity, Verdict
from reports.naming import SEVERITIES
from reports.rules.registry import THEMES, rule_named
from reports.words import Words

VERDICTS: Mapping[Verdict, Words] = {
    Verdict.CONSISTENT: Words("一致，未发现错误", "consistent, no error found"),
    Verdict.INCONSISTENT: Words(
        "不一致，有需要改正的错误", "inconsistent, there are errors to mend"
    ),
    Verdict.INCOMPLETE: Words(
        "不完整，未发现错误，但有法定内容无法核对",
        "incomplete, no error found, but statutory parts could not be assessed",
    ),
    Verdict.UNREADABLE: Words("无法读取", "unreadable"),
}
FAULTLESS = Words("一致，未发现问题", "consistent, nothing wrong found")
CLEARS = Words("怎样改正", "How to correct")
BASIS = Words("依据", "Basis")

_DUTIES: Mapping[Severity, Words] = {
    Severity.ERROR: Words("请改正", "to be corrected"),
    Severity.WARNING: Words("请核对，情况属实的可不改", "to be checked; it may be right"),
    Severity.NOTICE: Words("供参考", "for your information"),
}
_FINISHED = Words("核对以上各处后即可发布。", "Look through the above, then it can be published.")
_NEXT: Mapping[Verdict, Words] = {
    Verdict.INCONSISTENT: Words(
        "请按“怎样改正”逐处改好错误，再核对其余各处，然后重新运行本命令。",
        "Correct the errors one by one as described, look through the rest, then run this command again.",
    ),
    Verdict.INCOMPLETE: Words(
        "请把没有读出的表格或数字补齐，或换用原始文件（Word、网页），再重新运行本命令。",
        "Supply the tables or figures that were not read, or check the original file (Word, the page), "
        "then run this command again.",
    ),
    Verdict.UNREADABLE: Words(
        "请按上面的原因处理后，再重新运行本命令。",
        "Mend the cause named above, then run this command again.",
    ),
}


def verdict_of(checked: Checked) -> Words:
    """Return the verdict in words; only an input without any finding is called faultless."""
    if checked.verdict is Verdict.CONSISTENT and not findings_of(checked):
        return FAULTLESS
    return VERDICTS[checked.verdict]


def next_step(checked: Checked) -> Words | None:
    """Return what to do next, None when there is nothing to do."""
    if checked.verdict is Verdict.CONSISTENT:
        return _FINISHED if findings_of(checked) else None
    return _NEXT[checked.verdict]


def conclusion(checked: Checked) -> Words:
    """Return the one line at the end: verdict, how many findings, what to do next."""
    verdict, step, count = verdict_of(checked), next_step(checked), tally(findings_of(checked))
    zh, en = (f"（{count.zh}）", f" ({count.en})") if count else ("", "")
    return Words(
        f"结论：{verdict.zh}{zh}。{step.zh if step else ''}",
        f"Verdict: {verdict.en}{en}. {step.en if step else ''}".rstrip(),
    )


def findings_of(checked: Checked) -> Sequence[Finding]:
    """Return the findings, none for what could not be read."""
    return () if checked.assessment is None else checked.assessment.findings


def by_severity(findings: Sequence[Finding]) -> Iterator[tuple[Severity, Sequence[Finding]]]:
    """Yield the findings of each severity that has any, the gravest first, in the order of the rules."""
    for severity in Severity:
        alike = [finding for finding in findings if finding.severity is severity]
        if alike:
            yield severity, alike


def duty(severity: Severity, count: int) -> Words:
    """Return the heading of a group: how many, and what the reader is to do with them."""
    name, what = SEVERITIES[severity], _DUTIES[severity]
    return Words(f"{name.zh} {count} 处：{what.zh}", f"{name.en} × {count}: {what.en}")


def tally(findings: Sequence[Finding]) -> Words | None:
    """Return how many findings there are of each severity, None without any."""
    counted = [(SEVERITIES[severity], len(alike)) for severity, alike in by_severity(findings)]
    if not counted:
        return None
    return Words(
        "，".join(f"{name.zh} {count} 处" for name, count in counted),
        ", ".join(f"{name.en.lower()} {count}" for name, count in counted),
    )


def summary(verdicts: Iterable[Verdict]) -> Words:
    """Return the one line under several inputs."""
    counted = Counter(verdicts)
    parts = [(VERDICTS[verdict], counted[verdict]) for verdict in Verdict if counted[verdict]]
    return Words(
        f"共 {counted.total()} 份："
        + "，".join(f"{w.zh.split('，')[0]} {n} 份" for w, n in parts)
        + "。",
        f"{counted.total()} in all: "
        + ", ".join(f"{n} {w.en.split(',')[0]}" for w, n in parts)
        + ".",
    )


def remedy(finding: Finding) -> Words:
    """Return what makes the finding go away, as its rule says."""
    rule = rule_named(finding.code)
    return rule.clears if rule else Words("", "")


def theme(finding: Finding) -> Words:
    """Return the theme of the rule."""
    return THEMES.get(finding.code[:1], Words("", ""))


def expectation(finding: Finding) -> Words | None:
    """Return expected beside actual, None where the rule compares nothing."""
    if finding.expected is None and finding.actual is None:
        return None
    expected, actual = shortened(finding.expected), shortened(finding.actual)
    if actual is None:
        return Words(f"应有 {expected}", f"expected {expected}")
    if expected is None:
        return Words(f"现有 {actual}", f"found {actual}")
    return Words(f"应为 {expected}，实为 {actual}", f"expected {expected}, found {actual}")


def shortened(text: str | None, most: int = 80) -> str | None:
    """Return the words of a document as they are shown: on one line, and not all of a long passage."""
    if text is None:
        return None
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
