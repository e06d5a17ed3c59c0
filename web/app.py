"""Builds the status page as an application: pages, JSON, own style sheet, strict headers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.staticfiles import StaticFiles

from web import api, api_docs, errors, health, pages
from web.evidence import pages as evidence
from web.headers import StrictHeaders
from web.here import Here
from web.settings import WebSettings
from web.show import page_environment

STATIC = Path(__file__).parent / "static"


def create_app(
    engine: Engine,
    settings: WebSettings,
    clock: Callable[[], datetime],
    lifespan: Callable[[FastAPI], Any] | None = None,
) -> FastAPI:
    """Return the application; it only reads, and asks ``clock`` for the instant of each answer."""
    app = FastAPI(
        title="年哨 Nianshao",
        version="1",
        description="政府信息公开工作年度报告观察 / Watches annual reports on information disclosure",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.here = Here(engine, settings, clock, page_environment(settings))
    for part in (pages, evidence, api, api_docs, health):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.install(app)
    app.add_middleware(StrictHeaders)
    return app
