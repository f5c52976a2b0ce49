"""What the Desk will never take is acknowledged as refused: Hilfe tells its user and stops sending it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.exchange import device_post
from desktop.services import devices
from desktop.services.intake import import_mailbox
from desktop.services.lists import list_tickets
from desktop.services.outgoing import deliver

if TYPE_CHECKING:
    from tests.services.conftest import Desk, Pc


def enrolled(desk: Desk) -> Pc:
    pc = desk.pc()
    pc.enrol()
    for _ in range(2):  # the second brings the PC's receipt home
        turn(desk, pc)
    pc.post.sync()
    import_mailbox(desk.work, desk.open.post)
    return pc


def turn(desk: Desk, pc: Pc) -> tuple[str, ...]:
    """Let both sides look once; returns what the PC hears was refused."""
    import_mailbox(desk.work, desk.open.post)
    deliver(desk.work, desk.open.post)
    report = pc.post.sync()
    pc.post.confirm([*(one for one, _ in report.received), *report.acknowledged, *report.refused])
    return report.refused


def test_a_revoked_pc_hears_it_and_stops_sending(desk: Desk) -> None:
    pc = enrolled(desk)
    devices.revoke_device(desk.work, pc.name)
    pc.ask()
    assert len(turn(desk, pc)) == 1
    desk.clock.forward(hours=1)
    assert turn(desk, pc) == ()
    assert pc.post.sync().waiting == 0
    import_mailbox(desk.work, desk.open.post)
    assert desk.incoming() == []


def test_a_refused_message_is_no_acknowledged_one_and_comes_until_confirmed(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask(impact="galaxy")
    import_mailbox(desk.work, desk.open.post)
    for _ in range(2):
        report = pc.post.sync()
        assert len(report.refused) == 1
        assert report.acknowledged == ()
        assert report.waiting == 0
    pc.post.confirm(report.refused)
    assert pc.post.sync().refused == ()
    assert list_tickets(desk.work, "all").total == 0


def test_a_flipped_copy_does_not_refuse_the_message(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask()
    (path,) = desk.incoming()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.with_name(f"{path.stem} (Konflikt).ehr").write_bytes(bytes(content))
    assert turn(desk, pc) == ()
    assert list_tickets(desk.work, "all").total == 1


def test_a_revoked_pc_does_not_come_back_with_the_old_invitation(desk: Desk) -> None:
    pc = enrolled(desk)
    devices.revoke_device(desk.work, pc.name)
    again = desk.pc("ANDERER-NAME")  # new keys, the same invitation, which had room for two
    again.enrol()
    turn(desk, again)
    assert [one.status for one in devices.list_devices(desk.work) if one.name == "ANDERER-NAME"] == ["waiting"]


def test_a_damaged_answer_that_the_pc_may_not_delete_comes_under_another_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pc = enrolled(desk)
    pc.ask()
    import_mailbox(desk.work, desk.open.post)
    deliver(desk.work, desk.open.post)
    found = sorted((desk.root / "mailbox" / "out").rglob("*.ehr"))
    for path in found:
        path.write_bytes(b"kein Umschlag " * 20)
    with monkeypatch.context() as patched:
        patched.setattr(device_post, "_remove", lambda path: path not in found)
        for _ in range(3):
            pc.post.sync()
            import_mailbox(desk.work, desk.open.post)
            deliver(desk.work, desk.open.post)
        report = pc.post.sync()
    assert "status" in [payload.kind for _, payload in report.received]
