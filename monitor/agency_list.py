"""What the register says of each agency for one report year: as an object, and as a line. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.ledger import iso_in_china
from monitor.register_settings import AgencySettings
from monitor.settings import Settings
from reports.deadlines import Deadlines, RegionalDays, Term, term_of
from reports.duties import Charge, Duty, Waiver, waiver_of
from reports.naming import DUTIES
from reports.words import Language, Words
from web.words import KINDS


@dataclass(frozen=True, slots=True)
class Owing:
    """What the register says of one report year; ``names`` is key → name."""

    year: int
    deadlines: Deadlines
    names: Mapping[str, str]

    def of(self, agency: AgencySettings) -> tuple[Term, Waiver | None]:
        """Return when the report is due, and why none is required, if so."""
        term = term_of(agency.kind, agency.region, self.year, self.deadlines)
        heir = self.names.get(agency.successor or "", agency.successor)
        charge = Charge(agency.owed, agency.since, agency.until, agency.exempt_reason, heir)
        return term, waiver_of(charge, self.year, term.last_day)


def owing(settings: Settings, year: int) -> Owing:
    """Return what the configured register says of one report year."""
    names = {agency.key: agency.name for agency in settings.agencies}
    return Owing(year, settings.deadlines.deadlines(), names)


def agency_json(agency: AgencySettings, owes: Owing, language: Language) -> Mapping[str, Any]:
    """Return one agency with what it owes for the year, as ``agencies list --json`` prints it."""
    term, waiver = owes.of(agency)
    return {
        **agency.model_dump(mode="json"),
        "duty": agency.owed.value,
        "year": owes.year,
        "due_at": iso_in_china(term.due_at),
        "extended_by": term.extended_by,
        "local_day": None if term.local_day is None else term.local_day.isoformat(),
        "local_by": term.local_by,
        "owed": waiver is None,
        "because": None if waiver is None else waiver.reason.in_language(language),
    }


def agency_line(agency: AgencySettings, owes: Owing, language: Language) -> str:
    """Return one agency in a line: key, name, kind, region, and the last day or why there is none."""
    term, waiver = owes.of(agency)
    said = f"≤ {term.last_day}" if waiver is None else waiver.reason.in_language(language)
    kind = KINDS[agency.kind].in_language(language)
    return f"{agency.key:<20} {agency.name}  {kind} {agency.region or '—'}  {said}"


def summary(settings: Settings) -> Iterator[Words]:
    """Yield the sentences that sum the register up: duties, kinds, regions, days, columns that lack."""
    agencies = settings.agencies
    if not agencies:
        return
    yield _counts("义务", "Duties", DUTIES, Counter(agency.owed for agency in agencies))
    yield _counts("类型", "Kinds", KINDS, Counter(agency.kind for agency in agencies))
    regions = Counter(agency.region for agency in agencies)
    yield Words(
        f"区划：{len(regions)} 个；未写区划的单位 {regions['']} 家。",
        f"Divisions: {len(regions)}; agencies without one: {regions['']}.",
    )
    without = [
        agency.key for agency in agencies if agency.owed is Duty.REQUIRED and not agency.columns
    ]
    if without:
        more = "…" if len(without) > 5 else ""
        yield Words(
            f"没有配置栏目的单位 {len(without)} 家，无法查看：{'、'.join(without[:5])}{more}",
            f"Agencies without a column, which cannot be watched: {len(without)} "
            f"({', '.join(without[:5])}{more})",
        )
    yield from (_days(days) for days in settings.deadlines.deadlines().regions)


def _counts(zh: str, en: str, names: Mapping[Any, Words], counts: Mapping[Any, int]) -> Words:
    filled = [(name, counts[kind]) for kind, name in names.items() if counts.get(kind)]
    return Words(
        f"{zh}：{'，'.join(f'{name.zh} {count}' for name, count in filled)}。",
        f"{en}: {', '.join(f'{name.en} {count}' for name, count in filled)}.",
    )


def _days(days: RegionalDays) -> Words:
    given = (
        (Words("部门", "departments"), days.department),
        (Words("政府", "governments"), days.government),
        (Words("内部期限", "local day"), days.local),
    )
    said = [(name, f"{day.month:02d}-{day.day:02d}") for name, day in given if day is not None]
    return Words(
        f"{days.region}：{'，'.join(f'{name.zh} {day}' for name, day in said)}（{days.basis}）",
        f"{days.region}: {', '.join(f'{name.en} {day}' for name, day in said)} ({days.basis})",
    )


def in_region(agencies: Sequence[AgencySettings], pattern: str | None) -> Iterator[AgencySettings]:
    """Yield the agencies of a division, or of all inside with ``*`` behind its code; all for None."""
    wanted = None if pattern is None else RegionalDays(pattern, "")
    return (agency for agency in agencies if wanted is None or wanted.covers(agency.region))
