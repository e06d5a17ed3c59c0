"""A small register, events on it, and a desk that records what would have been sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import SQLModel, col, select

from alerts.channels import Channel
from alerts.messages import Message, Outcome, Send, SendResult
from alerts.outbox import DeliveryCounts, deliver, fan_out, remind
from db.session import open_engine, reading, writing
from db.tables import Agency, Delivery, Event, Obligation, Site
from reports.words import Words

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 2, 2, 4, 0, tzinfo=UTC)
PUBLIC_URL = "http://127.0.0.1:8000"
BROKEN = SendResult(Outcome.TEMPORARY, Words("对方应答 HTTP 503。", "Answered with HTTP 503."))
REFUSED = SendResult(Outcome.PERMANENT, Words("地址无法识别。", "Address not understood."))
SILENT = SendResult(Outcome.UNKNOWN, Words("没有应答。", "No answer."))


def channel(name: str = "office", **given: Any) -> Channel:
    return Channel(name=name, url=given.pop("url", "json://127.0.0.1:9/token-s3cret"), **given)


def event(number: int = 1, kind: str = "report.missing", **given: Any) -> Event:
    values: dict[str, Any] = {
        "key": f"{kind}:{number}",
        "kind": kind,
        "agency_key": "kejiyuan",
        "year": 2025,
        "happened_at": NOON,
        "noticed_at": NOON,
        "data": {"because": {"zh": "两次查看均未见到。", "en": "Two looks did not find it."}},
    }
    return Event(**{**values, **given})


@dataclass
class Desk:
    """The outbox with a database of its own; ``answers`` says per channel what sending gives."""

    engine: Engine = field(default_factory=lambda: open_engine("sqlite://"))
    answers: dict[str, SendResult] = field(default_factory=dict)
    sent: list[tuple[str, Message]] = field(default_factory=list)

    def __post_init__(self) -> None:
        SQLModel.metadata.create_all(self.engine)
        columns = ["luolong/reports"]
        self.add(
            Agency(
                key="kejiyuan",
                name="科技园街道办事处",
                kind="street",
                region="410311",
                columns=columns,
            ),
            Agency(key="far", name="远方镇人民政府", kind="township", region="510000"),
            Site(key="luolong", name="洛龙区人民政府", base_url="http://127.0.0.1:8090"),
        )

    def add(self, *rows: SQLModel) -> None:
        with writing(self.engine) as session:
            session.add_all(rows)

    def happen(self, *kinds: str, channels: list[Channel], now: datetime = NOON) -> None:
        """Let events happen, one of each kind, and fan them out."""
        known = len(self.events())
        self.add(*(event(known + number, kind) for number, kind in enumerate(kinds, 1)))
        self.fan_out(channels, now)

    def fan_out(self, channels: list[Channel], now: datetime = NOON) -> int:
        with writing(self.engine) as session:
            return fan_out(session, channels, now, ZONE)

    def remind(self, channels: list[Channel], now: datetime) -> int:
        with writing(self.engine) as session:
            return remind(session, channels, now, ZONE)

    def stand(self, status: str, agency: str = "kejiyuan") -> None:
        """Give the agency's obligation a status."""
        with writing(self.engine) as session:
            row = session.exec(select(Obligation).where(Obligation.agency_key == agency)).first()
            row = row or Obligation(
                agency_key=agency,
                year=2025,
                due_at=NOON - timedelta(days=1),
                status=status,
                proof="none",
                because_zh="五次查看均未见到。",
                because_en="Five looks did not find it.",
                since=NOON,
            )
            row.status = status
            session.add(row)

    def deliver(
        self, channels: list[Channel], now: datetime = NOON, send: Send | None = None
    ) -> DeliveryCounts:
        return deliver(
            self.engine, channels, send or self._send, now, zone=ZONE, public_url=PUBLIC_URL
        )

    def _send(self, to: Channel, message: Message) -> SendResult:
        self.sent.append((to.name, message))
        return self.answers.get(to.name, SendResult(Outcome.SENT))

    def rows(self) -> list[Delivery]:
        with reading(self.engine) as session:
            return list(session.exec(select(Delivery).order_by(col(Delivery.id))))

    def events(self) -> list[Event]:
        with reading(self.engine) as session:
            return list(session.exec(select(Event).order_by(col(Event.id))))

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]
