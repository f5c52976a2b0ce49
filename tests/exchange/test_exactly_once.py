"""Exactly once, whatever is killed and whatever happens to the files: real processes, real SIGKILL, real chaos."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.base.ids import new_id
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.keys import OrgKeys, RecoveryKey
from desktop.exchange.mailbox import MailboxFolder
from desktop.exchange.org_card import OrgCard

SCRIPT = Path(__file__).with_name("loop_script.py")
DIED = 77
STEPS = {
    "outbox.described", "outbox.stored", "outbox.marked", "outbox.acknowledged", "outbox.finished", "deliver.created",
    "deliver.half", "deliver.written", "deliver.renamed", "receive.read", "receive.marked", "receive.removed",
    "pc.stored", "confirm.seen", "confirm.queued", "confirm.removed", "scan.read", "scan.removed", "receipt.marked",
    "acknowledge.sealed", "acknowledge.delivered", "quarantine.noted", "quarantine.moved", "desk.in_transaction",
    "desk.committed", "desk.handed_over",
}  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the script forks one child per step")
def test_dying_at_every_step_loses_and_doubles_nothing(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, SCRIPT, "crash", tmp_path], capture_output=True, text=True, check=True)
    reports = json.loads(done.stdout)
    assert {one["step"] for one in reports} == STEPS
    expected = {"code": DIED, "tickets": True, "answers": 2, "left": [], "waiting": [], "desk_waiting": [], "bad": 1}
    assert [one for one in reports if {**one, **expected} != one] == []


class Soak:
    """Actors that are killed and started again, and a mailbox in which everything happens that may happen."""

    def __init__(self, root: Path, *, senders: int, messages: int, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.messages = messages
        self.commands = {f"pc{number}": ["pc", str(root), str(number), str(messages)] for number in range(senders)}
        self.commands |= {f"desk{number}": ["desk", str(root)] for number in range(2)}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.mailbox = MailboxFolder(root / "mailbox")
        self.senders = senders
        self.saved: list[bytes] = []

    def prepare(self) -> None:
        keys = OrgKeys.from_seeds({"org.box": b"\x01" * 32, "org.sign": b"\x02" * 32})
        recovery = RecoveryKey.from_seeds({"recovery.box": b"\x03" * 32})
        org = keys.public("0195a000-0000-7000-8000-000000000001", recovery.box.public)
        DeskPost(self.mailbox, keys, org, folder=self.root / "desk").publish(OrgCard("Firma", org))
        (self.root / "start").write_text(str(time.time()))
        for number in range(self.senders):
            (self.root / f"plan{number}.json").write_text(json.dumps([new_id() for _ in range(self.messages)]))

    def start(self, name: str) -> None:
        command = [sys.executable, str(SCRIPT), *self.commands[name]]
        self.running[name] = subprocess.Popen(command, stderr=subprocess.PIPE)

    def kill_one(self) -> bool:
        alive = [name for name, process in self.running.items() if process.poll() is None]
        if not alive:
            return False
        name = self.chance.choice(alive)
        self.end(name)
        self.start(name)
        return True

    def end(self, name: str) -> bytes:
        process = self.running[name]
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        return process.communicate()[1]

    def harm(self) -> None:
        """Do one of the things that people, synchronisers and disks do to files."""
        files = [*self.mailbox.incoming.rglob("*.ehr"), *self.mailbox.outgoing.rglob("*.ehr")]
        path = self.chance.choice(files) if files else None
        act = self.chance.choice(("conflict", "half", "delete", "delete", "flip", "junk", "old"))
        try:
            if act == "junk" or path is None:
                (self.mailbox.incoming / f"{new_id()}.ehr").write_bytes(self.chance.randbytes(200))
                return
            self._harm(act, path, path.read_bytes())
        except FileNotFoundError:
            return

    def _harm(self, act: str, path: Path, content: bytes) -> None:
        self.saved.append(content)
        if act == "conflict":
            shutil.copy(path, path.with_name(f"{path.stem} (Konflikt {self.chance.random()}).ehr"))
        elif act == "half":
            path.with_name(f"{path.stem}.sync-conflict.ehr").write_bytes(content[: len(content) // 2])
        elif act == "delete":
            path.unlink()
        elif act == "flip":
            broken = bytearray(content)
            broken[self.chance.randrange(len(broken))] ^= 4
            path.write_bytes(broken)
        else:
            (self.mailbox.incoming / f"{new_id()}.ehr").write_bytes(self.chance.choice(self.saved))

    def are_senders_done(self) -> bool:
        return all(self.running[f"pc{number}"].poll() == 0 for number in range(self.senders))

    def tickets(self) -> list[tuple[str, str]]:
        with sqlite3.connect(self.root / "desk.db", timeout=30) as db:
            found = db.execute("SELECT message, text FROM ticket").fetchall()
        db.close()
        return found


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_soak_with_kills_and_chaos(tmp_path: Path, is_long: bool) -> None:
    senders, messages, kills, acts = (5, 1000, 300, 500) if is_long else (3, 30, 12, 60)
    soak = Soak(tmp_path, senders=senders, messages=messages, seed=20260302)
    soak.prepare()
    for name in soak.commands:
        soak.start(name)
    killed = harmed = 0
    end = time.monotonic() + (1500 if is_long else 80)
    try:
        while time.monotonic() < end and not (soak.are_senders_done() and harmed >= acts and killed >= kills):
            if harmed < acts:
                soak.harm()
                harmed += 1
            if soak.chance.random() < 0.15 and killed < kills:
                killed += soak.kill_one()
            for name, process in soak.running.items():  # an actor that ended with an error is a failure
                assert process.poll() in (None, 0), soak.end(name).decode()
            time.sleep(0.05)
        assert soak.are_senders_done()
        (tmp_path / "stop").touch()
        for name in ("desk0", "desk1"):
            soak.running[name].wait(30)
    finally:
        for name in soak.running:
            soak.end(name)
    planned = [one for number in range(senders) for one in json.loads((tmp_path / f"plan{number}.json").read_text())]
    tickets = soak.tickets()
    assert sorted(one for one, _ in tickets) == sorted(planned)
    assert all(text == f"Nachricht {one}" for one, text in tickets)
    for number in range(senders):
        with sqlite3.connect(tmp_path / f"pc{number}" / "pc.db") as db:
            answers = [row[0] for row in db.execute("SELECT ticket FROM received")]
        db.close()
        assert len(answers) == len(set(answers)) == messages
    assert (killed, harmed) == (kills, acts)
