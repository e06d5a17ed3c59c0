"""Reads agencies, and sites with their columns, from CSV or XLSX; all faults of all rows are told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from monitor.config_words import reason_of
from monitor.errors import Refusal
from monitor.register_files.cells import MOST_BYTES, Cell, Row, Sheet, Unusable
from monitor.register_files.csv_text import read_csv
from monitor.register_files.header import Table, table_of
from monitor.register_files.headings import AGENCY_HEADINGS, SITE_HEADINGS, Form, Heading, plain
from monitor.register_settings import AgencySettings
from monitor.site_settings import ColumnSettings, SiteSettings
from reports.words import Words

_MOST_TOLD = 200
_LACKING = Words("不能为空", "must not be empty")
# Lets the site of a row be judged although its column is at fault.
_ANY = ColumnSettings(key="any", url="/")
Made = TypeVar("Made", bound=BaseModel)
_YES_OR_NO = {
    **dict.fromkeys(("true", "yes", "是", "1"), True),
    **dict.fromkeys(("false", "no", "否", "0"), False),
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One agency of a file, and where it stands: ``agencies.csv 第 7 行``."""

    agency: AgencySettings
    place: Words


def read_agencies(path: Path) -> tuple[Entry, ...]:
    """Return the agencies of a file in its order. Raises Refusal with one sentence for every fault."""
    reader = _Reader(path, _table(path, AGENCY_HEADINGS))
    entries: list[Entry] = []
    for row in reader.table.rows:
        values = reader.values(row)
        agency = reader.made(AgencySettings, values.get(AgencySettings, {}), row)
        if agency is not None:
            entries.append(Entry(agency, reader.place(row)))
    reader.refuse()
    return tuple(entries)


def read_sites(path: Path) -> tuple[SiteSettings, ...]:
    """Return the sites of a file, each with the columns of its rows. Raises Refusal as for agencies."""
    reader = _Reader(path, _table(path, SITE_HEADINGS))
    sites: dict[str, SiteSettings] = {}
    columns: dict[str, list[ColumnSettings]] = {}
    for row in reader.table.rows:
        values = reader.values(row)
        column = reader.made(ColumnSettings, values.get(ColumnSettings, {}), row)
        own = _as_above(sites, values.get(SiteSettings, {}))
        site = reader.made(SiteSettings, {**own, "columns": (column or _ANY,)}, row)
        if site is None or column is None:
            continue
        reader.problems.extend(
            _differing(sites.setdefault(site.key, site), site, reader.place(row))
        )
        columns.setdefault(site.key, []).append(column)
    reader.refuse()
    return tuple(
        site.model_copy(update={"columns": tuple(columns[key])}) for key, site in sites.items()
    )


def _table(path: Path, headings: Sequence[Heading]) -> Table:
    try:
        return table_of(_sheets(path), headings)
    except Refusal as refusal:
        raise Refusal(
            *(Words(f"{path.name}：{w.zh}", f"{path.name}: {w.en}") for w in refusal.all)
        ) from None


