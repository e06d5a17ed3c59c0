"""Has LibreOffice convert office files that our own readers do not read to the end; many files per call."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.limits import CONVERTING, Limits

logger = logging.getLogger(__name__)

_HOME = Path(__file__).resolve().parents[1]
_LARGEST = 33_554_432
_ROUNDS = 3
_SECONDS_PER_FILE = 2.0
_GRACE_SECONDS = 2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4_096
# No macro runs, no link is followed, nothing is asked.
_SETTINGS: Mapping[tuple[str, str], str] = {
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("org.openoffice.Office.Writer/Content/Update", "Link"): "0",
    ("org.openoffice.Office.Calc/Content/Update", "Link"): "2",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of office file: its usual suffix, media type, and what it is converted to."""

    suffix: str
    media_type: str
    target: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted file, and the media type of the file as it was published."""

    content: bytes
    media_type: str


_DOC = Kind("doc", "application/msword", "docx")
_XLS = Kind("xls", "application/vnd.ms-excel", "xlsx")
_RTF = Kind("rtf", "application/rtf", "docx")
_ODT = Kind("odt", "application/vnd.oasis.opendocument.text", "docx")
_ODS = Kind("ods", "application/vnd.oasis.opendocument.spreadsheet", "xlsx")


def kind_of(content: bytes) -> Kind | None:
    """Return which office file the bytes may be, by marks alone: nothing is parsed here."""
    head = content[:_HEAD]
    if head.startswith(_OLE):
        if _stream("WordDocument") in content:
            return _DOC
        is_sheet = _stream("Workbook") in content or _stream("Book") in content
        return _XLS if is_sheet else None
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return _RTF
    if b"<w:wordDocument" in head:
        return Kind("xml", _DOC.media_type, "docx")
    if head.startswith(b"PK\x03\x04"):
        return next((kind for kind in (_ODT, _ODS) if kind.media_type.encode() in head), None)
    return None


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"


@dataclass(slots=True)
class Office:
    """LibreOffice, if it is there: one call at a time, in a folder of its own that is then gone."""

    program: str | None = field(default_factory=lambda: shutil.which("soffice"))
    limits: Limits = CONVERTING
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def takes(self, content: bytes) -> bool:
        """Say whether these bytes can be converted here."""
        return self.program is not None and kind_of(content) is not None

    def convert(self, contents: Sequence[bytes]) -> list[Conversion | None]:
        """Convert files; None for one that could not be converted. Never raises for their contents."""
        kinds = [kind_of(content) for content in contents]
        done: dict[int, bytes] = {}
        for target in sorted({kind.target for kind in kinds if kind and self.program}):
            chosen = [n for n, kind in enumerate(kinds) if kind and kind.target == target]
            done |= self._convert_all(contents, kinds, chosen, target)
        return [
            Conversion(done[number], kind.media_type) if kind and number in done else None
            for number, kind in enumerate(kinds)
        ]

    def _convert_all(
        self,
        contents: Sequence[bytes],
        kinds: Sequence[Kind | None],
        chosen: Sequence[int],
        target: str,
    ) -> dict[int, bytes]:
        """Convert files of one target; one that ends the program costs a new start, not the others."""
        done: dict[int, bytes] = {}
        left = list(chosen)
        for _ in range(_ROUNDS):
            if not left:
                break
            named = {f"{n}.{kind.suffix}": contents[n] for n in left if (kind := kinds[n])}
            found, finished = self._call(named, target)
            done |= found
            left = [number for number in left if number not in found]
            if finished:
                break
            # Files are taken in their order: the first one that is missing ended the program.
            logger.warning(
                "event=conversion_broken_off converted=%d left=%d", len(found), len(left)
            )
            left = left[1:]
        return done

    def _call(self, files: Mapping[str, bytes], target: str) -> tuple[dict[int, bytes], bool]:
        """Run the program once; return what it converted and whether it went through to its end."""
        try:
            with self._lock, tempfile.TemporaryDirectory(prefix="nianshao-office-") as name:
                folder = Path(name)
                _prepare(folder, files)
                places = [str(folder / "in" / file) for file in files]
                finished = self._run(folder, places, target)
                return _converted(folder / "out", target), finished
        except OSError as error:
            # No space, no folder or no process: no file's fault, and the first readings stand.
            logger.error("event=conversion_impossible detail=%s", error)
            return {}, True

    def _run(self, folder: Path, files: Sequence[str], target: str) -> bool:
        seconds = self.limits.seconds + _SECONDS_PER_FILE * len(files)
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "sandbox.confined", str(self.limits.memory)),
                str(int(seconds) + _GRACE_SECONDS),
                *(str(self.program), f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
                *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
                *("--convert-to", target, "--outdir", str(folder / "out"), *files),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            # The program is a script that starts others: the group is what must end.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _environment(folder: Path) -> dict[str, str]:
    return {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(_HOME),
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _prepare(folder: Path, files: Mapping[str, bytes]) -> None:
    for name in ("in", "out", "profile/user"):
        (folder / name).mkdir(parents=True)
    for name, content in files.items():
        (folder / "in" / name).write_bytes(content)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for (path, name), value in _SETTINGS.items()
    )
    (folder / "profile/user/registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/'
        f'registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>\n',
        encoding="utf-8",
    )


def _converted(out: Path, target: str) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for path in out.glob(f"*.{target}"):
        if path.stem.isdecimal() and not path.is_symlink() and 0 < path.stat().st_size <= _LARGEST:
            found[int(path.stem)] = path.read_bytes()
    return found
