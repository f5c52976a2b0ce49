"""A process that is killed at any step of sending or fetching loses nothing and doubles nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.base.ids import new_id
from desktop.client.context import Client
from desktop.client.enrolment import EnrolPc, Machine, enrol, open_post
from desktop.client.identity import Person
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.status import list_requests, open_request
from desktop.client.store import ClientStore
from desktop.client.sync import sync
from desktop.domain.payloads import Receipt, Reply, Request
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.invitation import make_invitation
from desktop.exchange.keys import DevicePublic, OrgKeys, RecoveryKey
from desktop.exchange.mailbox import MailboxFolder

STEPS = (
    "before_storing", "stored", "before_sealing", "sealed", "marked_sealed", "handed_over", "fetched",
    "stored_received", "confirmed",
)  # fmt: skip

CHILD = """
import os, sys
from pathlib import Path
from desktop.client.context import Client
from desktop.client.enrolment import open_post
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.store import ClientStore
from desktop.client.sync import sync
from tests.client.seeds import FolderSecrets

folder, deadly, after = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
seen = []

def at_step(name):
    seen.append(name)
    if name == deadly or (not deadly and len(seen) > after):
        os._exit(9)

client = Client(ClientStore(folder / "hilfe.db"), at_step=at_step)
request = send_request(client, prepare_request(client, SendRequest(text="Drucker"))).result
print(request, flush=True)
sync(client, open_post(client, FolderSecrets(folder), folder))
sync(client, open_post(client, FolderSecrets(folder), folder))
"""


class World:
    """A company's folder, its Desk's post, and one PC in a folder of its own."""

    def __init__(self, root: Path) -> None:
        from tests.client.seeds import FolderSecrets

        self.pc, self.secrets = root / "pc", FolderSecrets(root / "pc")
        self.pc.mkdir()
        self.keys, recovery = OrgKeys.generate(), RecoveryKey.generate()
        self.org = self.keys.public(new_id(), recovery.box.public)
        self.mailbox = MailboxFolder(root / "mailbox")
        self.mailbox.prepare("Möbelwerk")
        where = str(self.mailbox.path)
        self.invitation = make_invitation(self.keys, self.org, company="Möbelwerk", mailbox=where, devices=5)
        self.desk = DeskPost(self.mailbox, self.keys, self.org, folder=root / "desk")
        self.store = ClientStore(self.pc / "hilfe.db")
        self.client = Client(self.store)
        machine = Machine("ANNA-PC", "anna", "linux", "1")
        enrol(self.client, EnrolPc(self.invitation.to_code(), Person("Anna"), machine), self.secrets)

    def sync(self) -> None:
        """Run a round that nobody disturbs, and one for what the desk answers."""
        sync(self.client, open_post(self.client, self.secrets, self.pc))

    def read(self) -> tuple[DevicePublic, dict[str, Request]]:
        """Take in what lies in the folder, as the Desk does: by id, then acknowledge."""
        found: dict[str, Request] = {}
        signer = None
        for one in list(self.desk.scan()):
            if isinstance(one.payload, Receipt):
                self.desk.remove(one)
                continue
            assert one.signer is not None, one.reason
            signer = one.signer
            if isinstance(one.payload, Request):
                assert one.id not in found
                found[one.id] = one.payload
            self.desk.acknowledge(one.signer, [one.id])
            self.desk.remove(one)
        assert signer is not None
        return signer, found


@pytest.fixture
def world(tmp_path: Path):
    made = World(tmp_path)
    yield made
    made.store.close()


def run_child(folder: Path, *, deadly: str = "", after: int = 10**6) -> int:
    command = [sys.executable, "-c", CHILD, str(folder), deadly, str(after)]
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False).returncode


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(world: World, step: str) -> None:
    """Whatever is in the store after the kill arrives exactly once; before the storing there is nothing."""
    assert run_child(world.pc, deadly=step) == 9
    kept = {one.id for one in list_requests(world.client)}
    assert len(kept) == (0 if step == "before_storing" else 1)
    world.sync()
    world.sync()
    _, found = world.read()
    assert found.keys() == kept


def test_killed_at_random(world: World, *, is_long: bool) -> None:
    """Many senders killed anywhere: each stored request arrives once, whatever the moment."""
    dice = random.Random(7)
    for _ in range(60 if is_long else 8):
        run_child(world.pc, after=dice.randrange(0, 40))
    world.sync()
    _, found = world.read()
    kept = {one.id for one in list_requests(world.client)}
    assert kept
    assert found.keys() == kept


@pytest.mark.parametrize("step", ["fetched", "stored_received", "confirmed", "receive.read", "confirm.seen"])
def test_killed_while_an_answer_comes_in(world: World, step: str) -> None:
    """An answer is stored once, although the process died while taking it in."""
    request = send_request(world.client, prepare_request(world.client, SendRequest(text="Drucker"))).result
    world.sync()
    signer, _ = world.read()
    reply = Reply(request, new_id(), "Katrin Velden", "Läuft er?", world.client.now())
    world.desk.send(signer, reply, message_id=new_id())
    world.desk.deliver()
    run_child(world.pc, deadly=step)
    world.sync()
    world.sync()
    assert [one.text for one in open_request(world.client, request).messages] == ["Drucker", "Läuft er?"]
