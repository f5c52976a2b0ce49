"""The Desk may die at any named step or at any moment: nothing is lost and nothing comes twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.base.clock import utc_now
from desktop.domain.payloads import Admission, Status, Wizards
from desktop.services.check import check
from desktop.services.intake import import_mailbox
from desktop.services.lists import list_tickets, open_ticket
from desktop.services.outgoing import deliver
from desktop.services.own_wizards import Publish, SaveDraft, publish, save_draft
from tests.services.own_files import own

if TYPE_CHECKING:
    from tests.services.conftest import Desk, Pc

CHILD = Path(__file__).with_name("crashing.py")
REQUESTS = 4


def start(desk: Desk, step: str = "", occurrence: int = 1) -> subprocess.Popen[str]:
    root = desk.home.data.parent
    (root / "seeds.json").write_text(json.dumps({name: seed.hex() for name, seed in desk.secrets.seeds.items()}))
    command = [sys.executable, str(CHILD), str(root), step, str(occurrence)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def filled(desk: Desk) -> Pc:
    desk.clock.now = utc_now()
    pc = desk.pc()
    pc.enrol()
    save_draft(desk.work, SaveDraft("lift-stuck", own(), ""))
    publish(desk.work, Publish("lift-stuck"))
    for number in range(REQUESTS):
        pc.ask(f"Anfrage {number}", files=[("groß.bin", bytes([number]) * 300_000)])
    return pc


def settle(desk: Desk, pc: Pc) -> list[object]:
    """Let both sides finish in peace and return everything the PC has been told."""
    told: list[object] = []
    for _ in range(3):
        pc.post.sync()
        import_mailbox(desk.work, desk.open.post)
        deliver(desk.work, desk.open.post)
        desk.clock.forward(hours=1)
        report = pc.post.sync()
        told += [payload for _, payload in report.received]
        pc.post.confirm([one for one, _ in report.received])
    return told


def assert_exactly_once(desk: Desk, pc: Pc) -> None:
    told = settle(desk, pc)
    rows = list_tickets(desk.work, "all").rows
    assert sorted(one.title for one in rows) == [f"Anfrage {number}" for number in range(REQUESTS)]
    assert sorted(one.number for one in rows) == [f"A-2026-{number:04}" for number in range(1, REQUESTS + 1)]
    for one in rows:
        page = open_ticket(desk.work, one.id)
        assert len(page.messages) == 1
        assert len(page.messages[0].attachments) == 1
    assert desk.incoming() == []
    assert len([one for one in told if isinstance(one, Admission)]) == 1
    assert len([one for one in told if isinstance(one, Status)]) == REQUESTS
    assert [list(one.files) for one in told if isinstance(one, Wizards)] == [["lift-stuck"]]
    report = check(desk.work, desk.home)
    assert report.ok, report


def test_death_at_every_named_step_is_healed(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.services.conftest import Desk

    rehearsal = Desk(tmp_path_factory.mktemp("rehearsal"))
    filled(rehearsal)
    child = start(rehearsal)
    output, errors = child.communicate(timeout=60)
    rehearsal.open.close()
    assert child.returncode == 0, errors
    steps = list(dict.fromkeys(output.split()))
    assert {"import.scanned", "import.before_commit", "import.committed", "import.removed", "deliver.stored"} <= {
        *steps
    }
    desk = Desk(tmp_path_factory.mktemp("desk"))
    pc = filled(desk)
    for step in steps:
        child = start(desk, step)
        _, errors = child.communicate(timeout=60)
        assert child.returncode in (0, 9), (step, errors)
    assert_exactly_once(desk, pc)
    desk.open.close()


def test_death_at_any_moment_is_healed(desk: Desk, is_long: bool) -> None:
    chance = random.Random(7)
    pc = filled(desk)
    for _ in range(100 if is_long else 6):
        child = start(desk)
        assert child.stdout is not None
        for _ in range(chance.randrange(12)):  # so many steps, then the axe
            child.stdout.readline()
        child.kill()
        child.communicate(timeout=60)
    assert_exactly_once(desk, pc)


def test_numbers_stay_gapless_with_two_programs(desk: Desk) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop.base.paths import Home;"
        "from desktop.services.work import open_work; from desktop.services.tickets import create_ticket, CreateTicket;"
        "w = open_work(Home.under(Path(sys.argv[1])));"
        "[create_ticket(w, CreateTicket(f'T {n}')) for n in range(15)]; w.store.close()"
    )
    command = [sys.executable, "-c", script, str(desk.home.data.parent)]
    children = [subprocess.Popen(command) for _ in range(2)]
    assert [one.wait(timeout=60) for one in children] == [0, 0]
    numbers = sorted(one.number for one in list_tickets(desk.work, "all").rows)
    assert [int(one.split("-")[2]) for one in numbers] == list(range(1, 31))
