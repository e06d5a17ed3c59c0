"""The files and frames that a page offers beside its own text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reports.documents.model import Attachment
from reports.text import one_line

_MAX_TITLE = 300
_MAX_ATTACHMENTS = 50
_MAX_HREF = 2_000
_FILE = re.compile(r"\.(?:docx?|pdf|wps|ofd|rtf|xlsx?|zip)$", re.I)
_ADDRESS = {"a": "href", "iframe": "src", "frame": "src", "embed": "src", "object": "data"}
# A viewer of PDF files is told the file: viewer.html?file=/P020260112.pdf
_VIEWED = re.compile(r"[?&#](?:file|url|src)=(?P<file>[^&#]{1,2000})", re.I)
_REFRESH = re.compile(r"\s*\d{0,3}\s*[;,]\s*url\s*=\s*['\"]?(?P<href>[^'\"\s]{1,2000})", re.I)
_QUOTED = re.compile(r"%([0-9a-f]{2})", re.I)
_PAGES = (".html", ".htm", ".shtml", "/")
_POINT = re.compile(r"\s*[01](?:px)?\s*")


def attachments_of(root: etree._Element) -> Iterator[Attachment]:
    """Yield the files that the page links or shows in a frame, each once."""
    seen: set[str] = set()
    for element in root.iter(*_ADDRESS):
        href = _file_address(element)
        if href is None or href in seen or len(href) > _MAX_HREF or _is_script(href):
            continue
        seen.add(href)
        yield Attachment(href, _words(element))
        if len(seen) == _MAX_ATTACHMENTS:
            return


def framed(root: etree._Element) -> Iterator[Attachment]:
    """Yield the pages that stand in a frame, or that the page sends its reader to."""
    for element in root.iter("iframe", "frame"):
        href = (element.get("src") or "").strip()
        tiny = any(_POINT.fullmatch(element.get(side) or "") for side in ("width", "height"))
        if href and not tiny and len(href) <= _MAX_HREF and not _is_script(href):
            yield Attachment(href, _words(element))
    for element in root.iter("meta"):
        sent = _REFRESH.match(element.get("content") or "")
        is_refresh = (element.get("http-equiv") or "").strip().lower() == "refresh"
        if sent and is_refresh and not _is_script(sent["href"]):
            yield Attachment(sent["href"], "")


def _file_address(element: etree._Element) -> str | None:
    """Return the address of the file that the element names, as written; None when it names none."""
    href = (element.get(_ADDRESS[str(element.tag)]) or "").strip()
    if not href or href.endswith(_PAGES):
        return None
    if _FILE.search(href.split("#")[0].split("?")[0]):
        return href
    viewed = _VIEWED.search(href)
    if viewed and _FILE.search(viewed["file"]):
        return _QUOTED.sub(_ascii_sign, viewed["file"])
    return href if element.tag == "a" and _FILE.search(_words(element)) else None


def _ascii_sign(found: re.Match[str]) -> str:
    """Return the sign for ``%2F`` and the like; of other characters only the quoted form is safe."""
    code = int(found.group(1), 16)
    return chr(code) if 0x20 < code < 0x7F else found.group()


def _words(element: etree._Element) -> str:
    text = one_line(" ".join(map(str, element.itertext()))) if element.tag == "a" else ""
    return (text or one_line(element.get("title") or ""))[:_MAX_TITLE]


def _is_script(href: str) -> bool:
    return href.lower().startswith(("javascript:", "data:", "vbscript:", "mailto:", "about:", "#"))
