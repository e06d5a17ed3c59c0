"""What a person reads in a terminal: what was read, each finding with its part of the table, one verdict."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.check import Checked
from monitor.check_formats.columns import broken, cut, printable
from monitor.check_formats.excerpt import excerpts
from monitor.check_formats.gaps import gap_lines
from monitor.check_formats.sketch import sketched
from monitor.check_formats.telling import (
    BASIS,
    CLEARS,
    by_severity,
    conclusion,
    duty,
    expectation,
    findings_of,
    remedy,
    verdict_of,
)
from monitor.check_formats.terminal import Paint, Terminal
from reports.findings import Finding, Severity, Verdict
from reports.model import AnnualReport
from reports.reading_words import figures_read, headline, reading_lines
from reports.words import Language, Words

_COLOURS = {
    Severity.ERROR: Paint.RED,
    Severity.WARNING: Paint.YELLOW,
    Severity.NOTICE: Paint.CYAN,
}
_MOST_LINES, _FEWEST_ROWS = 12, 4
_LEGEND = Words(
    "表中 [ ] 是有疑问的格（≠ 之后是应有的数），* 是要一同核对的格。",
    "In the tables [ ] marks the cell in question (after ≠ what was expected), * those to compare with it.",
)


def text_lines(
    checked: Checked, language: Language, terminal: Terminal | None = None
) -> Iterator[str]:
    """Yield what a person reads of one input; one line where there is nothing to be done."""
    page = _Page(language, terminal or Terminal())
    if checked.report is None or checked.assessment is None:
        yield from page.unreadable(checked)
    elif checked.verdict is Verdict.CONSISTENT and not findings_of(checked):
        yield from page.faultless(checked, checked.report)
    else:
        yield from page.whole(checked, checked.report)


class _Page:
    """Writes in one language for one terminal."""

    def __init__(self, language: Language, terminal: Terminal) -> None:
        self._language: Language = language
        self._terminal = terminal

    def unreadable(self, checked: Checked) -> Iterator[str]:
        yield self._bold(printable(checked.source))
        if checked.reason is not None:
            yield from self._said(checked.reason, "  ")
        yield from self._concluded(checked)

    def faultless(self, checked: Checked, report: AnnualReport) -> Iterator[str]:
        parts = [verdict_of(checked), headline(report), *figures_read(report)]
        words = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
        source = printable(checked.source)
        line = Words(f"{source}：{words[0]}。", f"{source}: {words[1]}.")
        yield from self._said(line, "", "  ")
        yield from self._remarks(checked, report)

    def whole(self, checked: Checked, report: AnnualReport) -> Iterator[str]:
        yield self._bold(printable(checked.source))
        for line in (headline(report), *figures_read(report)):
            yield from self._said(line, "  ")
        number, drawn = 0, False
        for severity, findings in by_severity(findings_of(checked)):
            yield ""
            heading = self._in(duty(severity, len(findings)))
            yield self._terminal.painted(f"  {heading}", _COLOURS[severity], Paint.BOLD)
            for finding in findings:
                number += 1
                drawn |= bool(finding.cells)
                yield from self._finding(number, finding, report)
        yield ""
        if drawn:
            yield from self._said(_LEGEND, "  ")
        yield from self._remarks(checked, report)
        yield from self._concluded(checked)

    def _remarks(self, checked: Checked, report: AnnualReport) -> Iterator[str]:
        for line in reading_lines(report):
            yield from self._said(line, "  ! ", "    ")
        for line in gap_lines(checked):
            yield from self._said(line, "  · ", "    ")

    def _concluded(self, checked: Checked) -> Iterator[str]:
        for line in self._broken(conclusion(checked), "", "  "):
            yield self._bold(line)

    def _finding(self, number: int, finding: Finding, report: AnnualReport) -> Iterator[str]:
        what = list(self._said(finding.message, f"  {number}. {finding.code} ", "     "))
        what += self._beside(finding)
        how = [
            *self._said(Words(*_titled(CLEARS, remedy(finding))), "     ", "       "),
            *self._basis(finding),
        ]
        yield from what
        room = _MOST_LINES - len(what) - len(how) - 1
        for excerpt in excerpts(report, finding, max(_FEWEST_ROWS, room)):
            yield from sketched(excerpt, self._language, self._terminal)
        yield from how

    def _beside(self, finding: Finding) -> Iterator[str]:
        words = expectation(finding)
        if words is not None:
            yield from self._said(words, "     ")

    def _basis(self, finding: Finding) -> Iterator[str]:
        """Yield the provision, on one line of a terminal: ``nianshao rules CODE`` gives it in full."""
        line = "     " + printable(self._in(Words(*_titled(BASIS, finding.basis))))
        columns = self._terminal.columns
        yield line if columns is None else cut(line, columns)

    def _said(self, words: Words, first: str, rest: str | None = None) -> Iterator[str]:
        return self._broken(words, first, first if rest is None else rest)

    def _broken(self, words: Words, first: str, rest: str) -> Iterator[str]:
        return broken(printable(self._in(words)), self._terminal.columns, first, rest)

    def _bold(self, line: str) -> str:
        return self._terminal.painted(line, Paint.BOLD)

    def _in(self, words: Words) -> str:
        return words.in_language(self._language)


def _titled(title: Words, words: Words) -> tuple[str, str]:
    return f"{title.zh}：{words.zh}", f"{title.en}: {words.en}"
