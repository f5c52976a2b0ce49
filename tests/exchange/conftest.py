"""A small company in a folder: keys, mailbox, a Desk, PCs and a clock that stands until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.base.ids import new_id
from desktop.domain.payloads import Request
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.device_post import DevicePost
from desktop.exchange.keys import DeviceKeys, OrgKeys, RecoveryKey
from desktop.exchange.mailbox import MailboxFolder
from desktop.exchange.org_card import OrgCard
from desktop.exchange.reports import Step, no_step


class StandingClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


class Company:
    """Everything a test of the exchange needs, under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = StandingClock()
        self.keys = OrgKeys.generate()
        self.recovery = RecoveryKey.generate()
        self.org = self.keys.public(new_id(), self.recovery.box.public)
        self.mailbox = MailboxFolder(root / "mailbox")
        self.device_keys = DeviceKeys.generate()
        self.desk().publish(OrgCard("Möbelwerk Ahornblick", self.org))

    def desk(self, step: Step = no_step, **options: object) -> DeskPost:
        folder = self.root / "desk"
        return DeskPost(self.mailbox, self.keys, self.org, folder=folder, clock=self.clock, step=step, **options)

    def pc(self, step: Step = no_step, *, keys: DeviceKeys | None = None, name: str = "pc") -> DevicePost:
        keys, folder = keys or self.device_keys, self.root / name
        return DevicePost(self.mailbox, keys, self.org, folder=folder, clock=self.clock, step=step)

    def incoming(self) -> list[Path]:
        return sorted(self.mailbox.incoming.rglob("*.ehr"))

    def answers(self) -> list[Path]:
        return sorted(self.mailbox.outgoing.rglob("*.ehr"))


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A company with its mailbox prepared."""
    return Company(tmp_path)


@pytest.fixture
def request_payload() -> Request:
    """An employee's request."""
    return Request(
        request_id=new_id(), reference="H-7K3F", text="Der Drucker druckt nicht. Größe: ß", category="printer",
        impact="me", urgency="medium", created_at="2026-03-02T09:00:00.000000Z", person_name="Anna Berg",
    )  # fmt: skip
