"""A site's own word on where its pages hold the article: ``#id``, ``.class``, a tag, a tag with one. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:(?P<sign>[#.])(?P<name>[\w-]{1,100}))?", re.I)


@dataclass(frozen=True, slots=True)
class Selector:
    """One element of a page; ``sign`` is ``#`` or ``.`` when ``name`` is its id or one of its classes."""

    tag: str | None
    sign: str | None
    name: str | None

    def fits(self, identity: str, classes: str) -> bool:
        """Say whether an element of the right tag with this id and these classes is meant."""
        if self.sign is None:
            return True
        return self.name == identity if self.sign == "#" else self.name in classes.split()


def selector_of(written: str) -> Selector | None:
    """Return what is written, None when it is none of the four ways."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None or not found.group():
        return None
    tag = found["tag"]
    return Selector(tag.lower() if tag else None, found["sign"], found["name"])
