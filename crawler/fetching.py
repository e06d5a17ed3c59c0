"""Fetches one address to a named end: redirects, conditional requests, failures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from crawler.browser import Counted
from crawler.challenges import is_wall_cookie
from crawler.ends import detail
from crawler.exchanges import exchange_of
from crawler.failures import FAILURES, NEVER_SENT, name_failure
from crawler.families.model import Ask
from crawler.fetched import Fetched, Known, ended
from crawler.guard import is_within, place_of
from crawler.headers import request_headers
from crawler.hosts import Hosts, pause_words, slot_of
from crawler.inflating import unpacked
from crawler.lane.watches import Term
from crawler.lane.wire import Raw
from crawler.middlewares import plan_of
from crawler.plan import SitePlan
from crawler.rendering import rendered, wants_rendering
from crawler.store import Store
from crawler.verdict import MOST_REDIRECTS, Answer, Judgement, is_home, judge
from db.warc import Exchange, Written
from reports.visits import Outcome
from reports.words import Words

_KEPT_HEADERS = ("etag", "last-modified", "content-type", "content-disposition", "date", "age")
_PAST_CACHES = {"Cache-Control": "no-cache", "Pragma": "no-cache"}


@dataclass(slots=True)
class Tally:
    """What the fetches of one visit cost. ``bytes`` counts bodies; an answer 304 has none."""

    requests: int = 0
    not_modified: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Onward:
    """An address where the server sends us, and the answer that says so."""

    to: str
    answer: Exchange


class Fetcher:
    """Fetches for one pass at the logical instant ``at``.

    ``ready`` are answers that came already, in the sweep of this very pass.
    """

    def __init__(
        self,
        crawler: Crawler,
        store: Store,
        hosts: Hosts,
        at: datetime,
        ready: dict[str, Raw] | None = None,
    ) -> None:
        self._crawler = crawler
        self._store = store
        self._hosts = hosts
        self._at = at
        self._term = Term(at, timedelta(days=plan_of(crawler).settings.refetch_days))
        self._ready = ready or {}

    async def fetch(
        self, start: Ask, site: SitePlan, tally: Tally, *, fresh: bool = False
    ) -> Fetched:
        """Fetch a page, following redirects within the site; never raises for the other side.

        ``fresh`` asks for the whole page, and every cache on the way to pass the question on.
        """
        trail: list[str] = []
        ask, sent_on = start, None
        while True:
            stopped = _stopped(ask.url, trail, site)
            if stopped is not None:
                return self._witnessed(stopped, sent_on)
            trail.append(ask.url)
            step = await self._ask(ask, len(trail) > 1, tally, fresh)
            if isinstance(step, Fetched):
                return step
            ask, sent_on = Ask(step.to), step.answer

    async def render(self, page: Fetched, site: SitePlan, tally: Tally) -> Fetched:
        """Return a fetched page as its scripts write it; what no script writes stays as it is.

        The written page is no answer of the server: the archive keeps it beside the one it came from.
        """
        if not wants_rendering(page):
            return page
        counted = Counted()
        written = await rendered(page, site, self._crawler, counted)
        tally.requests += counted.requests
        tally.bytes += counted.bytes
        if written.body is None:
            return written
        kept = Written(written.key, written.url, page.http_status or 0, written.body)
        return replace(written, witness=self._store.keep(kept, written.outcome))

    async def _ask(
        self, ask: Ask, was_redirected: bool, tally: Tally, fresh: bool
    ) -> Fetched | Onward:
        """Ask once; return the end, or where the server sends us."""
        url, known = ask.url, self._store.known(ask.key)
        pause = self._hosts.pause(url)
        if pause is not None:
            return ended(url, pause.outcome, more=pause_words(pause))
        try:
            response = await self._download(ask, known, tally, fresh)
        except FAILURES as error:
            return _failed(url, error)
        # Outside of the guards: an archive that cannot be read is our failure, not the site's.
        stored = self._stored(response, known)
        if response.status == 304 and stored is None:
            try:
                # Unchanged, but our copy is lost: ask for the whole again.
                response = await self._download(ask, None, tally, fresh)
            except FAILURES as error:
                return _failed(url, error)
        if stored is not None and known is not None:
            answer = Answer(url, 200, stored, known.charset, was_redirected=was_redirected)
        else:
            answer = _answer(response, was_redirected)
        judgement = judge(answer)
        if judgement.onward is not None:
            return Onward(judgement.onward, exchange_of(ask, response))
        if judgement.outcome is not Outcome.OK:
            outcome = judgement.outcome or Outcome.GARBAGE
            end = ended(url, outcome, response.status, judgement.more)
            return self._witnessed(end, exchange_of(ask, response))
        return self._kept(ask, response, answer, judgement, known, tally)

    def _witnessed(self, end: Fetched, answer: Exchange | None) -> Fetched:
        """Keep the answer that led to a bad end: that we could not look wants evidence as well."""
        if answer is None:
            return end
        return replace(end, witness=self._store.keep(answer, end.outcome))

    async def _download(self, ask: Ask, known: Known | None, tally: Tally, fresh: bool) -> Response:
        is_ready = ask.form is None and not fresh
        ready = self._ready.pop(ask.url, None) if is_ready else None
        if ready is not None:
            response = _as_response(ask.url, ready, self._crawler)
            tally.requests += 1
            self._hosts.heard(ask.url, response, None)
        else:
            response = await self._send(ask, known, tally, fresh)
        tally.bytes += len(response.body)
        return response

    async def _send(self, ask: Ask, known: Known | None, tally: Tally, fresh: bool) -> Response:
        is_new = known is None or self._term.is_over(ask.key, known.full_at)
        request = Request(
            ask.url,
            method="GET" if ask.form is None else "POST",
            body=ask.form,
            headers={
                **(_PAST_CACHES if fresh else _conditions(None if is_new else known)),
                **_form_headers(ask),
            },
            callback=NO_CALLBACK,
            dont_filter=True,
            # Every status is an answer to name: no middleware may act on it.
            meta={"handle_httpstatus_all": True, "download_slot": slot_of(ask.url)},
        )
        engine = self._crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except NEVER_SENT:
            raise
        except FAILURES:
            tally.requests += 1
            raise
        tally.requests += 1
        return response

    def _stored(self, response: Response, known: Known | None) -> bytes | None:
        if response.status != 304 or known is None:
            return None
        return self._store.body(known.sha256)

    def _kept(
        self,
        ask: Ask,
        response: Response,
        answer: Answer,
        judgement: Judgement,
        known: Known | None,
        tally: Tally,
    ) -> Fetched:
        sha256 = known.sha256 if known is not None and response.status == 304 else None
        sha256 = sha256 or self._store.keep(exchange_of(ask, response), Outcome.OK)
        # A body that came in this very pass is new, also when a broken-off pass is run again.
        is_old = known is not None and known.sha256 == sha256 and known.changed_at != self._at
        tally.not_modified += is_old
        outcome = Outcome.NOT_MODIFIED if is_old else Outcome.OK
        return Fetched(
            url=answer.url,
            key=ask.key,
            outcome=outcome,
            detail=detail(outcome, answer.url, response.status),
            http_status=response.status,
            body=answer.body,
            text=judgement.text,
            sha256=sha256,
            charset=answer.charset,
            media_type=_media_type(response),
            headers=_kept_headers(response),
        )


def _failed(url: str, error: Exception) -> Fetched:
    outcome, more = name_failure(error)
    return ended(url, outcome, more=more)


def _stopped(url: str, trail: list[str], site: SitePlan) -> Fetched | None:
    """Return the end when the next address may not, or need not, be asked."""
    if not is_within(site, url):
        outcome = Outcome.OFFSITE if place_of(url) is not None else Outcome.REFUSED_ADDRESS
        return ended(url, outcome, more=Words(f"指向 {url[:200]}", f"leads to {url[:200]}"))
    if url in trail or len(trail) > MOST_REDIRECTS:
        times = Words(f"跳转 {len(trail)} 次", f"{len(trail)} redirects")
        return ended(url, Outcome.REDIRECT_LOOP, more=times)
    if trail and is_home(url, site.base_url) and not is_home(trail[0], site.base_url):
        return ended(url, Outcome.REDIRECTED_HOME)
    return None


def _conditions(known: Known | None) -> dict[str, str]:
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _as_response(url: str, raw: Raw, crawler: Crawler) -> Response:
    """Return an answer of the sweep as the engine would have brought it."""
    settings = plan_of(crawler).settings
    encodings = ",".join(raw.values("content-encoding"))
    return Response(
        url,
        status=raw.status,
        headers=list(raw.fields),
        body=unpacked(raw.body, encodings, settings.max_bytes),
        request=Request(url, headers=request_headers(settings)),
    )


def _form_headers(ask: Ask) -> dict[str, str]:
    return {} if ask.form is None else {"Content-Type": "application/x-www-form-urlencoded"}


def _answer(response: Response, was_redirected: bool) -> Answer:
    return Answer(
        url=response.url,
        status=response.status,
        body=response.body,
        charset=_charset(response),
        location=_header(response, "location"),
        challenged=_header(response, "x-via-jsl") is not None
        or is_wall_cookie(_header(response, "set-cookie")),
        was_redirected=was_redirected,
        retry_after=_header(response, "retry-after"),
    )


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("utf-8", "replace")[:2_000] if value else None


def _media_type(response: Response) -> str | None:
    return (_header(response, "content-type") or "").partition(";")[0].strip().casefold() or None


def _charset(response: Response) -> str | None:
    _, _, charset = (_header(response, "content-type") or "").lower().partition("charset=")
    return charset.partition(";")[0].strip(" \"'") or None


def _kept_headers(response: Response) -> tuple[tuple[str, str], ...]:
    pairs = ((name, _header(response, name)) for name in _KEPT_HEADERS)
    return tuple((name, value) for name, value in pairs if value)
