"""The end that all imports of register files have: shown, asked about, and written or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from monitor.errors import Refusal
from monitor.register_files.importing import put
from monitor.register_files.writing import FileFormat
from reports.words import Words

MOST_LISTED = 50
RegisterFile = Annotated[Path, typer.Argument(metavar="FILE", help="CSV 或 XLSX / CSV or XLSX")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="只核对和比较，不写入 / check and compare only")
]
Force = Annotated[bool, typer.Option("--force", help="有疑点也写入 / write in spite of doubts")]
Format = Annotated[
    FileFormat | None,
    typer.Option("--format", help="默认按文件名，否则 CSV / default: by name"),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="写入文件 / default: standard output"),
]


def taken_over(
    write: Callable[[], Words], doubts: Sequence[Words], *, dry_run: bool, force: bool, same: bool
) -> None:
    """Write what was shown unless it is a dry run, doubtful, or the same as before.

    ``write`` returns what it did; ``doubts`` have been told. Raises Refusal when they keep it from it.
    """
    if dry_run:
        typer.echo(Words("只是核对，没有写入。", "A dry run: nothing was written.").both())
    elif doubts and not force:
        raise Refusal(
            Words(
                "有上列疑点，没有写入；核对后改正文件，或加 --force 写入。",
                "Nothing was written because of the above; correct the file, or add --force.",
            )
        )
    elif same:
        typer.echo(
            Words("名录没有变化，没有写入。", "Nothing changes; nothing was written.").both()
        )
    else:
        typer.echo(write().both())


def listed(lines: Iterable[str]) -> Sequence[str]:
    """Return the first of many lines of one kind, and how many more there are."""
    every = list(lines)
    if len(every) <= MOST_LISTED:
        return every
    more = len(every) - MOST_LISTED
    return [
        *every[:MOST_LISTED],
        f"{every[0][0]} " + Words(f"另有 {more} 条", f"{more} more").both(),
    ]


def exported(content: bytes, format_: FileFormat, output: Path | None, count: Words) -> None:
    """Print a register, or write it into a file and say so. Raises Refusal."""
    if output is None:
        _print(content, format_)
        return
    try:
        put(output, content)
    except OSError as error:
        raise Refusal(
            Words(
                f"无法写入 {output}：{error.strerror}；请检查路径和权限。",
                f"{output} cannot be written: {error.strerror}; check the path and its permissions.",
            )
        ) from None
    words = Words(f"已写入 {count.zh}：{output}", f"{count.en} written to {output}")
    typer.echo(words.both(), err=True)


def tell_of_others(count: int, config: Path) -> None:
    """Say that an export leaves out what the configuration itself lists: imported, it would stand twice."""
    if count:
        words = Words(
            f"{config} 自己列出的 {count} 项不在其中。",
            f"{count} that {config} lists itself are not in it.",
        )
        typer.echo(words.both(), err=True)


def chosen_format(format_: FileFormat | None, output: Path | None) -> FileFormat:
    """Return the format asked for, or else what the name of the file says."""
    by_name = output is not None and output.suffix.lower() == ".xlsx"
    return format_ or (FileFormat.XLSX if by_name else FileFormat.CSV)


def _print(content: bytes, format_: FileFormat) -> None:
    if format_ is FileFormat.XLSX:
        raise Refusal(
            Words(
                "XLSX 不能输出到终端；请用 --output 写明文件。",
                "XLSX is not printed; name a file with --output.",
            )
        )
    typer.echo(content.decode(), nl=False)
