"""Draws random seasons: the same seed gives the same season, and each site depends on its number alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.farm.columns import SYSTEMS
from tests.farm.drawn_lives import drawn_life
from tests.farm.life import CHINA, Life
from tests.farm.script import Ends, Neighbour, Office, SeasonScript, SiteScript
from tests.farm.trouble import HARMLESS, Reach, Redesign, Spell, Trouble

_BUREAUS = (
    *("财政局", "教育局", "民政局", "审计局", "统计局", "水利局", "商务局", "司法局", "公安局"),
    *("医疗保障局", "应急管理局", "交通运输局", "农业农村局", "自然资源局", "市场监督管理局"),
    *("退役军人事务局", "卫生健康委员会", "发展和改革委员会", "人力资源和社会保障局"),
    *("住房和城乡建设局", "民族宗教事务局", "信访局", "林业局"),
)
_TOWNS = ("水磨镇", "石桥镇", "柳河镇", "白沙镇", "龙泉乡", "桃源乡")
_STREETS = ("东关", "西城", "北苑", "南湖")
_FIRST_SIGNS, _SECOND_SIGNS = "青云沙清平嘉望临松竹", "禾岭溪源乐和江泉阳林"
_DAYS = (
    *("01-04", "01-09", "01-14", "01-18", "01-22", "01-25", "01-28", "01-30", "01-31"),
    *("02-01", "02-02", "02-03", "02-04", "02-06", "02-09", "02-11", "02-12", "02-13", "02-14"),
    *("02-16", "02-20", "03-02", "03-20", "03-30", "04-01", "04-02", "04-03", "04-06"),
)
_FEW_DAYS = frozenset(
    {
        *("01-04", "01-22", "01-30", "02-01", "02-02", "02-04", "02-09", "02-12", "02-13"),
        *("02-14", "02-16", "03-30", "04-01", "04-02"),
    }
)
_TWICE = frozenset({"02-01", "02-12", "04-01"})

SEASONED = (
    "static",
    "table",
    "snowflake",
    "trs",
    "jcms",
    "boda",
    "uuid",
    "aspx",
    "longxun",
    "feed",
    "dataproxy",
    "gkmlpt",
)
"""The systems that seasons draw from."""

TROUBLES: tuple[Trouble, ...] = tuple(Trouble)
"""What may befall the sites of a season."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a season is; ``only`` plays one of its sites alone, for a replay.

    ``few_passes`` halves the looks: still two after each deadline and four for a withdrawal.
    """

    sites: int
    offices: int
    only: int | None = None
    few_passes: bool = False


@dataclass(frozen=True, slots=True)
class Mixture:
    """What seasons are made of."""

    systems: Sequence[str] = SEASONED
    troubles: Sequence[Trouble] = TROUBLES
    redesigns: bool = True


def draw_season(seed: int, size: Size, mixture: Mixture = Mixture()) -> SeasonScript:
    """Return the season of a seed."""
    numbers = range(size.sites) if size.only is None else [size.only]
    sites = tuple(_site(seed, number, size.offices, mixture) for number in numbers)
    days = [day for day in _DAYS if not size.few_passes or day in _FEW_DAYS]
    return SeasonScript(seed, sites, _passes(Random(f"passes {seed}"), days))


def _passes(random: Random, days: Sequence[str]) -> tuple[datetime, ...]:
    """Return our instants: each of the days in the morning, some days again in the evening."""
    found = []
    for day in days:
        morning = _instant(day) + timedelta(hours=6, minutes=random.randrange(300))
        found.append(morning)
        if day in _TWICE:
            found.append(morning + timedelta(hours=9, minutes=random.randrange(260)))
    return tuple(found)


def _instant(day: str) -> datetime:
    return datetime.fromisoformat(f"2026-{day}T00:00").replace(tzinfo=CHINA)


def _site(seed: int, number: int, offices: int, mixture: Mixture) -> SiteScript:
    random = Random(f"site {seed} {number}")
    county = _county(number)
    system = mixture.systems[(seed + number) % len(mixture.systems)]
    return SiteScript(
        key=f"s{number}",
        county=county,
        system=system,
        charset=random.choice(("utf-8", "utf-8", "gb2312")),
        validators=random.choice(("etag", "etag", "date", "none")),
        offices=_offices(random, number, county, offices, dated=SYSTEMS[system].needs_days),
        spells=_spells(random, mixture.troubles),
        redesign=_redesign(random) if mixture.redesigns else None,
        ends=Random(f"ends {seed} {number}").choices(list(Ends), (8, 1, 1))[0],
    )


def _county(number: int) -> str:
    """Return a county of its own for each of a hundred sites: bodies of one name would be twins."""
    second, first = divmod(number % 100, len(_FIRST_SIGNS))
    return f"{_FIRST_SIGNS[first]}{_SECOND_SIGNS[(first + second) % len(_SECOND_SIGNS)]}县"


def _spells(random: Random, troubles: Sequence[Trouble]) -> tuple[Spell, ...]:
    """Return spells that do not overlap: often none, else around the deadline or any time."""
    if not troubles or random.random() < 0.35:
        return ()
    starts = [_instant("01-30") + timedelta(hours=random.randrange(72))]
    starts += [_instant("01-16") + timedelta(hours=random.randrange(1800)) for _ in range(2)]
    found: list[Spell] = []
    for start in sorted(random.sample(starts, random.choice((1, 1, 2)))):
        if found and start < found[-1].until + timedelta(days=2):
            continue
        trouble = random.choice(troubles)
        hours = random.choice((6, 30, 60, 130) if trouble not in HARMLESS else (400,))
        found.append(Spell(trouble, start, start + timedelta(hours=hours)))
    return tuple(found)


def _redesign(random: Random) -> Redesign | None:
    if random.random() > 0.12:
        return None
    at = _instant("01-20") + timedelta(hours=random.randrange(1400))
    return Redesign(at, random.choice(list(Reach)), random.random() < 0.5)


def _offices(
    random: Random, number: int, county: str, count: int, *, dated: bool
) -> tuple[Office, ...]:
    places = _names(random, county, count)
    return tuple(
        _office(random, f"s{number}-{place}", *named, county, dated=dated)
        for place, named in enumerate(places)
    )


def _names(random: Random, county: str, count: int) -> list[tuple[str, str, str]]:
    """Return kind, name and what titles call it: the government and its office come first."""
    found = [
        ("government", f"{county}人民政府", f"{county}人民政府"),
        ("government_office", f"{county}人民政府办公室", f"{county}人民政府办公室"),
    ]
    for town in random.sample(_TOWNS, 3):
        called = random.choice((town, f"{town}人民政府", f"{county}{town}"))
        found.append(("township", f"{county}{town}人民政府", called))
    for street in random.sample(_STREETS, 2):
        called = random.choice((f"{street}街道", f"{street}街道办事处"))
        found.append(("street", f"{county}{street}街道办事处", called))
    for bureau in random.sample(_BUREAUS, len(_BUREAUS)):
        found.append(("department", f"{county}{bureau}", random.choice((bureau, county + bureau))))
    return [found[0], *random.sample(found[1:7], min(6, count // 3)), *found[7:]][:count]


def _office(
    random: Random, key: str, kind: str, name: str, called: str, county: str, *, dated: bool
) -> Office:
    expected = random.random() > 0.03
    life = drawn_life(random, is_government=kind == "government", dated=dated)
    neighbours = [n for n in Neighbour if random.random() < (0.12 if n.is_plain else 0.04)]
    return Office(
        key=key,
        name=name,
        kind=kind,
        called=called,
        life=life if expected else Life(),
        expected=expected,
        had_report=random.random() < 0.4 or key.endswith(("-0", "-1", "-2", "-3")),
        neighbours=tuple(neighbours),
    )
