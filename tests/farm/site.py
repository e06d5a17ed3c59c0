"""A virtual site at one instant: how it answers what is asked, whatever befalls it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from random import Random
from urllib.parse import parse_qsl, urlencode

from tests.farm.columns import HTML, SYSTEMS, Asked, Text
from tests.farm.script import SiteScript
from tests.farm.shelf import Shelf, encoded, impatient, look_of
from tests.farm.trouble import OF_COLUMN, Reach, Trouble
from tests.season_faults import Fault, fault_answer, status_answer
from tests.season_server import Answer, Ask
from web.sample.pages import Link, page

_HOST_STATUS = {
    Trouble.ERROR: 500,
    Trouble.UNAVAILABLE: 503,
    Trouble.GATEWAY: 502,
    Trouble.JSL: 521,
    Trouble.WALL: 412,
    Trouble.LOOP: 202,
    Trouble.FORBIDDEN: 403,
    Trouble.TOO_MANY: 429,
}
_COLUMN_ANSWERS = {
    Trouble.COLUMN_GONE: Reach.GONE,
    Trouble.COLUMN_SOFT: Reach.SOFT,
    Trouble.COLUMN_HOME: Reach.HOME,
}
_QUERY_FIELDS = frozenset(
    {"cid", "pid", "page", "sid", "columnid", "startrecord", "endrecord", "perpage"}
)
_SCRIPT_ONLY = b"<html><head><script>var _0x1=['c','k'];go(_0x1);</script></head></html>"
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)


class SiteAt:
    """What one site answers at one logical instant."""

    def __init__(self, script: SiteScript, now: datetime) -> None:
        self._script = script
        self._now = now
        design = script.redesign
        is_redesigned = design is not None and now >= design.at
        moved = design is not None and design.articles and is_redesigned
        self._generation = int(is_redesigned)
        self._look = look_of(script, self._generation)
        self._shelf = Shelf(script, now, self._look, int(moved))
        spell = next((spell for spell in script.spells if spell.covers(now)), None)
        self._trouble = spell.trouble if spell else None
        self._since = spell.since if spell else now
        # What comes of each page while they all break off.
        self._share = Random(f"{script.key} {self._since}").uniform(0.15, 0.97)

    @property
    def refuses(self) -> bool:
        """Say whether nobody listens at all."""
        return self._trouble is Trouble.REFUSED

    def answer(self, ask: Ask, form: str = "") -> Answer:
        """Answer a request as the site does now."""
        troubled = self._of_host()
        if troubled is not None:
            return troubled
        usual = self._usual(ask, form)
        if usual.status != 200:
            return usual
        if self._trouble is Trouble.CUT:
            usual = replace(usual, body=usual.body[: int(len(usual.body) * self._share)])
        usual = replace(usual, headers={**usual.headers, **self._validators(usual.body)})
        return replace(usual, status=304, body=b"") if _is_known(ask, usual) else usual

    def _of_host(self) -> Answer | None:
        if self._trouble is Trouble.RESET:
            return Answer(reset=True)
        if self._trouble is Trouble.SCRIPT:
            return Answer(200, _SCRIPT_ONLY, {"Content-Type": HTML})
        if self._trouble not in _HOST_STATUS:
            return None
        return impatient(_HOST_STATUS[self._trouble])

    def _usual(self, ask: Ask, form: str) -> Answer:
        if ask.path == "/robots.txt":
            rule = "Disallow: /" if self._trouble is Trouble.ROBOTS else "Allow: /"
            return Answer(200, f"User-agent: *\n{rule}\n".encode(), {"Content-Type": "text/plain"})
        if ask.path == "/":
            link = f'<p><a href="{self._look.column}">{self._look.column_name}</a></p>'
            return encoded(self._script, Text(page(self._look, "首页", link)))
        asked, is_fresh = _asked(ask.target, form)
        return self._column(asked, is_fresh) or self._shelf.answer(ask.path)

    def _column(self, asked: Asked, is_fresh: bool) -> Answer | None:
        """Answer for the column, which a cache may hold back; None when another page is asked for."""
        if self._trouble is Trouble.STALE and not is_fresh:
            before = SiteAt(replace(self._script, spells=()), self._since)
            return before._column(asked, is_fresh=True)
        system = SYSTEMS[self._script.system]
        found = system.page(self._look, self._entries(), asked)
        if found is not None:
            return self._listed(asked, found)
        old = look_of(self._script, 0)
        if self._generation and system.page(old, self._entries(), asked) is not None:
            assert self._script.redesign is not None
            return self._sent(self._script.redesign.reach, asked.path)
        return None

    def _entries(self) -> tuple[Link, ...]:
        entries = self._shelf.entries
        match self._trouble:
            case Trouble.EMPTY_LIST:
                return ()
            case Trouble.SHRUNKEN:
                return entries[-(len(entries) // 4) :]
        return entries

    def _listed(self, asked: Asked, found: Text) -> Answer:
        if self._trouble in OF_COLUMN:
            return self._sent(_COLUMN_ANSWERS[self._trouble], asked.path)
        usual = encoded(self._script, found)
        match self._trouble:
            case Trouble.BROKEN_OFF:
                return replace(usual, cut_after=len(usual.body) // 2)
            case Trouble.MOJIBAKE:
                return replace(usual, body=found.text.encode("ascii", "replace"))
        return usual

    def _sent(self, reach: Reach, path: str) -> Answer:
        match reach:
            case Reach.GONE:
                return status_answer(404)
            case Reach.SOFT:
                return fault_answer(Fault.SOFT_404, path)
            case Reach.HOME:
                return Answer(302, headers={"Location": "/"})
            case Reach.REDIRECTED:
                return Answer(301, headers={"Location": self._look.column})

    def _validators(self, body: bytes) -> dict[str, str]:
        if self._script.validators == "none" or self._trouble is Trouble.NO_TAGS:
            return {}
        if self._script.validators == "date":
            # No page is younger than the newest change of the whole site.
            turns = (at for at in self._script.turns() if at <= self._now)
            newest = max(turns, default=_FIRST).astimezone(UTC).replace(microsecond=0)
            return {"Last-Modified": format_datetime(newest, usegmt=True)}
        salt = self._now.isoformat() if self._trouble is Trouble.NEW_TAGS else ""
        return {"ETag": f'"{hashlib.sha256(body + salt.encode()).hexdigest()[:20]}"'}


def _asked(target: str, form: str) -> tuple[Asked, bool]:
    """Return what is asked without fields that mean nothing here, and whether there were such fields."""
    path, _, query = target.partition("?")
    fields = parse_qsl(query, keep_blank_values=True)
    known = [(name, value) for name, value in fields if name in _QUERY_FIELDS]
    plain = f"{path}?{urlencode(known)}" if known else path
    return Asked(plain, form), len(known) < len(fields)


def _is_known(ask: Ask, usual: Answer) -> bool:
    """Say whether the conditions of the request hold; If-None-Match decides when it is given."""
    tag, since = ask.headers.get("if-none-match"), ask.headers.get("if-modified-since")
    own, changed = usual.headers.get("ETag"), usual.headers.get("Last-Modified")
    if usual.cut_after is not None:
        return False
    if tag is not None:
        return own is not None and own in tag
    if since is None or changed is None:
        return False
    return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
