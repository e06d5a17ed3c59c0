"""Writes the results of ``nianshao check`` as they come: in one format, for a person or for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum

import typer

from monitor.check import Checked
from monitor.check_formats.columns import broken, cut, printable
from monitor.check_formats.markdown import markdown_lines
from monitor.check_formats.objects import as_json
from monitor.check_formats.sarif import sarif
from monitor.check_formats.telling import findings_of, summary
from monitor.check_formats.terminal import is_terminal, standard_output
from monitor.check_formats.text import text_lines
from monitor.check_scores import score_key, score_lines
from reports.findings import Verdict
from reports.profile import Profile
from reports.words import Language

_CHINESE = "年"


class Format(StrEnum):
    """What the command prints."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    MARKDOWN = "markdown"


class Output:
    """Prints one result after the other, and what belongs under them all.

    A ``quiet`` one leaves out what needs nothing to be done: read whole, and nothing found. With
    ``scoring`` each result has the points that its findings cost under that profile.
    """

    def __init__(
        self,
        form: Format,
        language: Language,
        inputs: int,
        *,
        quiet: bool,
        scoring: Profile | None = None,
    ) -> None:
        self._form = form
        is_read_by_people = form in {Format.TEXT, Format.MARKDOWN}
        self._language: Language = "en" if is_read_by_people and not _knows(_CHINESE) else language
        self._scoring = scoring
        self._terminal = standard_output()
        self._inputs = inputs
        self._shows_progress = inputs > 1 and is_terminal(sys.stderr)
        self._quiet = quiet
        self._told: list[Checked] = []
        self._all: list[Checked] = []
        self._progress(0)

    @property
    def exit_code(self) -> int:
        """Return the worst code of all inputs."""
        return max(result.exit_code for result in self._all)

    def add(self, result: Checked) -> None:
        """Print one result, now, unless the format wants all of them together."""
        self._clear()
        self._all.append(result)
        if not self._quiet or _needs_attention(result):
            self._told.append(result)
            for line in self._lines(result):
                _write(line)
        self._progress(len(self._all))

    def finish(self) -> None:
        """Print what belongs under all results."""
        self._clear()
        if self._form is Format.SARIF:
            _write(sarif(self._all, self._language, ascii_only=not _speaks_unicode()))
        elif self._form is not Format.JSON and self._inputs > 1 and self._told:
            _write(summary(result.verdict for result in self._all).in_language(self._language))

    def _lines(self, result: Checked) -> Iterator[str]:
        match self._form:
            case Format.TEXT:
                lines = list(text_lines(result, self._language, self._terminal))
                for line in score_lines(result, self._scoring, self._language, markdown=False):
                    lines += self._fitted(line)
                yield from lines
                yield from [""] if self._inputs > 1 and _is_block(lines) else []
            case Format.MARKDOWN:
                yield from markdown_lines(result, self._language)
                yield from score_lines(result, self._scoring, self._language, markdown=True)
            case Format.JSON:
                said = {
                    **as_json(result, self._language),
                    **score_key(result, self._scoring, self._language),
                }
                yield json.dumps(said, ensure_ascii=not _speaks_unicode())
            case Format.SARIF:
                return

    def _fitted(self, line: str) -> Iterator[str]:
        """Yield an indented line in as many as the terminal needs, harmless whatever it quotes."""
        said = line.lstrip(" ")
        indent = line[: len(line) - len(said)]
        return broken(printable(said), self._terminal.columns, indent, f"{indent}  ")

    def _progress(self, done: int) -> None:
        """Say how far we are, to a person who waits for many inputs."""
        if self._shows_progress and done < self._inputs:
            name = printable(self._all[-1].source) if self._all else ""
            line = cut(f"{done}/{self._inputs} {name}", (self._terminal.columns or 80) - 1)
            typer.echo(f"\r{line}\x1b[K", err=True, nl=False)

    def _clear(self) -> None:
        if self._shows_progress:
            typer.echo("\r\x1b[K", err=True, nl=False)


def _needs_attention(result: Checked) -> bool:
    """Say whether there is anything to be done: a finding, or something that could not be read."""
    return result.verdict is not Verdict.CONSISTENT or bool(findings_of(result))


def _is_block(lines: Sequence[str]) -> bool:
    return any(not line for line in lines) or len(lines) > 2


def _knows(text: str) -> bool:
    """Say whether our output can hold the text: an old terminal that cannot is spoken to in English."""
    try:
        text.encode(_encoding())
    except UnicodeEncodeError:
        return False
    return True


def _speaks_unicode() -> bool:
    return _encoding().lower().replace("-", "") in {"utf8", "utf16", "gb18030"}


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"


def _write(line: str) -> None:
    """Print a line; a character that the terminal does not know never ends the check."""
    known = line.encode(_encoding(), "replace").decode(_encoding())
    typer.echo(known)
