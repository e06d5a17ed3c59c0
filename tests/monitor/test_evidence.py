"""The evidence of an obligation as one file, checked by a plain Python; archive and chain in place."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select
from warcio.archiveiterator import ArchiveIterator

from db.dossier import dossier_of
from db.session import reading, writing
from db.tables import Capture, Event
from tests.deployment import Agency, Deployment, Ended
from tests.season_site import SeasonSite

pytestmark = pytest.mark.service

AGENCIES = (Agency("one", "甲县财政局"), Agency("two", "甲县教育局"), Agency("three", "甲县民政局"))
PASSES = ("2026-01-30T09:00", "2026-02-01T09:00", "2026-02-02T09:00", "2026-02-03T09:00")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A season: one report in time, one gone again, one never seen; the site is down on one day."""
    folder = tmp_path_factory.mktemp("season")
    with SeasonSite() as site:
        site.publish("甲县财政局", 2025, date(2026, 1, 20))
        gone = site.publish("甲县教育局", 2025, date(2026, 1, 21))
        house = Deployment(folder, {"site": site.column_url}, AGENCIES)
        house.once(PASSES[0])
        site.withdraw(gone)
        house.once(PASSES[1])
        site.fail_with_status(412)
        house.once(PASSES[2])
        site.heal()
        house.once(PASSES[3])
        house.once("2026-02-04T09:00")
    return house


def _unpacked(house: Deployment, name: str, folder: Path) -> Path:
    file = folder / "evidence.zip"
    ended = house.command("evidence", f"{name}/2025", "--output", str(file))
    assert ended.returncode == 0, ended.stderr
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder / "evidence")
    return folder / "evidence"


def _checked(folder: Path, *words: str) -> Ended:
    line = [sys.executable, "-I", str(folder / "verify.py"), *words]
    ended = subprocess.run(line, capture_output=True, text=True, env={"PYTHONIOENCODING": "utf-8"})
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def test_an_absence_is_proved_by_the_bytes_of_every_look(house: Deployment, tmp_path: Path) -> None:
    assert house.statuses()["three"] == "missing"
    folder = _unpacked(house, "three", tmp_path)
    assert _checked(folder) == Ended(0, _checked(folder).stdout, "")
    timeline = json.loads((folder / "timeline.json").read_text(encoding="utf-8"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {body["sha256"]: body["file"] for body in manifest["bodies"]}
    looks = {look["at"] for look in timeline["looks"] if look["result"] == "absent"}
    visits = [visit for visit in timeline["visits"] if visit["at"] in looks]
    assert len(visits) == len(looks) >= 2
    for visit in visits:
        body = (folder / files[visit["pages_seen"][0]["sha256"]]).read_text(encoding="utf-8")
        assert "甲县财政局" in body
        assert "甲县民政局" not in body
        listed = timeline["entries"][str(visit["entries_seen_id"])]
        assert any("甲县财政局" in title for title, _, _ in listed)
    refused = [visit for visit in timeline["visits"] if visit["outcome"] == "blocked"]
    assert [visit["at"][:10] for visit in refused] == ["2026-02-02"]
    assert files[refused[0]["pages_seen"][0]["sha256"]] is not None


def test_a_report_that_went_is_shown_with_its_bytes_and_the_answers_that_follow(
    house: Deployment, tmp_path: Path
) -> None:
    folder = _unpacked(house, "two", tmp_path)
    assert _checked(folder).returncode == 0
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {200, 404} <= {capture["status"] for capture in manifest["captures"]}
    with (folder / "records.warc.gz").open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds.count("request") == len(manifest["captures"])
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.index("年度报告发布证据") < page.index("Evidence on the annual report")
    assert "<script" not in page


def test_the_same_rows_give_the_same_file(house: Deployment, tmp_path: Path) -> None:
    files = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for file in files:
        assert house.command("evidence", "one", "2025", "--output", str(file)).returncode == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def _change_a_byte(folder: Path) -> None:
    path = sorted((folder / "bytes").iterdir())[0]
    path.write_bytes(b"x" + path.read_bytes()[1:])


def _change_a_record(folder: Path) -> None:
    path = folder / "records.warc.gz"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def _change_an_event(folder: Path) -> None:
    path = folder / "events.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("2025", "2024", 1), encoding="utf-8")


def _drop_an_event(folder: Path) -> None:
    (folder / "events.jsonl").write_text("", encoding="utf-8")


def _write_the_sums_anew(folder: Path) -> None:
    _change_an_event(folder)
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    names = [line.partition("  ")[2] for line in lines]
    text = "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    )
    (folder / "SHA256SUMS").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_change_a_byte, "bytes/0001"),
        (_change_a_record, "records.warc.gz"),
        (_change_an_event, "changed after sealing"),
        (_drop_an_event, "is missing"),
        (_write_the_sums_anew, "changed after sealing"),
        (lambda folder: (folder / "extra.bin").write_bytes(b"x"), "extra.bin"),
        (lambda folder: (folder / "chain.json").write_text("[]"), "chain.json"),
        (lambda folder: (folder / "manifest.json").unlink(), "manifest.json"),
    ],
)
def test_the_verifier_names_what_was_changed(
    house: Deployment, tmp_path: Path, tamper: Callable[[Path], None], named: str
) -> None:
    folder = _unpacked(house, "three", tmp_path)
    tamper(folder)
    ended = _checked(folder)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert named in ended.stdout


