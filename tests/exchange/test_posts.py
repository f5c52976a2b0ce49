"""Both posts against each other through a real folder: everything arrives once, whatever happens to the files."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import pytest

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.payloads import AttachmentInfo, Fate, Reply, Resend, Status
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.device_post import DevicePost
from desktop.exchange.framing import MAX_FILE
from desktop.exchange.keys import DeviceKeys, OrgKeys
from desktop.exchange.mailbox import MailboxFolder
from desktop.exchange.org_card import OrgCard, card_bytes, succession
from desktop.exchange.outbox import Outbox
from desktop.exchange.reports import Arrival, SendState


def imported(desk: DeskPost) -> list[Arrival]:
    """Take in everything as the Desk does: keep, acknowledge, remove."""
    arrivals = [one for one in desk.scan() if one.fate_hint is Fate.IMPORTED]
    for arrival in arrivals:
        assert arrival.signer is not None
        desk.acknowledge(arrival.signer, [arrival.id])
        assert desk.remove(arrival)
    return arrivals


def status(**changes) -> Status:
    return replace(Status(new_id(), "A-2026-0412", "open", "Timo", "2026-03-02T09:00:00.000000Z"), **changes)


def test_there_and_back_again(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    message_id = pc.send(request_payload)
    assert pc.state(message_id) is SendState.QUEUED
    assert pc.sync().delivered == (message_id,)
    assert pc.state(message_id) is SendState.DELIVERED
    arrival = imported(desk)[0]
    assert (arrival.id, arrival.payload, arrival.claimed_id) == (message_id, request_payload, message_id)
    assert arrival.signer == company.device_keys.public
    report = pc.sync()
    assert (report.acknowledged, report.waiting, report.problem) == ((message_id,), 0, None)
    pc.confirm(report.acknowledged)
    assert pc.sync().acknowledged == ()

    reply = Reply(request_payload.request_id, new_id(), "Timo", "Bitte neu starten.", "2026-03-02T09:10:00.000000Z")
    desk.send(company.device_keys.public, reply, reply.message_id)
    desk.send(company.device_keys.public, reply, reply.message_id)
    assert desk.deliver() == (reply.message_id,)
    report = pc.sync()
    assert report.received == ((reply.message_id, reply),)
    assert pc.sync().received == report.received  # until it is confirmed
    pc.confirm([reply.message_id])
    assert pc.sync().received == ()
    assert list(desk.scan()) == []
    assert desk.collect_receipts() == (reply.message_id,)
    desk.forget([reply.message_id])
    assert desk.collect_receipts() == ()
    assert company.incoming() == company.answers() == []


def test_attachments_travel_and_are_checked(company, request_payload) -> None:
    part = os.urandom(3 * 2**20)
    info = AttachmentInfo("bild.png", len(part), sha256(part).hexdigest(), 0)
    pc, desk = company.pc(), company.desk()
    pc.send(replace(request_payload, attachments=[info]), [part])
    pc.send(replace(request_payload, attachments=[replace(info, sha256="0" * 64)]), [part])
    pc.send(replace(request_payload, attachments=[replace(info, part=1)]), [part])
    pc.sync()
    fates = sorted((one.fate_hint.value, one.reason) for one in desk.scan())
    assert fates == [("imported", ""), ("quarantined", "payload"), ("quarantined", "payload")]


def test_message_for_pcs_is_refused_from_a_pc(company) -> None:
    pc = company.pc()
    pc.send(status())
    pc.sync()
    assert [one.reason for one in company.desk().scan()] == ["payload"]


def test_vanished_file_is_delivered_again_after_a_pause(company, request_payload) -> None:
    pc = company.pc()
    message_id = pc.send(request_payload)
    pc.sync()
    first = company.incoming()[0].read_bytes()
    company.incoming()[0].unlink()
    assert pc.sync().delivered == ()
    company.clock.forward(seconds=20)
    assert pc.sync().delivered == (message_id,)
    assert company.incoming()[0].read_bytes() == first


def test_no_acknowledgement_for_a_day_is_told(company, request_payload) -> None:
    pc = company.pc()
    message_id = pc.send(request_payload)
    pc.sync()
    company.clock.forward(hours=23)
    assert pc.sync().overdue == ()
    company.clock.forward(hours=2)
    assert pc.sync().overdue == (message_id,)


def test_export_is_the_same_bytes_and_opens_from_a_stick(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    message_id = pc.send(request_payload)
    content = pc.export(message_id)
    pc.sync()
    assert company.incoming()[0].read_bytes() == content
    arrival = desk.read_bytes(content, "stick.ehr")
    assert (arrival.fate_hint, arrival.id) == (Fate.IMPORTED, message_id)
    assert desk.read_bytes(content[:-1], "stick.ehr").reason == "stale"
    with pytest.raises(AppError, match=r"outbox\.unknown"):
        pc.export(new_id())


def test_conflict_copies_are_the_same_message(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    message_id = pc.send(request_payload)
    pc.sync()
    path = company.incoming()[0]
    for name in ("{} (Konflikt-Kopie von Anna).ehr", "{}.sync-conflict-20260302-090000-ABCDEFG.ehr", "x{}.EHR"):
        shutil.copy(path, path.parent / name.format(path.stem))
    assert {one.id for one in desk.scan()} == {message_id}
    assert len(list(desk.scan())) == 4


def test_what_the_scan_does_not_touch(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    pc.send(request_payload)
    pc.sync()
    path = company.incoming()[0]
    content = path.read_bytes()
    path.unlink()
    for name in ("~tmp.ehr", ".hidden.ehr", "desktop.ini", "a.ehr.part"):
        (company.mailbox.incoming / name).write_bytes(content)
    (company.mailbox.incoming / "link.ehr").symlink_to("/etc/passwd")
    (company.mailbox.incoming / "folder.ehr").mkdir()
    (company.mailbox.incoming / "Fremd").mkdir()
    (company.mailbox.incoming / "Fremd" / "a.ehr").write_bytes(content)
    (company.mailbox.incoming / "0123abcd").symlink_to("/etc")
    os.mkfifo(company.mailbox.incoming / "pipe.ehr")
    assert list(desk.scan()) == []


def test_giant_is_never_read(company) -> None:
    giant = company.mailbox.incoming / f"{new_id()}.ehr"
    with giant.open("wb") as stream:
        stream.truncate(2**30)
    desk = company.desk()
    arrival = next(desk.scan())
    assert (arrival.fate_hint, arrival.reason, arrival.size) == (Fate.QUARANTINED, "too_large", 2**30)
    assert arrival.size > MAX_FILE
    target = desk.quarantine(arrival, arrival.reason)
    assert target is not None
    assert target.stat().st_blocks == 0  # moved, not copied
    assert list(desk.scan()) == []


def test_incomplete_waits_six_hours_without_growth(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    pc.send(request_payload)
    pc.sync()
    path = company.incoming()[0]
    content = path.read_bytes()
    path.write_bytes(content[:100])
    assert [(one.fate_hint, one.reason) for one in desk.scan()] == [(Fate.LATER, "incomplete")]
    company.clock.forward(hours=5)
    path.write_bytes(content[:200])
    assert [one.fate_hint for one in company.desk().scan()] == [Fate.LATER]
    company.clock.forward(hours=5)
    assert [one.fate_hint for one in company.desk().scan()] == [Fate.LATER]
    company.clock.forward(hours=1, minutes=1)
    arrival = next(company.desk().scan())
    assert (arrival.fate_hint, arrival.reason) == (Fate.QUARANTINED, "stale")
    path.write_bytes(content)
    assert [one.fate_hint for one in company.desk().scan()] == [Fate.IMPORTED]


def test_zeros_that_become_content_are_read_again(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    pc.send(request_payload)
    pc.sync()
    path = company.incoming()[0]
    content, before = path.read_bytes(), path.stat()
    path.write_bytes(bytes(len(content)))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [one.fate_hint for one in desk.scan()] == [Fate.LATER]
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    company.clock.forward(seconds=31)
    assert [one.fate_hint for one in desk.scan()] == [Fate.IMPORTED]


def test_newer_message_is_parked_not_quarantined(company) -> None:
    path = company.mailbox.incoming / f"{new_id()}.ehr"
    path.write_bytes(b"EHENV02\n" + bytes(500))
    desk = company.desk()
    for _ in range(3):
        assert [(one.fate_hint, one.reason) for one in desk.scan()] == [(Fate.PARKED, "too_new")]
        company.clock.forward(hours=7)
    assert path.exists()


def test_quarantine_keeps_name_reason_and_hash(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    pc.send(request_payload)
    pc.sync()
    path = company.incoming()[0]
    path.write_bytes(b"something else entirely")
    arrival = next(desk.scan())
    assert (arrival.fate_hint, arrival.reason) == (Fate.QUARANTINED, "not_an_envelope")
    target = desk.quarantine(arrival, arrival.reason)
    assert target is not None
    assert target.parent == company.mailbox.bad
    assert target.read_bytes() == b"something else entirely"
    note = (company.root / "desk" / "quarantine" / f"{target.name}.json").read_text()
    assert sha256(b"something else entirely").hexdigest() in note
    assert "not_an_envelope" in note
    assert not path.exists()


def test_quarantine_stays_local_where_bad_is_missing(company) -> None:
    (company.mailbox.incoming / "x.ehr").write_bytes(b"junk that is no envelope")
    company.mailbox.bad.rmdir()
    desk = company.desk()
    target = desk.quarantine(next(desk.scan()), "not_an_envelope")
    assert target is not None
    assert target.parent == company.root / "desk" / "quarantine"


def test_damaged_message_is_asked_for_and_comes_again(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    message_id = pc.send(request_payload)
    pc.sync()
    company.incoming()[0].write_bytes(b"damaged beyond recognition")
    arrival = next(desk.scan())
    desk.quarantine(arrival, arrival.reason)
    resend = Resend([arrival.claimed_id])
    desk.send(company.device_keys.public, resend, new_id())
    desk.deliver()
    assert pc.sync().delivered == (message_id,)
    assert [one.id for one in desk.scan()] == [message_id]


def test_damaged_answer_is_removed_and_comes_again(company) -> None:
    pc, desk, message_id = company.pc(), company.desk(), new_id()
    desk.send(company.device_keys.public, status(), message_id)
    desk.deliver()
    company.answers()[0].write_bytes(b"damaged beyond recognition")
    assert pc.sync().received == ()
    assert desk.deliver() == ()
    company.clock.forward(minutes=1)
    assert desk.deliver() == (message_id,)
    assert [one for one, _ in pc.sync().received] == [message_id]


def test_torn_answer_is_waited_for_then_removed_and_comes_again(company) -> None:
    pc, desk, message_id = company.pc(), company.desk(), new_id()
    desk.send(company.device_keys.public, status(), message_id)
    desk.deliver()
    path = company.answers()[0]
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert pc.sync().received == ()
    company.clock.forward(hours=5)
    assert company.pc().sync().received == ()
    assert path.exists()
    company.clock.forward(hours=1, minutes=1)
    assert company.pc().sync().received == ()
    assert not path.exists()
    desk.deliver()
    company.clock.forward(minutes=1)
    assert desk.deliver() == (message_id,)
    assert [one for one, _ in pc.sync().received] == [message_id]


def test_answers_of_strangers_and_to_strangers_do_not_count(company) -> None:
    pc, other, stranger = company.pc(), DeviceKeys.generate(), OrgKeys.generate()
    public = stranger.public(company.org.org_id, company.org.recovery_key)
    forger = DeskPost(company.mailbox, stranger, public, folder=company.root / "forger", clock=company.clock)
    forger.send(company.device_keys.public, status(), new_id())
    forger.deliver()
    company.desk().send(other.public, status(), new_id())
    assert pc.sync().received == ()


def test_receipt_counts_only_from_the_addressed_pc(company, request_payload) -> None:
    desk, message_id, other = company.desk(), new_id(), DeviceKeys.generate()
    desk.send(company.device_keys.public, status(), message_id)
    desk.deliver()
    liar = company.pc(keys=other, name="liar")
    liar._put_receipts([message_id])
    liar.sync()
    assert list(desk.scan()) == []
    assert desk.collect_receipts() == ()


def test_answers_taken_in_do_not_come_back_from_an_old_copy(company, tmp_path: Path) -> None:
    pc, desk, message_id = company.pc(), company.desk(), new_id()
    desk.send(company.device_keys.public, status(), message_id)
    desk.deliver()
    path = company.answers()[0]
    shutil.copy(path, tmp_path / "old")
    pc.sync()
    pc.confirm([message_id])
    pc.sync()
    shutil.copy(tmp_path / "old", path.with_name("conflict.ehr"))
    again = company.pc()
    assert again.sync().received == ()
    assert company.answers() == []


def test_mailbox_that_is_gone_or_empty_is_a_problem_and_nothing_is_lost(company, request_payload) -> None:
    pc, desk = company.pc(), company.desk()
    message_id = pc.send(request_payload)
    away = company.root / "away"
    company.mailbox.path.rename(away)
    for make in (lambda: None, company.mailbox.path.mkdir):  # gone; then an empty mount point
        make()
        report = pc.sync()
        assert report.problem is not None
        assert (report.problem.code, report.waiting) == ("mailbox.unreachable", 1)
        assert list(company.mailbox.path.glob("*")) == []
        with pytest.raises(AppError, match=r"mailbox\.unreachable"):
            list(desk.scan())
        found = desk.problem()
        assert found is not None
        assert found.code == "mailbox.unreachable"
    company.mailbox.path.rmdir()
    away.rename(company.mailbox.path)
    assert pc.sync().delivered == (message_id,)
    assert [one.id for one in desk.scan()] == [message_id]
    assert desk.problem() is None


def test_swapped_card_is_told_and_changes_no_recipient(company, request_payload) -> None:
    stranger = OrgKeys.generate()
    forged = card_bytes(OrgCard("Firma", stranger.public(company.org.org_id, b"r" * 32)), stranger)
    company.mailbox.write_card(forged)
    pc = company.pc()
    message_id = pc.send(request_payload)
    report = pc.sync()
    assert report.problem is not None
    assert report.problem.code == "mailbox.not_ours"
    assert [one.id for one in company.desk().scan()] == [message_id]


def test_deleted_or_swapped_parts_of_the_mailbox_are_mended(company, request_payload) -> None:
    stranger = OrgKeys.generate()
    forged = card_bytes(OrgCard("Firma", stranger.public(company.org.org_id, b"r" * 32)), stranger)
    genuine = company.mailbox.read_card()
    company.mailbox.write_card(forged)
    list(company.desk().scan())
    assert company.mailbox.read_card() == genuine
    (company.mailbox.path / "org.json").unlink()
    list(company.desk().scan())
    assert company.mailbox.read_card() == genuine
    shutil.rmtree(company.mailbox.incoming)
    shutil.rmtree(company.mailbox.outgoing)
    assert list(company.desk().scan()) == []
    message_id = company.pc().send(request_payload)
    assert company.pc().sync().delivered == (message_id,)
    company.clock.forward(seconds=1)
    newer = card_bytes(OrgCard("Neuer Name", company.org), company.keys, clock=company.clock)
    company.mailbox.write_card(newer)
    list(company.desk().scan())
    assert company.mailbox.read_card() == newer


def test_new_keys_reach_the_pc_and_old_ones_open_stragglers(company, request_payload) -> None:
    pc = company.pc()
    straggler = pc.send(request_payload)
    fresh = OrgKeys.generate()
    org = fresh.public(company.org.org_id, company.org.recovery_key)
    links = (succession(company.keys.sign, fresh.sign.public, org.org_id),)
    company.clock.forward(seconds=1)
    desk = DeskPost(
        company.mailbox, fresh, org, folder=company.root / "desk", retired=[company.keys.box], clock=company.clock
    )
    desk.publish(OrgCard("Firma", org, successors=links))
    pc.sync()
    later = company.pc().send(replace(request_payload, request_id=new_id()))
    company.pc().sync()
    assert {one.id for one in imported(desk)} == {straggler, later}
    assert set(pc.sync().acknowledged) == {straggler, later}


def test_recovery_key_opens_requests_when_the_desk_is_lost(company, request_payload) -> None:
    company.pc().send(request_payload)
    company.pc().sync()
    fresh = OrgKeys.generate()
    org = fresh.public(company.org.org_id, company.org.recovery_key)
    folder = company.root / "new"
    desk = DeskPost(company.mailbox, fresh, org, folder=folder, retired=[company.recovery.box], clock=company.clock)
    assert [one.payload for one in desk.scan()] == [request_payload]


def test_scan_is_fair_and_keeps_to_its_slice(company, request_payload) -> None:
    posts = [company.pc(keys=DeviceKeys.generate(), name=f"pc{number}") for number in range(3)]
    for count, post in zip((30, 2, 1), posts, strict=True):
        for _ in range(count):
            post.send(request_payload)
        post.sync()
    first = list(company.desk().scan(6))
    assert len(first) == 6
    assert len({one.signer for one in first}) == 3


def test_daily_quota_makes_the_rest_wait(company, request_payload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.exchange.observations.DAILY_BYTES", 1000)
    pc, desk = company.pc(), company.desk()
    for _ in range(2):
        pc.send(request_payload)
    pc.sync()
    desk.remove(next(desk.scan(1)))
    assert [(one.fate_hint, one.reason) for one in company.desk().scan()] == [(Fate.LATER, "quota")]
    company.clock.forward(days=1)
    assert [one.fate_hint for one in company.desk().scan()] == [Fate.IMPORTED]


def test_file_that_cannot_be_removed_is_skipped(company, request_payload, monkeypatch: pytest.MonkeyPatch) -> None:
    pc, desk = company.pc(), company.desk()
    message_id = pc.send(request_payload)
    pc.sync()
    arrival = next(desk.scan())
    desk.acknowledge(arrival.signer, [arrival.id])

    def denied(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", denied)
        assert not desk.remove(arrival)
    assert list(company.desk().scan()) == []
    assert pc.sync().acknowledged == (message_id,)
    assert company.incoming() == []  # the PC took its own file back


def test_old_leftovers_are_tidied(company) -> None:
    pc_temporary = company.mailbox.incoming / "~x.tmp"
    pc_temporary.write_bytes(b"x")
    old_answer = company.mailbox.place_for_answers("0123abcd") / f"{new_id()}.ehr"
    old_answer.write_bytes(b"x")
    for path, days in ((pc_temporary, 2), (old_answer, 91)):
        then = company.clock().timestamp() - days * 86_400
        os.utime(path, (then, then))
    list(company.desk().scan())
    assert not pc_temporary.exists()
    assert not old_answer.exists()


def test_two_processes_of_one_pc_do_no_harm(company, request_payload) -> None:
    one, two = company.pc(), company.pc()
    message_id = one.send(request_payload)
    one.sync()
    two.sync()
    assert [arrival.id for arrival in imported(company.desk())] == [message_id]
    assert one.sync().acknowledged == (message_id,) == two.sync().acknowledged
    one.confirm([message_id])
    two.confirm([message_id])
    assert one.sync().waiting == two.sync().waiting == 0


def test_taken_name_is_avoided(company, request_payload) -> None:
    pc = company.pc()
    message_id = pc.send(request_payload)
    own = company.mailbox.place_for_device(company.device_keys.public.id8)
    (own / f"{message_id}.ehr").write_bytes(b"somebody was here first")
    assert pc.sync().delivered == (message_id,)
    assert sorted(one.reason for one in company.desk().scan()) == ["", "not_an_envelope"]


def test_5000_files_are_listed_once_and_read_in_slices(company) -> None:
    folder = company.mailbox.incoming / "0123abcd"
    folder.mkdir()
    for _ in range(5000):
        (folder / f"{new_id()}.ehr").touch()
    assert len(company.mailbox.list_incoming().files) == 5000
    assert sum(1 for _ in company.desk().scan(50)) == 50


def test_importing_the_package_costs_nothing() -> None:
    import subprocess
    import sys

    code = "import sys, desktop.exchange, desktop.exchange.reports; sys.exit('nacl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_outbox_of_the_desk_is_its_own(company) -> None:
    company.desk().send(company.device_keys.public, status(), new_id())
    assert len(Outbox(company.root / "desk" / "outbox").entries()) == 1
    assert isinstance(company.pc(), DevicePost)
    assert MailboxFolder(company.mailbox.path).problem() is None


@dataclass(frozen=True, slots=True)
class _Later:
    """A payload of a version that does not exist yet."""

    kind: ClassVar[str] = "telepathy"
    text: str = "Hallo"


def test_a_payload_of_a_newer_program_is_kept_until_the_update(company, request_payload) -> None:
    """Neither side throws away, quarantines or repeats what it will understand after its update."""
    pc, desk = company.pc(), company.desk()
    pc.send(_Later())
    pc.send(request_payload)
    pc.sync()
    fates = sorted((one.fate_hint.value, one.reason) for one in desk.scan())
    assert fates == [("imported", ""), ("parked", "too_new")]
    desk.send(company.device_keys.public, _Later(), new_id())
    desk.deliver()
    assert pc.sync().received == ()
    assert len(company.answers()) == 1
