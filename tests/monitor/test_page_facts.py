"""What the rows tell the rules of a page, of its files, of the list, and of what a version changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from db.session import open_engine
from db.tables import Agency, Link, ReportVersion, Site, SiteColumn, Snapshot
from db.upgrade import upgrade
from monitor.listings import entry_of, listing_of_obligation, listing_of_report
from monitor.page_facts import (
    found_as,
    page_of,
    revision_of,
    shown,
    shown_of,
    stored_facts,
    stored_page,
)
from reports.compare import Change
from reports.documents.model import Attachment, Method
from reports.looks import Looks
from reports.surroundings import Opening
from reports.visits import Outcome
from reports.words import Words
from sandbox.readings import DocumentFacts, Reading

NOON = datetime(2026, 1, 20, 4, tzinfo=UTC)
LATER = NOON + timedelta(hours=7)
HOST = "https://www.qinghe.gov.cn"
FACTS = DocumentFacts(
    "text/html",
    "utf-8",
    titles=("报告",),
    published_on=date(2026, 1, 20),
    attachments=(Attachment("/f/1.doc", "报告全文"), Attachment("2.pdf", "")),
    images=3,
    metas={"pubdate": "2026-01-20"},
    printed_on=date(2026, 1, 19),
    characters=120,
)
READ = Reading("k" * 64, document=FACTS, unreadable=Words("无", "none"))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path}/x.db")
    upgrade(engine)
    with Session(engine) as opened:
        opened.add(Agency(key="a", name="青禾区水务局", kind="department"))
        opened.add(Site(key="s", name="青禾区", base_url=f"{HOST}/"))
        opened.add(Site(key="t", name="全市", base_url="https://city.gov.cn/"))
        opened.flush()
        for key in ("s", "t"):
            opened.add(SiteColumn(key=f"{key}/c", site_key=key, url="/nb/", last_good_at=LATER))
        opened.flush()
        yield opened


def link(session: Session, url: str, **changes) -> Link:
    row = Link(
        column_key="s/c",
        url=url,
        **{
            "title": "报告",
            "first_listed_at": NOON,
            "last_listed_at": LATER,
            "agency_key": "a",
            "year": 2025,
            **changes,
        },
    )
    session.add(row)
    session.flush()
    return row


def body(session: Session, url: str, size: int = 9) -> Snapshot:
    row = Snapshot(url=url, sha256=url[-8:] * 8, size=size, http_status=200, fetched_at=NOON)
    session.add(row)
    session.flush()
    return row


def version(session: Session, entry: Link, snapshot: Snapshot, **changes) -> ReportVersion:
    row = ReportVersion(
        agency_key="a",
        year=2025,
        link_id=entry.id,
        snapshot_id=snapshot.id,
        content_key="k",
        verdict="consistent",
        first_seen_at=NOON,
        reader_version="1",
        rules_version="1",
        **{"number": 1, "page": stored_page(READ, None), **changes},
    )
    session.add(row)
    session.flush()
    return row


def test_page_is_built_from_what_was_kept(session: Session) -> None:
    entry = link(session, f"{HOST}/nb/1.html")
    kept = version(session, entry, body(session, entry.url))
    found = shown(session, kept.id)
    assert found == shown_of(kept)
    assert found is not None
    page = page_of(session, found)
    assert page is not None
    assert (page.source.url, page.source.seen_at) == (entry.url, NOON)
    assert (page.characters, page.images, page.scanned) == (120, 3, False)
    assert (page.published_on, page.printed_on) == (date(2026, 1, 20), date(2026, 1, 19))
    assert page.metas == {"pubdate": "2026-01-20"}
    assert [(file.name, file.url, file.says, file.is_) for file in page.files] == [
        ("报告全文", f"{HOST}/f/1.doc", "doc", None),
        ("", f"{HOST}/nb/2.pdf", "pdf", None),
    ]


def test_version_of_an_older_reader_has_no_page(session: Session) -> None:
    entry = link(session, f"{HOST}/nb/1.html")
    kept = version(session, entry, body(session, entry.url), page={})
    assert page_of(session, shown_of(kept)) is None


def test_report_in_a_file_is_shown_by_the_page_that_offers_it(session: Session) -> None:
    entry = link(session, f"{HOST}/nb/1.html")
    good = body(session, f"{HOST}/f/1.doc")
    file = link(session, good.url, parent_id=entry.id, snapshot_id=good.id)
    link(
        session,
        f"{HOST}/nb/2.pdf",
        parent_id=entry.id,
        outcome="not_found",
        outcome_at=LATER,
    )
    scan = Reading("k" * 64, document=DocumentFacts("application/pdf", None, method=Method.OCR))
    kept = version(session, file, good, page=stored_page(scan, stored_facts(FACTS)))
    page = page_of(session, shown_of(kept))
    assert page is not None
    assert (page.source.url, page.media_type, page.scanned) == (entry.url, "text/html", True)
    word, pdf = page.files
    assert (word.is_, word.size, word.failure) == ("doc", 9, None)
    assert pdf.failure == Words("页面不存在", "the page does not exist")


@pytest.mark.parametrize(
    ("found", "is_", "says_why"),
    [
        (None, "doc", False),
        ("text/html", "html", False),
        ("damaged", "doc", True),
        ("format", "doc", False),
        ("timeout", "doc", False),
    ],
)
def test_file_is_what_its_body_turned_out_to_be(session: Session, found, is_, says_why) -> None:
    entry = link(session, f"{HOST}/nb/1.html")
    good = body(session, f"{HOST}/f/1.doc")
    link(session, good.url, parent_id=entry.id, snapshot_id=good.id, found_as=found)
    page = page_of(session, shown_of(version(session, entry, body(session, entry.url))))
    assert page is not None
    assert page.files[0].is_ == is_
    assert (page.files[0].failure is not None) is says_why


def test_what_a_body_turned_out_to_be_is_told_only_of_those_without_a_report() -> None:
    assert found_as(READ) == "text/html"
    assert found_as(Reading("k", unreadable=Words("坏", "bad"), code="damaged")) == "damaged"


def test_revision_is_what_the_version_changed(session: Session) -> None:
    entry = link(session, f"{HOST}/nb/1.html")
    snapshot = body(session, entry.url)
    change = Change("requests.new.total", "1", "2")
    first = version(session, entry, snapshot)
    second = version(session, entry, snapshot, number=2, changes=[asdict(change)])
    assert revision_of(session, "a", 2025, shown_of(first)).changes == ()
    assert revision_of(session, "a", 2025, shown_of(second)).changes == (change,)
    first.report = {"by_ocr": True}
    session.flush()
    assert revision_of(session, "a", 2025, shown_of(second)).changes == ()


def test_listing_of_a_report_names_the_years_of_a_column_of_several(session: Session) -> None:
    entry = link(session, f"{HOST}/nb/1.html")
    assert listing_of_report(session, "a", entry).years == ()
    link(session, f"{HOST}/nb/0.html", year=2023, agency_key=None)
    link(session, f"{HOST}/nb/9.html", year=2022, agency_key="b")
    assert listing_of_report(session, "a", entry).years == (2023, 2025)


@pytest.mark.parametrize(
    ("changes", "gone", "since"),
    [
        ({"outcome": "not_found", "outcome_at": LATER}, Looks(), NOON),
        ({"outcome": "ok", "outcome_at": LATER}, Looks(), None),
        ({}, Looks(), None),
        # The list no longer has it, or was itself not read then.
        ({"outcome": "not_found", "outcome_at": LATER, "last_listed_at": NOON}, Looks(), None),
        ({"outcome": "not_found", "outcome_at": LATER + timedelta(1)}, Looks(), None),
        # A body was had once: only looks that found it gone say since when.
        ({"outcome": "not_found", "outcome_at": LATER, "snapshot_id": 1}, Looks(), None),
        (
            {"outcome": "not_found", "outcome_at": LATER, "snapshot_id": 1},
            Looks(2, LATER, LATER),
            LATER,
        ),
    ],
)
def test_listed_address_that_does_not_open_is_told_with_its_time(
    session: Session, changes, gone, since
) -> None:
    body(session, f"{HOST}/nb/other.html")
    entry = link(session, f"{HOST}/nb/1.html", **changes)
    listing = listing_of_obligation(session, entry, None, gone, LATER + timedelta(days=2))
    expected = None if since is None else Opening(Outcome.NOT_FOUND, since, entry.outcome_at)
    assert listing.opening == expected


def test_hosts_are_those_of_the_site_or_of_all_registered_ones(session: Session) -> None:
    entry = link(session, f"{HOST}/nb/1.html")
    own = listing_of_obligation(session, entry, f"{HOST}/nb/1.html", Looks(), LATER)
    assert own.hosts == ("qinghe.gov.cn",)
    elsewhere = listing_of_obligation(session, entry, "https://city.gov.cn/1", Looks(), LATER)
    assert elsewhere.hosts == ("qinghe.gov.cn", "city.gov.cn")


def test_entry_of_a_file_is_the_page_that_offers_it(session: Session) -> None:
    entry = link(session, f"{HOST}/nb/1.html")
    file = link(session, f"{HOST}/f/1.doc", parent_id=entry.id)
    assert file.id is not None
    assert entry_of(session, file.id) == entry
