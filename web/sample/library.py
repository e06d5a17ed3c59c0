"""Reads what the sample site publishes from its data files: reports and their neighbours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from reports.forms.catalogue import required_form
from web.sample.figures import balanced_figures
from web.sample.plain import report_title
from web.sample.render import WrittenReport, WrittenSection

_DATA = resources.files("web.sample") / "data"


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One report with its place on a site; ``attachment`` is set when the page only links to it."""

    site: str
    path: str
    agency: str
    year: int
    published_on: date
    written: WrittenReport
    attachment: str | None = None
    covering: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        """Return the title as lists and meta tags show it."""
        return report_title(self.agency, self.year)


@dataclass(frozen=True, slots=True)
class Decoy:
    """A page that stands in the same column and is no annual report on disclosure."""

    site: str
    path: str
    title: str
    published_on: date
    paragraphs: tuple[str, ...]


def sample_reports() -> tuple[SampleReport, ...]:
    """Return every report of the sample site, newest first."""
    files = (entry for entry in (_DATA / "reports").iterdir() if entry.name.endswith(".toml"))
    found = (_report(tomllib.loads(entry.read_text(encoding="utf-8"))) for entry in files)
    return tuple(sorted(found, key=lambda report: (report.published_on, report.path), reverse=True))


def sample_decoys() -> tuple[Decoy, ...]:
    """Return the neighbours of the reports, in the order of the data file."""
    listed = tomllib.loads((_DATA / "decoys.toml").read_text(encoding="utf-8"))
    return tuple(
        Decoy(
            site=entry["site"],
            path=entry["path"],
            title=entry["title"],
            published_on=entry["published_on"],
            paragraphs=_paragraphs(entry["text"]),
        )
        for entry in listed["decoys"]
    )


def _report(entry: dict[str, Any]) -> SampleReport:
    return SampleReport(
        site=entry["site"],
        path=entry["path"],
        agency=entry["agency"],
        year=entry["year"],
        published_on=entry["published_on"],
        written=_written(entry),
        attachment=entry.get("attachment"),
        covering=entry.get("covering", ""),
        note=entry.get("note", ""),
    )


def _written(entry: dict[str, Any]) -> WrittenReport:
    form = required_form(entry["year"])
    return WrittenReport(
        title=entry.get("printed_title", report_title(entry["agency"], entry["year"])),
        sections=tuple(
            WrittenSection(section["heading"], _paragraphs(section.get("text", "")))
            for section in entry["sections"]
        ),
        figures=balanced_figures(entry["figures"], form),
        form=form,
        tear=entry.get("tear"),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
