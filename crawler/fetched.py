"""What fetches leave behind: an end and a body, a link that is to be asked for, what was known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.ends import NOTHING, detail
from crawler.rereading import Reread
from db.seen import PageSeen
from reports.visits import GOOD, Outcome
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier fetches left of an address; ``changed_at`` is when its newest body came."""

    etag: str | None
    last_modified: str | None
    sha256: str
    charset: str | None
    changed_at: datetime | None
    full_at: datetime | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The named end of one fetch at its final address. ``body`` is there when the end is good.

    ``key`` names the resource: the address, and the form where it was asked by POST.
    ``sha256`` is None until the body lies in the archive; ``witness`` is the hash of what is kept of any
    end, the bad ones included. ``http_status`` is None when no answer came. ``gap`` says what a page
    lacks although it was fetched.
    """

    url: str
    key: str
    outcome: Outcome
    detail: Words
    http_status: int | None = None
    body: bytes | None = None
    text: str = ""
    sha256: str | None = None
    witness: str | None = None
    charset: str | None = None
    media_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    gap: Words | None = None

    @property
    def is_good(self) -> bool:
        """Say whether the fetch brought, or confirmed, a body."""
        return self.outcome in GOOD

    def as_seen(self, *, is_list: bool = True) -> PageSeen:
        """Return what a visit keeps of it as evidence."""
        sha256 = self.sha256 or self.witness
        return PageSeen(self.key, sha256, self.http_status, self.outcome.value, is_list)

    def header(self, name: str) -> str | None:
        """Return a kept header of the answer."""
        return dict(self.headers).get(name)


@dataclass(frozen=True, slots=True)
class Stored:
    """A link row that is to be fetched: its id, address, and the hash of its newest body.

    ``is_file`` says that it was offered by a report page, not listed by the column; ``before`` what is
    known of it before it is asked for; ``broken_since`` is when its answers began to break off, None
    when the newest good end was a whole one.
    """

    id: int
    url: str
    sha256: str | None
    is_file: bool
    before: Reread
    broken_since: datetime | None = None


def ended(url: str, outcome: Outcome, status: int | None = None, more: Words = NOTHING) -> Fetched:
    """Return a fetch that brought no body, with its named end."""
    return Fetched(url, url, outcome, detail(outcome, url, status, more), status)
