"""What the status page must be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from reports.deadlines import Deadlines
from reports.profile import DEFAULT, Profile
from reports.words import Language


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The page's own small configuration. Looks older than ``stale_after`` raise the banner.

    ``archive_dir`` is where the evidence archive lies; None offers no bytes.
    """

    public_url: str
    language: Language
    stale_after: timedelta
    deadlines: Deadlines = Deadlines()
    profile: Profile = DEFAULT
    archive_dir: Path | None = None