def _sheets(path: Path) -> tuple[Sheet, ...]:
    data = _bytes(path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(
            Words(
                "是旧版 XLS 或已加密的文件；请另存为 XLSX 或 CSV（UTF-8）。",
                "It is an old XLS file or encrypted; save it as XLSX or CSV (UTF-8).",
            )
        )
    if data.startswith(b"PK"):
        # Only who has a workbook needs what reads one.
        from monitor.register_files.workbook import read_workbook

        return read_workbook(data)
    return (read_csv(data),)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(
            Words(
                f"无法读取 {path}：{error.strerror}；请核对路径和权限。",
                f"{path} cannot be read: {error.strerror}; check the path and its permissions.",
            )
        ) from None
    if len(data) > MOST_BYTES:
        size = MOST_BYTES // 1_048_576
        raise Refusal(
            Words(
                f"超过 {size} MB；请只保留名录，或分成几个文件。",
                f"It is over {size} MB; keep the register alone, or split the file.",
            )
        )
    return data


_Values = dict[type[BaseModel], dict[str, Any]]


@dataclass(slots=True)
class _Reader:
    """Reads the rows of one file and gathers what is wrong with them."""

    path: Path
    table: Table
    problems: list[Words] = field(default_factory=list)
    blamed: set[tuple[int, type[BaseModel], str]] = field(default_factory=set)

    def place(self, row: Row) -> Words:
        return Words(f"{self.path.name} 第 {row.number} 行", f"{self.path.name} row {row.number}")

    def values(self, row: Row) -> _Values:
        """Return the values of a row by the table that they fill; what is blank is left out."""
        values: _Values = {}
        for at, cell in enumerate(row.cells):
            heading = self.table.columns.get(at)
            if at >= self.table.width and cell:
                self._has_too_many(row, cell)
            elif heading is None or not cell:
                continue
            elif isinstance(cell, Unusable):
                self.blamed.add((row.number, heading.table, heading.key))
                self._blame(row, self.table.written[at], cell.shown, cell.why)
            else:
                values.setdefault(heading.table, {})[heading.key] = _value(heading, cell)
        return values

    def made(self, model: type[Made], values: Mapping[str, Any], row: Row) -> Made | None:
        """Return what the values make, or None after saying what is wrong with each of them."""
        try:
            return model.model_validate(dict(values))
        except ValidationError as error:
            for problem in error.errors():
                at = str(problem["loc"][0])
                if (row.number, model, at) in self.blamed:
                    continue
                lacking = problem["type"] == "missing"
                why = _LACKING if lacking else reason_of(dict(problem))
                shown = "" if lacking else str(problem["input"])
                self._blame(row, self._written(model, at), shown, why)
            return None

    def refuse(self) -> None:
        """Raise Refusal when anything was wrong; of very many faults the first are told, and their number."""
        if not self.problems:
            return
        untold = len(self.problems) - _MOST_TOLD
        more = (Words(f"另有 {untold} 处未列出。", f"{untold} more are not listed."),)
        raise Refusal(*self.problems[:_MOST_TOLD], *(more if untold > 0 else ()))

    def _written(self, model: type[BaseModel], name: str) -> str:
        kept = self.table.columns.items()
        at = next((n for n, h in kept if h.table is model and h.key == name), None)
        return name if at is None else self.table.written[at]

    def _blame(self, row: Row, column: str, shown: str, why: Words) -> None:
        place, value = self.place(row), shown[:60]
        zh, en = (f"的值“{value}”：", f", value “{value}”:") if value else ("", ":")
        self.problems.append(
            Words(
                f"{place.zh}：“{column}”{zh}{why.zh}。",
                f"{place.en}: column “{column}”{en} {why.en}.",
            )
        )

    def _has_too_many(self, row: Row, cell: Cell) -> None:
        place = self.place(row)
        shown = (cell.shown if isinstance(cell, Unusable) else cell)[:40]
        self.problems.append(
            Words(
                f"{place.zh}：比表头多出一列（“{shown}”）；请核对分隔符和引号。",
                f"{place.en}: more columns than the header (“{shown}”); check separators and quotes.",
            )
        )


def _as_above(sites: Mapping[str, SiteSettings], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a site; what a later row of the same site leaves blank is as in its first."""
    known = sites.get(str(values.get("key")))
    if known is None:
        return dict(values)
    return {**{name: getattr(known, name) for name in known.model_fields_set}, **values}


def _differing(known: SiteSettings, site: SiteSettings, place: Words) -> Iterator[Words]:
    for name in SiteSettings.model_fields:
        before, now = getattr(known, name), getattr(site, name)
        if name != "columns" and before != now:
            yield Words(
                f"{place.zh}：网站 {site.key} 的 {name} 写作“{now}”，前面写作“{before}”；请统一。",
                f"{place.en}: {name} of site {site.key} is “{now}” here and “{before}” above; make "
                "them agree.",
            )


def _value(heading: Heading, text: str) -> Any:
    """Return what a cell says as the settings take it; what it is not stays text and is refused there."""
    match heading.form:
        case Form.LIST:
            return [part.strip() for part in re.split(r"[;；\n]", text) if part.strip()]
        case Form.YES_OR_NO:
            return _YES_OR_NO.get(text.lower(), text)
        case Form.WHOLE:
            return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else text
        case Form.NUMBER:
            return float(text) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,15})?", text) else text
        case Form.DAY:
            day = _DAY.fullmatch(text)
            return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}" if day else text
        case Form.TEXT | Form.HOURS:
            return _word(heading, text)


def _word(heading: Heading, text: str) -> str:
    if not heading.words:
        return text
    said = plain(text)
    return next((value for value, words in heading.words.items() if said in (value, *words)), text)
