"""One PC and one Desk on real stores and a real folder, ended hard again and again; run by test_kills.

    kill_script.py ROOT KILLS SEED

Forks a child per turn, so that nothing is imported twice; prints one JSON document about what was left in the end.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desktop.base.clock import Clock, utc_now
from desktop.base.paths import Home
from desktop.client.asks import find_open_ask
from desktop.client.context import Client
from desktop.client.diagnosis import SendDiagnosis, prepare_diagnosis, send_diagnosis
from desktop.client.enrolment import EnrolPc, Machine, enrol, open_post
from desktop.client.identity import Person
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.rows import NewFile
from desktop.client.status import list_requests
from desktop.client.store import ClientStore
from desktop.client.sync import sync
from desktop.domain.asking import AskDiagnosis
from desktop.domain.commands import Reply
from desktop.domain.snapshot import Snapshot
from desktop.exchange.invitation import read_invitation
from desktop.services.check import check
from desktop.services.company import CreateCompany, create_company, open_company
from desktop.services.devices import list_devices
from desktop.services.diagnosis import ask_diagnosis
from desktop.services.diagnosis import find_open_ask as find_open_ask_of
from desktop.services.intake import import_mailbox
from desktop.services.lists import list_tickets
from desktop.services.outgoing import deliver
from desktop.services.tickets import reply
from tests.client.seeds import FolderSecrets

STEPS = (
    "before_storing", "stored", "before_sealing", "sealed", "marked_sealed", "handed_over", "fetched",
    "stored_received", "confirmed", "outbox.described", "outbox.stored", "outbox.marked", "outbox.acknowledged",
    "outbox.finished", "deliver.created", "deliver.half", "deliver.written", "deliver.renamed", "receive.read",
    "receive.marked", "receive.removed", "confirm.seen", "confirm.queued", "confirm.removed", "scan.read",
    "scan.removed", "receipt.marked", "acknowledge.sealed", "acknowledge.delivered", "import.scanned",
    "import.message", "import.before_commit", "import.committed", "import.acknowledged", "import.removed",
    "deliver.policy", "deliver.sealed", "deliver.delivered", "deliver.stored", "deliver.acknowledged",
)  # fmt: skip
SNAPSHOT = Snapshot("2026-11-23T09:00:00.000000Z", "basic", {})
ENDED = 9
LONGEST = 0.12  # seconds until a child is ended at random; a whole turn takes about as long


class World:
    """Both sides below one folder."""

    def __init__(self, root: Path) -> None:
        self.pc, self.home = root / "pc", Home.under(root / "desk")
        self.pc.mkdir()
        self.keys = root / "keys"
        self.keys.mkdir()
        command = CreateCompany("Firma", root / "mailbox", "Katrin")
        made = create_company(self.home, FolderSecrets(self.keys), command)
        client = Client(ClientStore(self.pc / "hilfe.db"))
        machine = Machine("ANNA-PC", "anna", "linux", "1")
        enrol(
            client, EnrolPc(read_invitation(made.invitation).to_code(), Person("Anna"), machine), FolderSecrets(self.pc)
        )
        client.store.close()

    def send(self, step: Callable[[str], None], *, clock: Clock = utc_now) -> None:
        """Send one request, then look into the folder."""
        client = Client(ClientStore(self.pc / "hilfe.db"), clock=clock, at_step=step)
        files = (NewFile("bild.png", os.urandom(300_000)),)
        send_request(client, prepare_request(client, SendRequest(text="Drucker", files=files)))
        self.fetch(step, clock=clock, client=client)

    def tell(self, step: Callable[[str], None], *, clock: Clock = utc_now) -> None:
        """Answer what the Desk asks for, or send unasked; then look into the folder."""
        client = Client(ClientStore(self.pc / "hilfe.db"), clock=clock, at_step=step)
        pending = find_open_ask(client)
        command = SendDiagnosis(pending.id if pending else "", SNAPSHOT)
        send_diagnosis(client, prepare_diagnosis(client, command))
        self.fetch(step, clock=clock, client=client)

    def fetch(self, step: Callable[[str], None], *, clock: Clock = utc_now, client: Client | None = None) -> None:
        """Deliver what waits and take in what came."""
        client = client or Client(ClientStore(self.pc / "hilfe.db"), clock=clock, at_step=step)
        sync(client, open_post(client, FolderSecrets(self.pc), self.pc))
        client.store.close()

    def take_in(self, step: Callable[[str], None], *, clock: Clock = utc_now) -> None:
        """Import, ask for a diagnosis where none is being waited for, deliver."""
        desk = open_company(self.home, FolderSecrets(self.keys), clock=clock, step=step)
        import_mailbox(desk.work, desk.post, step=step)
        for one in list_devices(desk.work):
            if find_open_ask_of(desk.work, one.id) is None and one.status == "approved":
                ask_diagnosis(desk.work, AskDiagnosis(one.id, reason="Speicher?"))
        deliver(desk.work, desk.post, step=step)
        desk.close()

    def answer_all(self) -> None:
        """Write one reply on every ticket."""
        desk = open_company(self.home, FolderSecrets(self.keys))
        for one in list_tickets(desk.work, "all", limit=10_000).rows:
            reply(desk.work, Reply(one.id, "Läuft er wieder?"))
        desk.close()

    def report(self) -> dict[str, object]:
        """Count what is there on both sides."""
        client = Client(ClientStore(self.pc / "hilfe.db"))
        mine = list_requests(client)
        client.store.close()
        desk = open_company(self.home, FolderSecrets(self.keys))
        with sqlite3.connect(self.home.data / "ersthelfer.db") as db:
            tickets = db.execute("SELECT request_id FROM tickets").fetchall()
            contents = db.execute("SELECT count(*) FROM attachments").fetchone()[0]
            came = "SELECT count(*) FROM audit WHERE action = 'device.diagnosis_came'"
            taken = db.execute(came).fetchone()[0]  # the snapshots themselves are thinned out by the day
            settled = db.execute("SELECT id FROM asks WHERE state = 'answered'").fetchall()
            numbers = [row[0] for row in db.execute("SELECT number FROM tickets ORDER BY number")]
        db.close()
        with sqlite3.connect(self.pc / "hilfe.db") as db:
            replies = db.execute("SELECT request_id FROM messages WHERE NOT is_mine").fetchall()
            told = db.execute("SELECT id, document FROM outgoing WHERE kind = 'diagnosis'").fetchall()
        db.close()
        sound = check(desk.work, self.home).ok
        desk.close()
        return {
            "requests": sorted(one.id for one in mine),
            "tickets": sorted(row[0] for row in tickets),
            "known": sorted(one.id for one in mine if one.ticket),
            "replies": sorted(row[0] for row in replies),
            "attachments": contents,
            "numbers": numbers,
            "diagnoses": len(told),
            "taken": taken,
            "answers": sorted(one for _, text in told if (one := json.loads(text)["answers"])),
            "settled": sorted(row[0] for row in settled),
            "stages": sorted({one.stage.value for one in mine}),
            "left": len(list(self.home.data.parent.parent.glob("mailbox/in/**/*.ehr"))),
            "ok": sound,
        }


def is_ended(work: Callable[[Callable[[str], None]], None], *, step: str = "", after: float = 0.0) -> bool:
    """Run `work` in a child that dies at a named step, or by a signal after so many seconds; tell whether it did."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
            return False
        if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == ENDED:
            return True
        raise RuntimeError(f"the child failed with {os.WEXITSTATUS(status)}")
    if after:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process at once, like kill -9: nothing is tidied up
        signal.setitimer(signal.ITIMER_REAL, after)
    try:
        work(lambda name: os._exit(ENDED) if name == step else None)
    except BaseException as error:  # noqa: BLE001 - the child's last word
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)
    os._exit(0)


