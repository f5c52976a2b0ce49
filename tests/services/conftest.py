"""A real Desk under one folder: database, mailbox, PCs, and a clock that moves only when told to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.base.clock import to_text
from desktop.base.ids import new_id, reference
from desktop.base.paths import Home
from desktop.domain.payloads import AttachmentInfo, Enrol, Request
from desktop.exchange.device_post import DevicePost
from desktop.exchange.enrolment import enrolment_mac
from desktop.exchange.invitation import read_invitation
from desktop.exchange.keys import DeviceKeys, key_text
from desktop.exchange.mailbox import MailboxFolder
from desktop.services.company import CreateCompany, OpenCompany, create_company, open_company
from desktop.services.work import Work


class StandingClock:
    """A Monday morning in Germany that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


class MemorySecrets:
    """Seeds in a dictionary."""

    def __init__(self) -> None:
        self.seeds: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.seeds.get(name)

    def put(self, name: str, seed: bytes) -> None:
        self.seeds[name] = seed

    def delete(self, name: str) -> None:
        self.seeds.pop(name, None)


class Pc:
    """An employee's PC with its own keys and outbox."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.name, self.desk, self.seq = name, desk, 0
        self.keys = DeviceKeys.generate()
        self.invitation = read_invitation(desk.invitation, clock=desk.clock)
        self.post = DevicePost(
            MailboxFolder(Path(self.invitation.mailbox)),
            self.keys,
            self.invitation.org,
            folder=desk.root / name,
            clock=desk.clock,
        )

    def enrol(self, *, token: bytes | None = None, person: str = "Sabine Oswald") -> None:
        chosen = self.invitation.token if token is None else token
        mac = enrolment_mac(chosen, self.invitation.org.org_id, self.keys.public)
        box_key = key_text(self.keys.box.public)
        self.post.send(Enrol(self.name, "user", person, box_key=box_key, token_mac=mac, platform="Linux"))
        self.post.sync()

    def ask(self, text: str = "Der Drucker druckt nur leere Seiten", **more: object) -> str:
        self.seq += 1
        files = tuple(more.pop("files", ()))
        values: dict[str, object] = {
            "category": "printer",
            "impact": "me",
            "urgency": "blocked",
            "created_at": to_text(self.desk.clock()),
            "person_name": "Sabine Oswald",
            **more,
        }
        request_id = new_id(self.desk.clock)
        request = Request(
            request_id=request_id,
            reference=reference(request_id),
            text=text,
            device_seq=self.seq,
            attachments=[
                AttachmentInfo(name, len(content), sha256(content).hexdigest(), part)
                for part, (name, content) in enumerate(files)
            ],
            **values,
        )
        self.post.send(request, tuple(content for _, content in files))
        self.post.sync()
        return request_id


class Desk:
    """A company at work in `root`."""

    def __init__(self, root: Path) -> None:
        self.root, self.clock, self.secrets = root, StandingClock(), MemorySecrets()
        self.home = Home.under(root / "desk")
        command = CreateCompany("Möbelwerk Ahornblick", root / "mailbox", "Katrin Velden", help_phone="300", devices=2)
        self.made = create_company(self.home, self.secrets, command, clock=self.clock)
        self.invitation = self.made.invitation
        self.open: OpenCompany = open_company(self.home, self.secrets, clock=self.clock)

    @property
    def work(self) -> Work:
        return self.open.work

    def pc(self, name: str = "AHB-PC-014") -> Pc:
        return Pc(self, name)

    def incoming(self) -> list[Path]:
        return sorted((self.root / "mailbox" / "in").rglob("*.ehr"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a Desk whose company has just been made."""
    made = Desk(tmp_path)
    yield made
    made.open.close()


@pytest.fixture
def work(desk: Desk) -> Work:
    """Return the surroundings of the use cases."""
    return desk.work
