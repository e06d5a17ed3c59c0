"""Looks at columns with the crawler, into a database and an archive of their own that are then gone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from crawler.families.model import ListPage
from crawler.listed import Listed
from crawler.plan import ColumnPlan, CrawlPlan, CrawlSettings, SitePlan
from crawler.process import CrawlFailed, CrawlSummary, run_crawl
from crawler.trace import Asked, read_trace
from db.archive import Archive
from db.session import open_engine, reading, writing
from db.tables import Link, Resource, Snapshot, Visit
from db.upgrade import upgrade
from monitor.errors import Refusal
from monitor.visit_words import words_of
from reports.documents.formats import is_file
from reports.documents.model import Unreadable
from reports.documents.text.decode import decode
from reports.visits import Outcome
from reports.words import Words

_NO_VISIT = Words("没有查看", "it was not looked at")


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page whose body came, and its text ("" when it has none) with the encoding that fitted."""

    page: ListPage
    charset: str | None
    encoding: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What one look at one column saw: its end, what was sent, the pages, and the entries as judged.

    ``asked`` are all requests in the order sent, ``endings`` the named end of each address.
    """

    outcome: Outcome
    said: Words
    visit: Visit | None
    asked: tuple[Asked, ...]
    endings: dict[str, Outcome]
    pages: tuple[SeenPage, ...]
    entries: tuple[Listed, ...]
    requests: int

    @property
    def robots(self) -> Asked | None:
        """Return the last answer to the request for robots.txt, None when it was not asked for."""
        return next((asked for asked in reversed(self.asked) if asked.robots is not None), None)


@dataclass(frozen=True, slots=True)
class TrialStore:
    """The database and the archive in their folder, and how the crawler behaves."""

    folder: Path
    engine: Engine
    settings: CrawlSettings
    now: datetime

    @property
    def archive(self) -> Archive:
        """Return the archive of the bodies that came."""
        return Archive(self.folder / "archive", self.engine)

    def remember(self, rows: Iterable[SQLModel]) -> None:
        """Put copies of rows into the database, so that the look has a history to hold against."""
        with writing(self.engine) as session:
            for row in rows:
                session.merge(row)
                session.flush()

    def crawl(self, site: SitePlan, keep_open_fds: tuple[int, ...] = ()) -> CrawlSummary:
        """Run the crawler over a site; raises Refusal when the crawl itself breaks down."""
        plan = CrawlPlan(
            at=self.now,
            database_url=str(self.engine.url),
            archive_dir=str(self.folder / "archive"),
            settings=self.settings,
            sites=(site,),
            trace_file=str(self._trace_file),
        )
        try:
            return run_crawl(plan, keep_open_fds=keep_open_fds)
        except CrawlFailed as failed:
            raise Refusal(failed.words) from None

    def look(self, site: SitePlan, keep_open_fds: tuple[int, ...] = ()) -> Trial:
        """Look at the one column of a site."""
        self._trace_file.unlink(missing_ok=True)
        summary = self.crawl(site, keep_open_fds)
        (column,) = site.columns
        asked = read_trace(self._trace_file)
        with reading(self.engine) as session:
            return self._seen(session, column, asked, summary.requests)

    @property
    def _trace_file(self) -> Path:
        return self.folder / "trace.jsonl"

    def _seen(
        self, session: Session, column: ColumnPlan, asked: tuple[Asked, ...], requests: int
    ) -> Trial:
        visit = session.exec(
            select(Visit).where(Visit.column_key == column.key, Visit.at == self.now)
        ).first()
        listed = session.exec(
            select(Link)
            .where(Link.column_key == column.key, Link.last_listed_at == self.now)
            .order_by(col(Link.id))
        )
        endings = {row.url: Outcome(row.outcome) for row in session.exec(select(Resource))}
        return Trial(
            outcome=Outcome(visit.outcome) if visit else Outcome.INCOMPLETE,
            said=words_of(visit) if visit else _NO_VISIT,
            visit=visit,
            asked=asked,
            endings=endings,
            pages=tuple(self._pages(session, asked)),
            entries=tuple(_entry(row) for row in listed),
            requests=requests,
        )

    def _pages(self, session: Session, asked: tuple[Asked, ...]) -> Iterator[SeenPage]:
        """Yield the pages of which this look received the body, in the order asked."""
        for key in dict.fromkeys(_key(one) for one in asked if one.robots is None):
            resource = session.get(Resource, key)
            if resource is None or resource.sha256 is None:
                continue
            snapshot = session.exec(
                select(Snapshot).where(Snapshot.url == key, Snapshot.sha256 == resource.sha256)
            ).first()
            charset = snapshot.charset if snapshot else resource.charset
            yield _page(key, self.archive.get(resource.sha256), charset)


@contextmanager
def trial_store(settings: CrawlSettings, now: datetime) -> Iterator[TrialStore]:
    """Open a store of its own; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="nianshao-trial-") as folder:
        engine = open_engine(f"sqlite:///{folder}/trial.db")
        upgrade(engine)
        try:
            yield TrialStore(Path(folder), engine, settings, now)
        finally:
            engine.dispose()


def _key(asked: Asked) -> str:
    return asked.url if asked.form is None else f"{asked.url}#{asked.form}"


def _page(key: str, body: bytes, charset: str | None) -> SeenPage:
    url = key.partition("#")[0]
    text, encoding = "", ""
    if not is_file(body):
        with suppress(Unreadable):
            text, encoding = decode(body, charset)
    return SeenPage(ListPage(url, body, text), charset, encoding)


def _entry(row: Link) -> Listed:
    refused = row.refusal_zh is not None
    refusal = Words(row.refusal_zh or "", row.refusal_en or "") if refused else None
    return Listed(row.url, row.title, row.listed_on, row.year, row.agency_key, refusal)