def test_a_chain_that_was_written_anew_does_not_have_the_hash_noted_elsewhere(
    house: Deployment, tmp_path: Path
) -> None:
    noted = house.command("db", "verify").stdout.split("：")[1].partition("（")[0]
    folder = _unpacked(house, "three", tmp_path)
    assert _checked(folder, "--head", noted).returncode == 0
    assert _checked(folder, "--head", "0" * 64).returncode == 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("evidence", "one"), "kejiyuan/2025"),
        (("evidence", "nobody/2025"), "nobody/2025"),
        (("evidence", "one/2025", "--output", "/nowhere/at/all.zip"), "/nowhere/at/all.zip"),
        (("db", "prune"), "keep_years"),
    ],
)
def test_wrong_usage_ends_in_one_sentence(
    house: Deployment, words: tuple[str, ...], named: str
) -> None:
    ended = house.command(*words)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_db_verify_names_a_changed_byte_and_a_changed_event(
    house: Deployment, tmp_path: Path
) -> None:
    assert house.command("db", "verify").returncode == 0
    copy = tmp_path / "copy"
    shutil.copytree(house.folder, copy)
    other = Deployment.opened(copy / "config.toml")
    with writing(other.house.engine) as session:
        session.get_one(Event, 1).year = 2024
        capture = session.exec(select(Capture)).first()
        assert capture is not None
        path = other.house.archive.root / str(capture.file)
        raw = bytearray(path.read_bytes())
        raw[capture.offset + capture.length // 2] ^= 1
        path.write_bytes(raw)
    ended = other.command("db", "verify")
    assert ended.returncode == 1
    assert len(ended.stdout.splitlines()) == 3
    assert f"{capture.file} @{capture.offset}" in ended.stdout
    assert "事件 1 在封存后被改动" in ended.stdout


def test_a_visit_that_finds_all_unchanged_shows_what_the_one_before_saw(tmp_path: Path) -> None:
    with SeasonSite() as site:
        site.publish("甲县财政局", 2025, date(2026, 1, 20))
        house = Deployment(tmp_path, {"site": site.column_url}, AGENCIES)
        for at in PASSES[1:]:
            house.once(at)
    with reading(house.house.engine) as session:
        dossier = dossier_of(session, "three", 2025)
        assert dossier is not None
        hashes = [[page.sha256 for page in seen.pages] for seen in dossier.visits]
        entries = {seen.visit.entries_seen_id for seen in dossier.visits}
    assert len(hashes) == 3
    assert hashes[0]
    assert hashes == [hashes[0]] * 3
    assert len(entries) == 1
    assert house.house.archive.get(str(hashes[0][0]))
