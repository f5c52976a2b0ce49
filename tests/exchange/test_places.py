"""Real places that are difficult: a drop box, read-only folders, a full disk, files that may not be read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.payloads import Fate, Status
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.keys import DeviceKeys, OrgKeys, RecoveryKey
from desktop.exchange.mailbox import MailboxFolder
from desktop.exchange.org_card import OrgCard

SCRIPT = Path(__file__).with_name("place_script.py")
NOBODY = 65_534
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can work under another account or mount a small disk")
KEYS = OrgKeys.from_seeds({"org.box": b"\x01" * 32, "org.sign": b"\x02" * 32})
RECOVERY = RecoveryKey.from_seeds({"recovery.box": b"\x03" * 32})
ORG = KEYS.public("0195a000-0000-7000-8000-000000000001", RECOVERY.box.public)
DEVICE = DeviceKeys.from_seeds({"device.sign": b"\x04" * 32, "device.box": b"\x05" * 32})


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that another account may enter, with a mailbox of root and a home of nobody."""
    root = Path(tempfile.mkdtemp(prefix="ersthelfer-place-"))
    root.chmod(0o755)
    desk(root).publish(OrgCard("Firma", ORG))
    (root / "home").mkdir()
    os.chown(root / "home", NOBODY, NOBODY)
    yield root
    shutil.rmtree(root)


def desk(root: Path) -> DeskPost:
    return DeskPost(MailboxFolder(root / "mailbox"), KEYS, ORG, folder=root / "desk")


def as_nobody(root: Path, *options: str) -> dict:
    command = [sys.executable, SCRIPT, str(NOBODY), root, *options]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@needs_root
@pytest.mark.parametrize("options", [(), ("no-rename",)])
def test_drop_box_without_listing_and_rename(place: Path, options: tuple[str, ...]) -> None:
    (place / "mailbox" / "in").chmod(0o1733)
    report = as_nobody(place, *options)
    assert (report["can_list"], report["problem"], len(report["delivered"])) == (False, "", 1)
    post = desk(place)
    arrival = next(post.scan())
    assert (arrival.fate_hint, arrival.folder) == (Fate.IMPORTED, "")
    assert arrival.signer is not None
    post.acknowledge(arrival.signer, [arrival.id])
    assert post.remove(arrival)
    answer = new_id()
    post.send(DEVICE.public, Status(arrival.id, "A-1", "open", "Timo", "2026-03-02T09:00:00.000000Z"), answer)
    post.deliver()
    report = as_nobody(place, "only-sync", *options)
    assert (report["acknowledged"], report["received"], report["waiting"]) == ([arrival.id], [answer], 0)
    # nobody may not delete in out/ here: the message stays and must not come again, its receipt must
    assert len(list((place / "mailbox" / "out").rglob("*.ehr"))) == 2
    report = as_nobody(place, "only-sync", *options)
    assert report["received"] == []
    assert list(post.scan()) == []
    assert post.collect_receipts() == (answer,)
    assert [one.name for one in (place / "mailbox" / "in").iterdir()] == []


@needs_root
def test_own_folder_taken_by_a_stranger(place: Path) -> None:
    (place / "mailbox" / "in").chmod(0o1777)
    (place / "mailbox" / "in" / DEVICE.public.id8).mkdir(mode=0o700)
    assert len(as_nobody(place)["delivered"]) == 1
    assert [one.fate_hint for one in desk(place).scan()] == [Fate.IMPORTED]


@needs_root
def test_group_share_gets_a_folder_per_pc(place: Path) -> None:
    (place / "mailbox" / "in").chmod(0o2777)
    as_nobody(place)
    assert [one.folder for one in desk(place).scan()] == [DEVICE.public.id8]


@needs_root
def test_folder_without_rights_is_said_so_and_nothing_is_lost(place: Path) -> None:
    (place / "mailbox" / "in").chmod(0o755)
    report = as_nobody(place)
    assert (report["problem"], report["waiting"], report["delivered"]) == ("mailbox.denied", 1, [])
    (place / "mailbox" / "in").chmod(0o1733)
    assert len(as_nobody(place, "only-sync")["delivered"]) == 1


@pytest.fixture
def small_disk(company) -> Iterator[Path]:
    """A disk of 256 KiB under the mailbox's in/."""
    folder = company.mailbox.incoming
    command = ["mount", "-t", "tmpfs", "-o", "size=256k,mode=1777", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@needs_root
def test_full_disk_loses_nothing(company, request_payload, small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(240 * 1024))
    pc = company.pc()
    message_id = pc.send(replace(request_payload, text=os.urandom(30_000).hex()))
    report = pc.sync()
    assert report.problem is not None
    assert (report.problem.code, report.waiting) == ("mailbox.full", 1)
    assert [one.name for one in small_disk.rglob("*") if one.is_file()] == ["ballast"]
    assert pc.sync().problem is None  # not tried again before the pause is over
    ballast.unlink()
    company.clock.forward(minutes=1)
    assert pc.sync().delivered == (message_id,)
    assert [one.fate_hint for one in company.desk().scan()] == [Fate.IMPORTED]


@needs_root
def test_read_only_mailbox(company, request_payload, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    pc = company.pc()
    message_id = pc.send(request_payload)
    report = pc.sync()
    assert report.problem is not None
    assert (report.problem.code, report.waiting) == ("mailbox.read_only", 1)
    found = company.desk().problem()
    assert found is not None
    assert found.code == "mailbox.read_only"
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    company.clock.forward(minutes=1)
    assert pc.sync().delivered == (message_id,)


@needs_root
def test_full_disk_of_the_pc_itself_is_said_before_anything_is_promised(company, request_payload, small_disk) -> None:
    (small_disk / "ballast").write_bytes(bytes(255 * 1024))
    company.root = small_disk
    with pytest.raises(AppError) as caught:
        company.pc().send(request_payload)
    assert caught.value.code == "outbox.full"


def test_desk_is_told_of_files_it_may_not_read(company, request_payload, monkeypatch: pytest.MonkeyPatch) -> None:
    company.pc().send(request_payload)
    company.pc().sync()
    opened = os.open

    def denied(path, flags, *rest, **options):
        if str(path).endswith(".ehr"):
            raise PermissionError(13, "in use")
        return opened(path, flags, *rest, **options)

    desk = company.desk()
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", denied)
        arrival = next(desk.scan())
    assert (arrival.fate_hint, arrival.problem.code) == (Fate.LATER, "mailbox.denied")
    company.clock.forward(minutes=1)
    assert [one.fate_hint for one in desk.scan()] == [Fate.IMPORTED]


def test_device_folder_that_may_not_be_listed_stops_nobody(company, request_payload, monkeypatch) -> None:
    company.pc().send(request_payload)
    company.pc().sync()
    locked = company.mailbox.incoming / "0123abcd"
    locked.mkdir()
    scandir = os.scandir

    def denied(path):
        if Path(path) == locked:
            raise PermissionError(13, "denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    desk = company.desk()
    assert [one.fate_hint for one in desk.scan()] == [Fate.IMPORTED]
    found = desk.problem()
    assert found is not None
    assert found.code == "mailbox.denied"
