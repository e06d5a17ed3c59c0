"""Reads ``config.toml`` once: environment references, the register file, checks across tables."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from pydantic import ValidationError

from crawler.families import FAMILIES
from monitor.config_words import explained
from monitor.errors import Refusal
from monitor.register_checks import deadline_problems, register_problems
from monitor.register_files.reading import Entry, read_agencies, read_sites
from monitor.register_settings import AgencySettings
from monitor.settings import Settings
from monitor.site_settings import SiteSettings
from reports.words import Words

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class ConfigProblem(Refusal):
    """The configuration cannot be used."""


def load(
    path: Path,
    environment: Mapping[str, str] | None = None,
    agencies: Sequence[Entry] | None = None,
    sites: Sequence[SiteSettings] | None = None,
) -> Settings:
    """Return the checked settings; relative paths count from the folder of the file.

    ``agencies`` and ``sites`` stand in for those of ``agencies_file`` and ``sites_file``. Raises Refusal
    that names every key, or every row of a register file, at fault.
    """
    raw = _resolve(_read(path), "", os.environ if environment is None else environment)
    base = path.resolve().parent
    entries, listed = _register_files(raw, base, agencies, sites)
    own = raw.get("agencies", [])
    places = {len(own) + at: entry.place for at, entry in enumerate(entries)}
    if entries and isinstance(own, list):
        raw["agencies"] = [*own, *(entry.agency for entry in entries)]
    if listed and isinstance(raw.get("sites", []), list):
        raw["sites"] = [*raw.get("sites", []), *listed]
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        raise ConfigProblem(*explained(path, error)) from None
    problems = tuple(_across(settings, places))
    if problems:
        raise ConfigProblem(*problems)
    return _anchored(settings, base)


def agencies_in(path: Path) -> tuple[AgencySettings, ...]:
    """Return the agencies of a register file by itself; raises Refusal with every fault of its rows."""
    return tuple(entry.agency for entry in read_agencies(path))


def _register_files(
    raw: Mapping[str, Any],
    base: Path,
    agencies: Sequence[Entry] | None,
    sites: Sequence[SiteSettings] | None,
) -> tuple[Sequence[Entry], Sequence[SiteSettings]]:
    agencies_file, sites_file = raw.get("agencies_file"), raw.get("sites_file")
    try:
        if agencies is None:
            named = isinstance(agencies_file, str)
            agencies = read_agencies(base / str(agencies_file)) if named else ()
        if sites is None:
            sites = read_sites(base / sites_file) if isinstance(sites_file, str) else ()
        return agencies, sites
    except Refusal as refusal:
        raise ConfigProblem(*refusal.all) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigProblem(
            Words(
                f"找不到配置文件 {path}；请用 --config 指明它的位置。",
                f"Configuration file {path} not found; name it with --config.",
            )
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = _unread(error)
        raise ConfigProblem(
            Words(
                f"无法读取配置文件 {path}：{why.zh}。请改正后重试。",
                f"Configuration file {path} cannot be read: {why.en}. Mend it and try again.",
            )
        ) from None


def _unread(error: Exception) -> Words:
    if isinstance(error, UnicodeDecodeError):
        return Words("不是 UTF-8 编码，请另存为 UTF-8", "it is not in UTF-8; save it as UTF-8")
    why = str(getattr(error, "strerror", None) or error)
    return Words(why, why)


def _resolve(value: Any, key: str, variables: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {k: _resolve(v, f"{key}.{k}".lstrip("."), variables) for k, v in value.items()}
    if isinstance(value, list):
        return [_resolve(v, f"{key}[{i}]", variables) for i, v in enumerate(value)]
    if isinstance(value, str):
        return _REFERENCE.sub(lambda found: _variable(found[1], key, variables), value)
    return value


def _variable(name: str, key: str, variables: Mapping[str, str]) -> str:
    if name in variables:
        return variables[name]
    raise ConfigProblem(
        Words(
            f"配置项 {key} 引用的环境变量 {name} 没有设置；请先设置它。",
            f"Key {key} refers to environment variable {name}, which is not set; set it first.",
        )
    )


def _across(settings: Settings, places: Mapping[int, Words]) -> Iterator[Words]:
    yield from _duplicates("sites", [site.key for site in settings.sites])
    yield from _duplicates("channels", [channel.name for channel in settings.channels])
    for site in settings.sites:
        yield from _duplicates(f"sites.{site.key}.columns", [c.key for c in site.columns])
        yield from _unknown_families(site)
    known = {f"{site.key}/{column.key}" for site in settings.sites for column in site.columns}
    yield from register_problems(settings.agencies, known, places)
    yield from deadline_problems(settings.deadlines)


def _unknown_families(site: SiteSettings) -> Iterator[Words]:
    known = ", ".join(sorted(FAMILIES))
    for column in site.columns:
        if column.family not in FAMILIES:
            yield Words(
                f"栏目 {site.key}/{column.key} 的 family {column.family!r} 不存在；可用的值：{known}。",
                f"Column {site.key}/{column.key} names family {column.family!r}, which there is "
                f"not; allowed: {known}.",
            )


def _duplicates(where: str, keys: list[str]) -> Iterator[Words]:
    for key in sorted(key for key, times in Counter(keys).items() if times > 1):
        yield Words(f"{where} 中 {key} 重复。", f"{where}: {key} stands twice.")


def _anchored(settings: Settings, base: Path) -> Settings:
    data_dir = base / settings.data_dir
    url = settings.database.url or f"sqlite:///{data_dir / 'nianshao.db'}"
    relative = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
    if relative and relative[1] != ":memory:":
        url = f"sqlite:///{base / relative[1]}"
    sites = tuple(
        site.model_copy(
            update={
                "columns": tuple(
                    column.model_copy(update={"url": urljoin(site.base_url, column.url)})
                    for column in site.columns
                )
            }
        )
        for site in settings.sites
    )
    database = settings.database.model_copy(update={"url": url})
    rules = settings.rules
    if rules.profile is not None:
        rules = rules.model_copy(update={"profile": base / rules.profile})
    files = {
        name: base / file
        for name in ("agencies_file", "sites_file")
        if (file := getattr(settings, name)) is not None
    }
    places = {"data_dir": data_dir, "database": database, "sites": sites, "rules": rules, **files}
    return settings.model_copy(update=places)
