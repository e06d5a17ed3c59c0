"""The configuration is understood, or refused with the key's name; a secret is never shown."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from monitor.config import ConfigProblem, load
from monitor.errors import Refusal
from monitor.house import channels_of, open_house, require_channels
from monitor.settings import Settings
from reports.agencies import AgencyKind
from reports.deadlines import MonthDay

SITE = """
[[sites]]
key = "site"
name = "示例"
base_url = "https://www.example.gov.cn/"
[[sites.columns]]
key = "reports"
url = "zfxxgk/index.html"
"""
AGENCY = '[[agencies]]\nkey = "one"\nname = "甲县财政局"\nkind = "department"\n'
CHANNEL = '[[channels]]\nname = "office"\n'

EVERYTHING = f"""
language = "en"
timezone = "Asia/Urumqi"
data_dir = "elsewhere"
[database]
url = "sqlite:///elsewhere/x.db"
[web]
host = "::1"
port = 9000
public_url = "https://watch.example.org"
[season]
first_year = 2023
[deadlines]
department = "01-20"
government = "03-15"
reminder_days = [3, 14]
[crawler]
user_agent = "Nianshao/1.0 (+contact)"
obey_robots = false
delay_seconds = 2
concurrent_requests = 8
max_bytes = 1048576
{SITE}
{AGENCY}region = "410311"
aliases = ["财政局"]
columns = ["site/reports"]
expected = false
{CHANNEL}url = "${{OFFICE}}"
kinds = ["report.*"]
min_severity = "error"
regions = ["4103*"]
language = "zh"
digest = "08:30"
quiet_hours = "21:00-07:30"
repeat_days = 7
"""


def configured(folder: Path, text: str, **environment: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environment)


def problems(folder: Path, text: str, **environment: str) -> list[str]:
    with pytest.raises(ConfigProblem) as caught:
        configured(folder, text, **environment)
    return [words.both() for words in caught.value.all]


def test_an_empty_file_is_a_configuration_of_defaults(tmp_path: Path) -> None:
    settings = configured(tmp_path, "")
    assert settings.deadlines.department == MonthDay(1, 31)
    assert settings.database.url == f"sqlite:///{tmp_path}/data/nianshao.db"


def test_every_documented_key_is_understood(tmp_path: Path) -> None:
    settings = configured(tmp_path, EVERYTHING, OFFICE="json://127.0.0.1/secret")
    assert settings.deadlines.deadlines().reminder_days == (14, 3)
    assert settings.sites[0].columns[0].url == "https://www.example.gov.cn/zfxxgk/index.html"
    assert settings.agencies[0].kind is AgencyKind.DEPARTMENT
    assert settings.channels[0].quiet_hours == (time(21), time(7, 30))
    assert "secret" not in repr(settings)
    assert settings.channels[0].url.get_secret_value().endswith("secret")
    assert settings.database.url == f"sqlite:///{tmp_path}/elsewhere/x.db"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[crawler]\ndelay = 1", "crawler.delay"),
        ("[web]\nport = 'x'", "web.port"),
        ("[web]\nport = 70000", "web.port"),
        ("language = 'fr'", "language"),
        ("timezone = 'Mars/Olympus'", "timezone"),
        ("[deadlines]\ndepartment = '02-30'", "deadlines.department"),
        ("[season]\nfirst_year = true", "season.first_year"),
        ("agencies = 3", "agencies"),
        (AGENCY.replace("department", "bureau"), "agencies[0].kind"),
        ('[[agencies]]\nkey = "one"\nkind = "department"', "agencies[0].name"),
        (SITE.replace("https://www.example.gov.cn/", "www.example.gov.cn"), "sites[0].base_url"),
        (SITE.replace('key = "reports"', 'key = "a/b"'), "sites[0].columns[0].key"),
        (AGENCY + 'columns = ["site/reports"]', "site/reports"),
        (AGENCY + AGENCY, "one"),
        (CHANNEL, "channels[0].url"),
        (CHANNEL + 'url = "json://x"\ndigest = "25:00"', "channels[0].digest"),
        (CHANNEL + 'url = "json://x"\nquiet_hours = "21:00"', "channels[0].quiet_hours"),
        (CHANNEL + 'url = "${NOWHERE}"', "NOWHERE"),
        ("[crawler]\nstall_seconds = 5", "crawler.stall_seconds"),
        (SITE.replace('name = "示例"', 'name = "x"\nhosts = ["http://a/"]'), "sites[0].hosts[0]"),
        (SITE.replace('name = "示例"', 'name = "x"\nid_code = "12"'), "sites[0].id_code"),
        (SITE + "expected_min_links = -1", "sites[0].columns[0].expected_min_links"),
        ("x = [", "config.toml"),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(tmp_path: Path, text: str, named: str) -> None:
    (sentence,) = problems(tmp_path, text)
    assert named in sentence
    assert " / " in sentence
    assert "\n" not in sentence


def test_every_problem_is_listed_not_only_the_first(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "[web]\nport = 'x'\n[crawler]\nspeed = 1")) == 2


def test_a_wrong_channel_address_is_not_shown(tmp_path: Path) -> None:
    (sentence,) = problems(tmp_path, CHANNEL + "url = 12345678")
    assert "12345678" not in sentence
    assert "channels[0].url" in sentence


def test_a_missing_file_says_how_to_name_another(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem, match="--config"):
        load(tmp_path / "absent.toml", {})


def test_agencies_come_from_a_csv_too(tmp_path: Path) -> None:
    (tmp_path / "agencies.csv").write_text(
        "key,name,kind,region,aliases,columns,expected\n"
        "a,甲县财政局,department,410311,财政局；县财政局,site/reports,\n"
        "b,甲县残联,other,,,,false\n",
        encoding="utf-8-sig",
    )
    settings = configured(tmp_path, f'agencies_file = "agencies.csv"\n{SITE}')
    assert [agency.key for agency in settings.agencies] == ["a", "b"]
    assert settings.agencies[0].aliases == ("财政局", "县财政局")
    assert settings.agencies[1].expected is False


def test_a_register_that_is_no_csv_is_refused(tmp_path: Path) -> None:
    (tmp_path / "agencies.xlsx").write_bytes(b"PK")
    (sentence,) = problems(tmp_path, 'agencies_file = "agencies.xlsx"')
    assert "CSV" in sentence


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[web]\nport = true", "web.port"),
        ('[web]\nport = "8000"', "web.port"),
        ('[crawler]\nobey_robots = "off"', "crawler.obey_robots"),
        ('[crawler]\ndelay_seconds = "1"', "crawler.delay_seconds"),
        ('[deadlines]\nreminder_days = ["14"]', "deadlines.reminder_days[0]"),
        (SITE + 'family = "jcmss"', "jcmss"),
        (CHANNEL + 'url = "json://x"\nkinds = ["reports.*"]', "channels[0].kinds[0]"),
    ],
)
def test_nothing_is_guessed_from_a_value_of_another_type(
    tmp_path: Path, text: str, named: str
) -> None:
    (sentence,) = problems(tmp_path, text)
    assert named in sentence


@pytest.mark.parametrize(
    "text",
    [
        'channels = "json://user:hush@host"',
        'channels = ["json://user:hush@host"]',
        'channels = ["${ADDRESS}"]',
        '[database]\nurl = ["postgresql://user:hush@host/x"]',
        'database = "postgresql://user:hush@host/x"',
    ],
)
def test_an_address_in_the_wrong_place_is_not_shown_either(tmp_path: Path, text: str) -> None:
    (sentence,) = problems(tmp_path, text, ADDRESS="json://user:hush@host")
    assert "hush" not in sentence


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    assert configured(tmp_path, "\ufefflanguage = 'en'").language == "en"


@pytest.mark.parametrize(
    "url", ["nonsense", "oracle://user:hush@h/x", "postgresql://user:hush@h:port/x"]
)
def test_a_database_that_cannot_be_opened_is_refused_without_its_address(
    tmp_path: Path, url: str
) -> None:
    settings = configured(tmp_path, f'[database]\nurl = "{url}"')
    with pytest.raises(Refusal, match=r"database\.url") as caught:
        open_house(settings)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("url", ["nonsense hush", "foo://hush@x", ""])
def test_a_channel_that_nothing_can_be_sent_over_is_refused(tmp_path: Path, url: str) -> None:
    channels = channels_of(configured(tmp_path, CHANNEL + 'url = "${URL}"', URL=url))
    with pytest.raises(Refusal, match="office") as caught:
        require_channels(channels)
    assert "hush" not in str(caught.value)
