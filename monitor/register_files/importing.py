"""Takes a register file over: all checked first, then written at once, with the way back beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.config import ConfigProblem, load
from monitor.errors import Refusal
from monitor.register_files.difference import Difference, difference
from monitor.register_files.reading import Entry, read_agencies
from monitor.register_files.writing import FileFormat, register_file
from monitor.register_settings import AgencySettings
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Import:
    """A file that may be taken over: where to, its agencies, and what that changes.

    ``found`` is None when the present register cannot be read, so that nothing can be compared.
    """

    target: Path
    agencies: tuple[AgencySettings, ...]
    language: str
    found: Difference | None


def prepared(file: Path, config: Path) -> Import:
    """Check a file against the whole configuration. Raises Refusal with every fault; writes nothing."""
    entries = read_agencies(file)
    if not entries:
        raise nothing_in(file)
    after = load(config, agencies=entries)
    if after.agencies_file is None:
        raise Refusal(
            Words(
                f'{config} 没有写 agencies_file，不知道写到哪里；请加上一行 agencies_file = "agencies.csv"。',
                f"{config} names no agencies_file to write to; add the line "
                'agencies_file = "agencies.csv".',
            )
        )
    before = _present(config, after.agencies_file)
    found = None if before is None else difference(before, after.agencies)
    agencies = tuple(entry.agency for entry in entries)
    return Import(after.agencies_file, agencies, after.language, found)


def _present(config: Path, target: Path) -> Sequence[AgencySettings] | None:
    none: Sequence[Entry] = ()
    try:
        return load(config, agencies=None if target.exists() else none).agencies
    except ConfigProblem:
        return None


def nothing_in(file: Path) -> Refusal:
    """Return the refusal of a file that has a header and nothing more: to take it over would clear all."""
    return Refusal(
        Words(
            f"{file} 只有表头，没有内容；请核对文件。",
            f"{file} has a header and nothing more; check the file.",
        )
    )


def carry_out(ready: Import) -> bool:
    """Write the register; return whether there was one before, which is kept as the backup.

    Raises Refusal when the folder cannot be written; then the present register stands as it was.
    """
    content = register_file(ready.agencies, format_of(ready.target), ready.language)
    return replaced(ready.target, content)


def format_of(path: Path) -> FileFormat:
    """Return the format that the name of a file asks for."""
    return FileFormat.XLSX if path.suffix.lower() == ".xlsx" else FileFormat.CSV


def backup_of(target: Path) -> Path:
    """Return where a register is kept while another takes its place."""
    return target.with_name(f"{target.name}.bak")


def replaced(target: Path, content: bytes) -> bool:
    """Replace a register, keeping the one before as its backup; return whether there was one.

    Raises Refusal when the folder cannot be written; then the present register stands as it was.
    """
    try:
        existed = target.exists()
        if existed:
            put(backup_of(target), target.read_bytes())
        put(target, content)
    except OSError as error:
        raise Refusal(
            Words(
                f"无法写入 {target}：{error.strerror}；名录没有改变，请检查权限和磁盘空间。",
                f"{target} cannot be written: {error.strerror}; the register is unchanged. Check "
                "permissions and disk.",
            )
        ) from None
    return existed


def put(path: Path, content: bytes) -> None:
    """Replace a file whole or not at all; it keeps its permissions. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, file.name)
            else:
                os.chmod(file.name, 0o644)
            os.replace(file.name, path)
        except OSError:
            os.unlink(file.name)
            raise
