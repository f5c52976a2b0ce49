"""The whole loop of the exchange as a script of its own, so that tests can really kill it.

    loop_script.py crash ROOT             forks one child per step, lets it die there, then goes on; prints JSON
    loop_script.py pc ROOT NUMBER COUNT   a PC that sends COUNT messages and stays until all are acknowledged
    loop_script.py desk ROOT              a Desk that imports and answers until ROOT/stop exists

The clock of `pc` and `desk` runs 4000 times as fast, so that pauses of hours fit into a test.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.base.clock import Clock, utc_now
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.payloads import Fate, FollowUp, Resend, Status
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.device_post import DevicePost
from desktop.exchange.keys import DeviceKeys, DevicePublic, OrgKeys, RecoveryKey
from desktop.exchange.mailbox import MailboxFolder
from desktop.exchange.org_card import OrgCard
from desktop.exchange.reports import Arrival, SendState, Step, no_step

ORG_ID = "0195a000-0000-7000-8000-000000000001"
KEYS = OrgKeys.from_seeds({"org.box": b"\x01" * 32, "org.sign": b"\x02" * 32})
RECOVERY = RecoveryKey.from_seeds({"recovery.box": b"\x03" * 32})
ORG = KEYS.public(ORG_ID, RECOVERY.box.public)
DIED = 77
SPEED = 4000


def device(number: int) -> DeviceKeys:
    return DeviceKeys.from_seeds({"device.sign": bytes([number, 4] * 16), "device.box": bytes([number, 5] * 16)})


def fast_clock(root: Path) -> Clock:
    start = float((root / "start").read_text())
    return lambda: datetime.fromtimestamp(start, UTC) + timedelta(seconds=(time.time() - start) * SPEED)


class Pc:
    """A PC with a database of what it received; the same shape as the real one."""

    def __init__(self, root: Path, number: int, *, clock: Clock, step: Step = no_step) -> None:
        folder = root / f"pc{number}"
        folder.mkdir(exist_ok=True)
        self.db = sqlite3.connect(folder / "pc.db", isolation_level=None, timeout=30)
        self.db.execute("CREATE TABLE IF NOT EXISTS received (id TEXT PRIMARY KEY, ticket TEXT)")
        mailbox = MailboxFolder(root / "mailbox")
        self.post = DevicePost(mailbox, device(number), ORG, folder=folder, clock=clock, step=step)
        self.step = step

    def send(self, message_id: str) -> None:
        payload = FollowUp(message_id, message_id, f"Nachricht {message_id}", "2026-03-02T09:00:00.000000Z")
        self.post.send(payload, message_id=message_id)

    def sync(self) -> None:
        report = self.post.sync()
        for message_id, payload in report.received:
            assert isinstance(payload, Status)
            self.db.execute("INSERT OR IGNORE INTO received VALUES (?, ?)", (message_id, payload.ticket))
        self.step("pc.stored")
        self.post.confirm([*(one for one, _ in report.received), *report.acknowledged])


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Let one process in at a time; the lock goes with the process that is killed."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


class Desk:
    """A Desk with tickets, seen ids and answers in one database; the same order of steps as the real one."""

    def __init__(self, root: Path, *, clock: Clock, step: Step = no_step) -> None:
        self.db = sqlite3.connect(root / "desk.db", isolation_level=None, timeout=30)
        with exclusive(root / "desk.lock"):  # SQLite does not wait for the change to WAL when two begin at once
            self._make_tables()
        mailbox = MailboxFolder(root / "mailbox")
        self.post = DeskPost(mailbox, KEYS, ORG, folder=root / "desk", clock=clock, step=step)
        self.step = step

    def _make_tables(self) -> None:
        self.db.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY);"
            "CREATE TABLE IF NOT EXISTS ticket (number INTEGER PRIMARY KEY, message TEXT, text TEXT);"
            "CREATE TABLE IF NOT EXISTS answer (id TEXT PRIMARY KEY, message TEXT, verify BLOB, box BLOB, done INT);"
            "CREATE TABLE IF NOT EXISTS quarantine (file TEXT, reason TEXT)"
        )

    def work(self) -> None:
        for arrival in self.post.scan():
            if arrival.fate_hint is Fate.IMPORTED and arrival.signer is not None:
                self.take(arrival, arrival.signer)
            elif arrival.fate_hint is Fate.QUARANTINED:
                self.put_aside(arrival)
        for row in self.db.execute("SELECT id, message, verify, box FROM answer WHERE done = 0").fetchall():
            status = Status(row[1], f"A-{row[0]}", "open", "Timo", "2026-03-02T09:00:00.000000Z")
            self.post.send(DevicePublic(row[2], row[3]), status, row[0])
            self.step("desk.handed_over")
            self.db.execute("UPDATE answer SET done = 1 WHERE id = ?", (row[0],))
        self.post.deliver()
        self.post.forget(self.post.collect_receipts())

    def take(self, arrival: Arrival, signer: DevicePublic) -> None:
        assert isinstance(arrival.payload, FollowUp)
        self.db.execute("BEGIN IMMEDIATE")
        fresh = self.db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (arrival.id,)).rowcount
        if fresh:
            self.db.execute("INSERT INTO ticket (message, text) VALUES (?, ?)", (arrival.id, arrival.payload.text))
            keys = (signer.verify_key, signer.box_key)
            self.db.execute("INSERT INTO answer VALUES (?, ?, ?, ?, 0)", (new_id(), arrival.id, *keys))
        self.step("desk.in_transaction")
        self.db.execute("COMMIT")
        self.step("desk.committed")
        self.post.acknowledge(signer, [arrival.id])
        self.post.remove(arrival)

    def put_aside(self, arrival: Arrival) -> None:
        self.db.execute("INSERT INTO quarantine VALUES (?, ?)", (arrival.file, arrival.reason))
        self.post.quarantine(arrival, arrival.reason)
        senders = [device(number).public for number in range(8)]
        for sender in senders:
            if sender.id8 == arrival.folder and arrival.claimed_id:
                self.post.send(sender, Resend([arrival.claimed_id]), new_id())


def run_pc(root: Path, number: int, count: int) -> None:
    pc = Pc(root, number, clock=fast_clock(root))
    plan = root / f"plan{number}.json"
    wanted = json.loads(plan.read_text())[:count]
    for message_id in wanted:
        if pc.post.state(message_id) is None:
            time.sleep(0.1)  # a pace at which every message meets kills and harm
        pc.send(message_id)
        pc.sync()
    while not all(pc.post.state(one) is SendState.ACKNOWLEDGED for one in wanted) or not has_answers(pc, count):
        pc.sync()
        time.sleep(0.02)


def has_answers(pc: Pc, count: int) -> bool:
    return pc.db.execute("SELECT count(*) FROM received").fetchone()[0] >= count


def run_desk(root: Path) -> None:
    desk = Desk(root, clock=fast_clock(root))
    while not (root / "stop").exists():
        try:
            desk.work()
        except AppError as error:
            sys.stderr.write(f"{error.code} {error.detail}\n")
        time.sleep(0.15)


# Dying at every step


class StandingClock:
    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> datetime:
        return self.now


def crash_everywhere(root: Path) -> list[dict[str, object]]:
    names: list[str] = []
    prepare(root / "dry")
    loop(root / "dry", names.append)
    reports = []
    for place, name in enumerate(names):
        folder = root / f"{place:03d}"
        prepare(folder)
        child = os.fork()
        if child == 0:
            loop(folder, dying_at(place))
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        loop(folder, no_step)
        reports.append({"step": name, "code": code, **result(folder)})
    return reports


def dying_at(place: int) -> Step:
    left = [place]

    def step(name: str) -> None:
        if left[0] == 0:
            os._exit(DIED)
        left[0] -= 1

    return step


def prepare(folder: Path) -> None:
    folder.mkdir()
    (folder / "plan1.json").write_text(json.dumps([new_id(), new_id()]))
    DeskPost(MailboxFolder(folder / "mailbox"), KEYS, ORG, folder=folder / "desk").publish(OrgCard("Firma", ORG))
    (folder / "mailbox" / "in" / "junk.ehr").write_bytes(b"junk that is no envelope")


def loop(folder: Path, step: Step) -> None:
    """Send two messages, import, answer, receive, until all is quiet; the clock jumps over every pause."""
    clock = StandingClock()
    pc, desk = Pc(folder, 1, clock=clock, step=step), Desk(folder, clock=clock, step=step)
    for message_id in json.loads((folder / "plan1.json").read_text()):
        pc.send(message_id)
    for _ in range(4):
        pc.sync()
        desk.work()
        clock.now += timedelta(minutes=40)
    pc.sync()
    pc.db.close()
    desk.db.close()


def result(folder: Path) -> dict[str, object]:
    pc, desk = sqlite3.connect(folder / "pc1" / "pc.db"), sqlite3.connect(folder / "desk.db")
    plan = json.loads((folder / "plan1.json").read_text())
    found = {
        "tickets": sorted(row[0] for row in desk.execute("SELECT message FROM ticket")) == sorted(plan),
        "answers": pc.execute("SELECT count(*) FROM received").fetchone()[0],
        "left": sorted(one.name for one in (folder / "mailbox").rglob("*.ehr") if one.parent.name != "bad"),
        "waiting": [one.name for one in (folder / "pc1" / "outbox").glob("*.ehr")],
        "desk_waiting": [one.name for one in (folder / "desk" / "outbox").glob("*.ehr")],
        "bad": len(list((folder / "mailbox" / "bad").glob("*.ehr"))),
    }
    pc.close()
    desk.close()
    return found


def main() -> None:
    role, root = sys.argv[1], Path(sys.argv[2])
    roles: dict[str, Callable[[], object]] = {
        "crash": lambda: sys.stdout.write(json.dumps(crash_everywhere(root))),
        "pc": lambda: run_pc(root, int(sys.argv[3]), int(sys.argv[4])),
        "desk": lambda: run_desk(root),
    }
    roles[role]()


if __name__ == "__main__":
    main()
