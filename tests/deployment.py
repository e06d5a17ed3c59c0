"""A deployment for tests: a configuration of its own, run as the service runs it, with a logical clock."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import select

from db.ledger import LedgerQuery, event_json, ledger_rows, obligation_json
from db.session import reading
from db.tables import Delivery, Event
from monitor.cli import main
from monitor.config import load
from monitor.house import House, open_house
from monitor.locks import pass_lock
from monitor.passes import PassSummary, run_pass
from monitor.planning import all_columns
from reports.deadlines import CHINA


def china(text: str) -> datetime:
    """Return an instant that is written in China time."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Agency:
    """One agency of the register."""

    key: str
    name: str
    kind: str = "department"
    columns: tuple[str, ...] = ("site/reports",)
    extra: str = ""

    def as_toml(self) -> str:
        """Return its table."""
        columns = json.dumps(list(self.columns))
        return (
            f'[[agencies]]\nkey = "{self.key}"\nname = "{self.name}"\nkind = "{self.kind}"\n'
            f'region = "410311"\ncolumns = {columns}\n{self.extra}\n'
        )


class Deployment:
    """A folder with a configuration; passes run at the instants that the test names."""

    def __init__(
        self,
        folder: Path,
        sites: Mapping[str, str],
        agencies: tuple[Agency, ...],
        channels: str = "",
        **crawler: object,
    ) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        settings = {"delay_seconds": 0.0, "timeout_seconds": 3.0, **crawler}
        lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
        self.config.write_text(
            "\n".join(
                [
                    '[web]\nport = 0\npublic_url = "http://127.0.0.1:1"\n[crawler]',
                    *lines,
                    *(_site(key, url) for key, url in sites.items()),
                    *(agency.as_toml() for agency in agencies),
                    channels,
                ]
            ),
            encoding="utf-8",
        )
        self._house: House | None = None

    @classmethod
    def opened(cls, config: Path) -> Deployment:
        """Return the deployment of a configuration that the test has changed."""
        found = cls.__new__(cls)
        found.folder, found.config, found._house = config.parent, config, None
        return found

    @property
    def house(self) -> House:
        """Return the opened deployment."""
        if self._house is None:
            self._house = open_house(load(self.config))
        return self._house

    def once(self, at: str) -> PassSummary:
        """Run one pass at an instant in China time."""
        settings = self.house.settings
        with pass_lock(settings.data_dir, lambda: None) as lock:
            return run_pass(self.house, all_columns(settings), china(at), lock)

    def obligations(self) -> dict[str, dict[str, Any]]:
        """Return the ledger by agency."""
        with reading(self.house.engine) as session:
            rows = ledger_rows(session, LedgerQuery())
            return {row.agency.key: dict(obligation_json(row, "zh")) for row in rows}

    def statuses(self) -> dict[str, str]:
        """Return the status by agency."""
        return {key: row["status"] for key, row in self.obligations().items()}

    def events(self) -> list[dict[str, Any]]:
        """Return the event log."""
        with reading(self.house.engine) as session:
            return [dict(event_json(event)) for event in session.exec(select(Event))]

    def kinds(self, agency: str | None = None) -> list[str]:
        """Return the kinds of the events of one agency, or of sites, in order."""
        return [event["kind"] for event in self.events() if event["agency"] == agency]

    def deliveries(self) -> list[Delivery]:
        """Return the delivery rows."""
        with reading(self.house.engine) as session:
            return list(session.exec(select(Delivery)))

    def command(self, *words: str) -> Ended:
        """Run the command as typed, in this process, and return how it ended."""
        out, err, typed = io.StringIO(), io.StringIO(), sys.argv
        sys.argv = ["nianshao", *words, "--config", str(self.config)]
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        finally:
            sys.argv = typed
        return Ended(code, out.getvalue(), err.getvalue())

    def command_line(self, *words: str) -> list[str]:
        """Return the words that start the real command."""
        return [sys.executable, "-m", "monitor", *words]


def _site(key: str, url: str) -> str:
    base = "/".join(url.split("/")[:3]) + "/"
    return (
        f'[[sites]]\nkey = "{key}"\nname = "示例"\nbase_url = "{base}"\nallow_private = true\n'
        f'[[sites.columns]]\nkey = "reports"\nurl = "{url}"\n'
    )
