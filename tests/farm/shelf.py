"""The pages of a virtual site at one instant, by address: its reports, last year's, the neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from tests.farm import pages
from tests.farm.columns import HTML, SYSTEMS, Text
from tests.farm.life import CHINA, YEAR, Life, Manner, Shown
from tests.farm.script import Ends, Neighbour, Office, SiteScript
from tests.season_faults import Fault, fault_answer, status_answer
from tests.season_pages import DOCX, Gone
from tests.season_server import Answer
from web.sample.pages import Link, Look

_GENERAL = (
    "关于做好2025年政府信息公开工作年度报告编制工作的通知",
    "政府信息公开工作年度报告格式",
    "2025年法治政府建设年度报告",
)
_LAST_YEAR = date(YEAR, 1, 15)

Made = Callable[[], Answer]


def look_of(script: SiteScript, generation: int) -> Look:
    """Return what all pages of a site share, before (0) or after (1) its redesign."""
    return Look(
        name=f"{script.county}人民政府",
        id_code="4103990001",
        home="/",
        column=SYSTEMS[script.system].column(generation),
        charset=script.charset,
    )


def encoded(script: SiteScript, made: Text) -> Answer:
    """Return a page in the character set of its site, ended as its pages are."""
    made = _ended(script.ends, made) if made.media_type == HTML else made
    if made.media_type != HTML or script.charset == "utf-8":
        kind = f"{made.media_type}; charset=utf-8"
        return Answer(200, made.text.encode(), {"Content-Type": kind})
    # The page itself declares the older, smaller character set.
    return Answer(200, made.text.encode("gb18030"), {"Content-Type": HTML})


_CLOSING = re.compile(r"</(?:body|html)>")
_FRAME = re.compile(r"<!DOCTYPE html>|</?(?:html|head|body)\b[^<>]*>")


def _ended(ends: Ends, made: Text) -> Text:
    match ends:
        case Ends.CLOSED:
            return made
        case Ends.OPEN:
            return replace(made, text=_CLOSING.sub("", made.text))
        case Ends.BARE:
            return replace(made, text=_FRAME.sub("", made.text))


def impatient(status: int) -> Answer:
    """Return the answer of this status without the pause that servers ask for: it is real time."""
    answer = status_answer(status)
    kept = {name: value for name, value in answer.headers.items() if name != "Retry-After"}
    return replace(answer, headers=kept)


@dataclass(frozen=True)
class Shelf:
    """What the site has at ``now``; ``generation`` is that of the articles' addresses."""

    script: SiteScript
    now: datetime
    look: Look
    generation: int

    def answer(self, path: str) -> Answer:
        """Answer for an article or a file."""
        made = self._made.get(path)
        return made() if made is not None else status_answer(404)

    @cached_property
    def entries(self) -> tuple[Link, ...]:
        """The entries of the column, newest first."""
        listed = sorted(self._entries(), key=lambda link: link.shown_on or date.min)
        return tuple(reversed(listed))

    def _entries(self) -> Iterator[Link]:
        for number, title in enumerate(_GENERAL):
            yield Link(title, self._path(9000 + number, _LAST_YEAR), date(2025, 12, 19))
        for number, office in enumerate(self.script.offices):
            if office.had_report:
                old = pages.title_of(office.called, YEAR - 1)
                yield Link(old, self._path(5000 + number, _LAST_YEAR), _LAST_YEAR)
            for place, neighbour in enumerate(office.neighbours):
                day = date(2026, 1, 2 + place)
                path = self._path(7000 + 10 * number + place, day)
                yield Link(_title(neighbour, office), path, day)
            yield from self._report_entries(number, office)

    def _report_entries(self, number: int, office: Office) -> Iterator[Link]:
        shown = office.life.at(self.now)
        if shown is None or not shown.listed:
            return
        title = pages.title_of(office.called, YEAR, office.life.title)
        for place in _places(shown):
            yield Link(title, self._report_path(number, office.life, place), office.life.shown_on)

    def _path(self, number: int, day: date) -> str:
        return SYSTEMS[self.script.system].article(self.generation, number, day)

    def _report_path(self, number: int, life: Life, place: int) -> str:
        published = life.published_at
        assert published is not None
        day = life.shown_on or published.astimezone(CHINA).date()
        return self._path(1000 + 10 * number + place, day)

    @cached_property
    def _made(self) -> dict[str, Made]:
        """Every address of an article, with what answers there."""
        made: dict[str, Made] = {}
        for number, title in enumerate(_GENERAL):
            made[self._path(9000 + number, _LAST_YEAR)] = self._neighbour(title)
        for number, office in enumerate(self.script.offices):
            made[self._path(5000 + number, _LAST_YEAR)] = self._old_report(office)
            for place, neighbour in enumerate(office.neighbours):
                path = self._path(7000 + 10 * number + place, date(2026, 1, 2 + place))
                made[path] = self._neighbour(_title(neighbour, office))
            made |= self._report_answers(number, office)
        return made

    def _report_answers(self, number: int, office: Office) -> dict[str, Made]:
        shown = office.life.at(self.now)
        if shown is None:
            return {}
        made: dict[str, Made] = {}
        for place in _places(shown):
            path = self._report_path(number, office.life, place)
            made[path] = self._report(office, shown, path)
            if office.life.manner is Manner.ATTACHMENT:
                made[f"{path}.docx"] = self._file(office, shown)
        if shown.place and shown.redirects:
            target = self._report_path(number, office.life, shown.place)
            old = self._report_path(number, office.life, shown.place - 1)
            made[old] = lambda: Answer(301, headers={"Location": target})
        return made

    def _report(self, office: Office, shown: Shown, path: str) -> Made:
        def made() -> Answer:
            if shown.gone is not None or shown.broken:
                return _away(shown.gone, path)
            life, look = office.life, self.look
            title, day = pages.title_of(office.called, YEAR, life.title), life.shown_on
            text = pages.page_of(look, life.manner, title, office.name, day, path)
            if text is None:
                dress, content = shown.dress, shown.content
                text = pages.report_page(look, title, office.name, day, content, dress)
            return encoded(self.script, Text(text))

        return made

    def _file(self, office: Office, shown: Shown) -> Made:
        def made() -> Answer:
            if shown.gone is not None or shown.broken:
                return _away(shown.gone and Gone.NOT_FOUND, "")
            return Answer(200, pages.file_of(office.name, shown.content), {"Content-Type": DOCX})

        return made

    def _old_report(self, office: Office) -> Made:
        title = pages.title_of(office.called, YEAR - 1)

        def made() -> Answer:
            old = pages.old_report_page(self.look, title, office.name, YEAR - 1, _LAST_YEAR)
            return encoded(self.script, Text(old))

        return made

    def _neighbour(self, title: str) -> Made:
        return lambda: encoded(
            self.script, Text(pages.neighbour_page(self.look, title, _LAST_YEAR))
        )


def _away(how: Gone | None, path: str) -> Answer:
    """Answer for a report that is withdrawn, or whose address is only broken for a while."""
    match how:
        case None:
            return impatient(503)
        case Gone.NOT_FOUND:
            return status_answer(404)
        case Gone.GONE:
            return status_answer(410)
        case Gone.SOFT:
            return fault_answer(Fault.SOFT_404, path)
        case Gone.HOME:
            return fault_answer(Fault.REDIRECT_HOME, path)


def _places(shown: Shown) -> tuple[int, ...]:
    return (shown.place, shown.place + 1) if shown.copied else (shown.place,)


def _title(neighbour: Neighbour, office: Office) -> str:
    return neighbour.value.format(unit=office.called)
