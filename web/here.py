"""What every request is answered with: the database, the settings, the instant, the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends
from jinja2 import Environment
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from db.archive import Archive
from db.session import reading
from web.settings import WebSettings


@dataclass(frozen=True, slots=True)
class Here:
    """The surroundings of a request."""

    engine: Engine
    settings: WebSettings
    clock: Callable[[], datetime]
    templates: Environment

    @property
    def archive(self) -> Archive | None:
        """Return the evidence archive, None where the page offers no bytes."""
        folder = self.settings.archive_dir
        return None if folder is None else Archive(folder, self.engine)

    def page(self, template: str, status_code: int = 200, **values: Any) -> HTMLResponse:
        """Return a rendered page."""
        text = self.templates.get_template(template).render(**values)
        return HTMLResponse(text, status_code=status_code)


def here_of(request: Request) -> Here:
    """Return the surroundings that the application was created with."""
    here = request.app.state.here
    if not isinstance(here, Here):
        raise TypeError("The application was not built by create_app.")
    return here


def _session(here: Annotated[Here, Depends(here_of)]) -> Iterator[Session]:
    with reading(here.engine) as session:
        yield session


def _now(here: Annotated[Here, Depends(here_of)]) -> datetime:
    return here.clock()


InHere = Annotated[Here, Depends(here_of)]
Reading = Annotated[Session, Depends(_session)]
Now = Annotated[datetime, Depends(_now)]
