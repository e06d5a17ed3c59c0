"""The templates' environment: always escaping, always both languages, China's time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.status_words import china_time
from reports.words import Language, Words
from web import words
from web.season import last_day_before
from web.settings import WebSettings

_TAGS = {"zh": "zh-Hans", "en": "en"}
_BOTH = Markup('<span class="first" lang="{}">{}</span> <span class="second" lang="{}">{}</span>')


def page_environment(settings: WebSettings) -> Environment:
    """Return the environment of all pages; an undefined name in a template is a fault, not a blank."""
    environment = Environment(
        loader=PackageLoader("web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        time=china_time,
        day=shown_day,
        last_day=last_day_before,
        segment=lambda text: quote(str(text), safe=""),
        link=safe_address,
        bytes=readable_size,
    )
    environment.globals.update(
        say=speaker(settings.language),
        named=words.named,
        words=words,
        language=settings.language,
        language_tag=_TAGS[settings.language],
        public_url=settings.public_url.rstrip("/"),
    )
    return environment


def speaker(language: Language) -> Callable[..., Markup]:
    """Return the function that sets words in both languages, the configured one first."""

    def say(spoken: Words | str, english: str | None = None) -> Markup:
        pair = spoken if isinstance(spoken, Words) else Words(spoken, english or spoken)
        sides = [("zh", pair.zh), ("en", pair.en)]
        if language == "en":
            sides.reverse()
        (first, large), (second, small) = sides
        if large == small:
            return Markup("<span>{}</span>").format(large)
        return _BOTH.format(_TAGS[first], large, _TAGS[second], small)

    return say


def shown_day(day: date | datetime | None) -> str:
    """Return a day as YYYY-MM-DD in China; a dash when there is none."""
    if isinstance(day, datetime):
        return china_time(day)[:10]
    return "—" if day is None else day.isoformat()


def safe_address(url: str | None) -> str | None:
    """Return the address when a reader may follow it (http or https), else None."""
    try:
        scheme = urlsplit(url or "").scheme.lower()
    except ValueError:
        return None
    return url if scheme in {"http", "https"} else None


def readable_size(size: int) -> str:
    """Return a size in bytes as people read it."""
    return f"{size} B" if size < 1024 else f"{size / 1024:.1f} KB"
