"""``nianshao evidence``: writes the evidence of one obligation into one file."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from db.dossier import Dossier, dossier_of
from db.session import reading
from monitor.config import load
from monitor.errors import Refusal
from monitor.house import House, open_house
from monitor.options import DEFAULT_CONFIG, ConfigFile, Debug
from monitor.progress import Progress
from reports.words import Words

_AT_ONCE = 1 << 20


def evidence(
    obligation: Annotated[
        list[str],
        typer.Argument(
            metavar="OBLIGATION",
            help="单位简称/年度，如 kejiyuan/2025 / agency key and report year",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="写到哪里 / file to write")
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """把一份年报的全部证据写成一个 zip，可离线核对。 All evidence of one obligation, in one zip.

    内含：何时看到什么、原始字节、哈希、WARC 记录、事件链、可读的页面和 verify.py。
    What was seen when, the bytes, hashes, WARC records, the event chain, a page, and verify.py.

    \b
    例 Examples: nianshao evidence kejiyuan/2025 · nianshao evidence kejiyuan 2025 --output 证据.zip
    """
    key, year = _named(obligation)
    house = open_house(load(config))
    path = output or Path(f"nianshao-{key}-{year}.zip")
    sha256 = _write(house, key, year, path)
    typer.echo(Words(f"证据已写入 {path}", f"the evidence is in {path}").both())
    typer.echo(f"SHA-256 {sha256}")


def _named(words: list[str]) -> tuple[str, int]:
    found = re.fullmatch(r"([^/\s]+)[/\s](\d{4})", " ".join(words))
    if found is None:
        raise Refusal(
            Words(
                f"{' '.join(words)!r} 不是“单位简称/年度”；例如 kejiyuan/2025。",
                f"{' '.join(words)!r} is no agency key and year; write for example kejiyuan/2025.",
            )
        )
    return found[1], int(found[2])


def _write(house: House, key: str, year: int, path: Path) -> str:
    """Write the file beside its place and put it there whole; return its SHA-256."""
    # The page's templates are loaded by who writes evidence, not by every command.
    from monitor.service import web_settings
    from web.evidence.file import write_evidence
    from web.show import page_environment

    pages = page_environment(web_settings(house))
    try:
        with (
            reading(house.engine) as session,
            tempfile.NamedTemporaryFile(
                dir=path.resolve().parent, prefix=".nianshao-", delete=False
            ) as file,
        ):
            try:
                dossier = _dossier(dossier_of(session, key, year), key, year)
                progress = Progress(Words("写入证据", "writing evidence"))
                write_evidence(session, dossier, house.archive, pages, file, progress)
                file.flush()
                os.chmod(file.name, 0o644)
                os.replace(file.name, path)
            except BaseException:
                os.unlink(file.name)
                raise
        return _sha256_of(path)
    except OSError as error:
        raise Refusal(
            Words(
                f"无法写入 {path}：{error.strerror}；请换一个位置，或检查权限和磁盘空间。",
                f"{path} cannot be written: {error.strerror}; choose another place, or check its "
                "permissions and the disk.",
            )
        ) from None


def _dossier(found: Dossier | None, key: str, year: int) -> Dossier:
    if found is None:
        raise Refusal(
            Words(
                f"台账中没有 {key}/{year}；用 nianshao obligations 查看有哪些。",
                f"The ledger has no {key}/{year}; see nianshao obligations.",
            )
        )
    return found


def _sha256_of(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            total.update(piece)
    return total.hexdigest()
