"""What the words on the command line stand for: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import TypeAlias

from monitor.errors import Refusal
from reports.words import Words

READABLE_ENDINGS = frozenset(
    (".htm", ".html", ".shtml", ".mht", ".mhtml", ".txt", ".md", ".xml", ".pdf", ".ofd", ".zip")
    + (".doc", ".docx", ".wps", ".rtf", ".odt", ".ods", ".fodt", ".xls", ".xlsx", ".et")
)
"""What is taken from a folder. A file that is named is read whatever its ending: its content decides."""

STANDARD_INPUT = "-"
_SAVED_WITH_A_PAGE = ("_files", ".files", ".fld")
_WILD = frozenset("*?[]")
_ENDINGS_NAMED = 6

Named: TypeAlias = tuple[str, Refusal | None]
"""One input by its name; the refusal says why nothing stands behind it."""


def expanded(sources: Iterable[str]) -> tuple[Named, ...]:
    """Return every input once, in the order named; what lies in a folder in the order of names."""
    found: dict[str, Named] = {}
    for source in sources:
        for name, refusal in _behind(source):
            found.setdefault(_identity(name), (name, refusal))
    return tuple(found.values())


def is_address(source: str) -> bool:
    """Say whether the input is to be fetched."""
    return source.startswith(("http://", "https://"))


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and those below it that may be reports; nothing hidden."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_passed_over(name))
        yield from (Path(here, name) for name in sorted(names) if _is_readable(name))


def passed_over(sources: Iterable[str]) -> Words | None:
    """Return which files of the folders named are not read for their ending, None when there are none."""
    folders = [Path(s) for s in sources if not is_address(s) and Path(s).is_dir()]
    endings = Counter(
        Path(name).suffix.lower() or "?"
        for folder in folders
        for name in _names_in(folder)
        if not _is_passed_over(name) and not _is_readable(name)
    )
    if not endings:
        return None
    listed = "、".join(
        f"{ending} {count}" for ending, count in sorted(endings.items())[:_ENDINGS_NAMED]
    )
    return Words(
        f"文件夹中有 {endings.total()} 个其他文件没有读（{listed}）；要读的请直接写出文件名。",
        f"{endings.total()} other file(s) of the folders were not read ({listed}); name those to be read.",
    )


def _names_in(folder: Path) -> Iterator[str]:
    for _, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_passed_over(name)]
        yield from names


def _behind(source: str) -> Iterator[Named]:
    if source == STANDARD_INPUT or is_address(source):
        yield source, None
    elif Path(source).is_dir():
        yield from _or_refusal(source, _NO_FILES, list(map(str, files_in(Path(source)))))
    elif has_magic(source) and not Path(source).exists():
        yield from _or_refusal(source, _NO_MATCH, list(_matching(source)))
    else:
        yield source, None


def _or_refusal(source: str, why: Words, names: Sequence[str]) -> Iterator[Named]:
    if not names:
        yield source, Refusal(Words(f"{source}：{why.zh}", f"{source}: {why.en}"))
    yield from ((name, None) for name in names)


def _matching(pattern: str) -> Iterator[str]:
    """Yield the files that a pattern names; one that leaves the ending open takes readable kinds only."""
    ending, spelled = Path(pattern).suffix, frozenset(Path(pattern).parts)
    any_kind = bool(ending) and not _WILD & set(ending)
    for name in sorted(glob(pattern, recursive=True), key=lambda name: Path(name).parts):
        path = Path(name)
        if any(_is_passed_over(part) for part in path.parts if part not in spelled):
            continue
        if path.is_dir():
            # What ** finds as a folder it also finds file by file.
            yield from () if "**" in pattern else map(str, files_in(path))
        elif any_kind or _is_readable(path.name):
            yield name


def _is_readable(name: str) -> bool:
    return not _is_passed_over(name) and Path(name).suffix.lower() in READABLE_ENDINGS


def _is_passed_over(name: str) -> bool:
    """Say whether a name is hidden, the mark of a file open in Office, or the pictures of a saved page."""
    return name.startswith((".", "~$")) or name.endswith(_SAVED_WITH_A_PAGE)


def _identity(name: str) -> str:
    if name == STANDARD_INPUT or is_address(name):
        return name
    return os.path.normcase(os.path.realpath(name))


_ENDINGS = " ".join(sorted(ending.removeprefix(".") for ending in READABLE_ENDINGS))
_NO_FILES = Words(
    f"这个文件夹里没有可读的文件；会读的扩展名：{_ENDINGS}。图片等其他文件请直接写出文件名。",
    f"no file in the folder is read; the endings are: {_ENDINGS}. Name other files, such as pictures.",
)
_NO_MATCH = Words(
    "没有文件与此匹配，请核对路径和通配符。", "nothing matches; check the path and the pattern."
)
