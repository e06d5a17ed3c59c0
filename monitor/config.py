"""Reads ``config.toml`` once: environment references, the register file, checks across tables."""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from pydantic import ValidationError

from crawler.families import FAMILIES
from monitor.config_words import explained
from monitor.errors import Refusal
from monitor.settings import AgencySettings, Settings
from monitor.site_settings import SiteSettings
from reports.words import Words

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LISTS = ("aliases", "columns")
_YES_OR_NO = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


class ConfigProblem(Refusal):
    """The configuration cannot be used."""


def load(path: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the checked settings; relative paths count from the folder of the file.

    Raises ConfigProblem that names every key at fault.
    """
    variables = os.environ if environment is None else environment
    raw = _resolve(_read(path), "", variables)
    base = path.resolve().parent
    if raw.get("agencies_file"):
        rows = _agencies(base / str(raw["agencies_file"]))
        raw["agencies"] = [*raw.get("agencies", []), *rows]
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        raise ConfigProblem(*explained(path, error)) from None
    problems = tuple(_across(settings))
    if problems:
        raise ConfigProblem(*problems)
    return _anchored(settings, base)


def agencies_in(path: Path) -> tuple[AgencySettings, ...]:
    """Return the agencies of a register file by itself; raises ConfigProblem."""
    try:
        return Settings.model_validate({"agencies": _agencies(path)}).agencies
    except ValidationError as error:
        raise ConfigProblem(*explained(path, error)) from None


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


def _agencies(path: Path) -> list[dict[str, Any]]:
    if path.suffix.lower() != ".csv":
        raise ConfigProblem(
            Words(
                f"agencies_file 目前只读 CSV，收到的是 {path.name}；请另存为 CSV（UTF-8）。",
                f"agencies_file is read as CSV only, got {path.name}; save it as CSV (UTF-8).",
            )
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [_agency(row) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = _unread(error)
        raise ConfigProblem(
            Words(
                f"无法读取 agencies_file {path}：{why.zh}。",
                f"agencies_file {path} cannot be read: {why.en}.",
            )
        ) from None


def _agency(row: Mapping[str, str | None]) -> dict[str, Any]:
    filled = {k: v.strip() for k, v in row.items() if k and isinstance(v, str) and v.strip()}
    return {key: _field(key, value) for key, value in filled.items()}


def _field(key: str, value: str) -> Any:
    if key in _LISTS:
        return [part for part in re.split(r"[;；]\s*", value) if part]
    return _YES_OR_NO.get(value.lower(), value) if key == "expected" else value


def _across(settings: Settings) -> Iterator[Words]:
    yield from _duplicates("sites", [site.key for site in settings.sites])
    yield from _duplicates("agencies", [agency.key for agency in settings.agencies])
    yield from _duplicates("channels", [channel.name for channel in settings.channels])
    for site in settings.sites:
        yield from _duplicates(f"sites.{site.key}.columns", [c.key for c in site.columns])
        yield from _unknown_families(site)
    known = {f"{site.key}/{column.key}" for site in settings.sites for column in site.columns}
    for agency in settings.agencies:
        for column in agency.columns:
            if column not in known:
                yield Words(
                    f"单位 {agency.key} 的栏目 {column} 没有在 [[sites]] 中定义；请核对。",
                    f"Agency {agency.key} names column {column}, which no [[sites]] table defines.",
                )


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
    for key in sorted({key for key in keys if keys.count(key) > 1}):
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
    places = {"data_dir": data_dir, "database": database, "sites": sites, "rules": rules}
    return settings.model_copy(update=places)