def main(root: Path, kills: int, seed: int) -> None:
    """End each side at every named step, then at random until `kills` are full; then let both finish in peace."""
    world, chance = World(root), random.Random(seed)
    turns = (world.send, world.tell, world.take_in, world.fetch)
    at_steps: set[str] = set()
    ended = 0
    for _ in range(3):  # what a step needs may come only with the next turn of the other side
        for step in [one for one in STEPS if one not in at_steps]:
            for turn in turns:
                if is_ended(turn, step=step):
                    at_steps.add(step)
                    ended += 1
    while ended < kills:
        ended += is_ended(chance.choice(turns), after=chance.uniform(0.001, LONGEST))
    _finish(world)
    world.answer_all()
    _finish(world)
    document = {"ended": ended, "steps": sorted(at_steps), "missed": sorted(set(STEPS) - at_steps), **world.report()}
    sys.stdout.write(json.dumps(document))


def _finish(world: World) -> None:
    """Look on both sides until no pause of any schedule is left to wait for: the clock goes on an hour each time."""
    for hours in range(1, 6):
        late = timedelta(hours=hours)
        world.fetch(lambda _: None, clock=lambda late=late: utc_now() + late)
        world.take_in(lambda _: None, clock=lambda late=late: utc_now() + late)
    world.fetch(lambda _: None, clock=lambda: utc_now() + timedelta(hours=6))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
