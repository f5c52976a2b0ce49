"""Messages become tickets once, whatever arrives and from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.commands import Solve, Wait
from desktop.domain.payloads import Admission, Fate, FollowUp, Reply, Request, Status, Verdict
from desktop.domain.rows import TicketPage
from desktop.domain.snapshot import Finding, FindingState, Severity, Snapshot
from desktop.domain.ticket import Channel, Priority, StateType, WaitingReason
from desktop.services import devices, tickets
from desktop.services.intake import import_mailbox
from desktop.services.lists import list_tickets, open_ticket, read_attachment
from desktop.services.outgoing import deliver

if TYPE_CHECKING:
    from tests.services.conftest import Desk, Pc


def fates(desk: Desk) -> list[str]:
    return [one.fate.value for one in import_mailbox(desk.work, desk.open.post).result.messages]


def only_ticket(desk: Desk) -> TicketPage:
    rows = list_tickets(desk.work, "all").rows
    assert len(rows) == 1
    return open_ticket(desk.work, rows[0].id)


def enrolled(desk: Desk, name: str = "AHB-PC-014") -> Pc:
    pc = desk.pc(name)
    pc.enrol()
    assert fates(desk) == ["imported"]
    return pc


def round_trip(desk: Desk, pc: Pc) -> list[object]:
    """Deliver what the Desk has to say and return it as the PC reads it."""
    desk.clock.forward(minutes=10)
    assert deliver(desk.work, desk.open.post).result.problem is None
    report = pc.post.sync()
    pc.post.confirm([one for one, _ in report.received])
    pc.post.sync()
    return [payload for _, payload in report.received]


def test_an_invited_pc_is_let_in_and_its_request_becomes_a_ticket(desk: Desk) -> None:
    pc = desk.pc()
    pc.enrol()
    pc.ask(
        "Seit heute früh druckt der Drucker nur leere Seiten. Papier ist drin.", files=[("bild.png", b"x" * 300_000)]
    )
    report = import_mailbox(desk.work, desk.open.post).result
    assert [one.fate for one in report.messages] == [Fate.IMPORTED, Fate.IMPORTED]
    page = only_ticket(desk)
    assert (page.row.number, page.row.state_type, page.channel) == ("A-2026-0001", StateType.NEW, Channel.TRAY)
    assert page.row.title == "Seit heute früh druckt der Drucker nur leere Seiten"
    assert (page.row.person_name, page.row.device_name) == ("Sabine Oswald", "AHB-PC-014")
    assert page.row.priority is Priority.HIGH
    assert page.row.has_news
    assert [one.kind for one in page.messages] == ["request"]
    assert read_attachment(desk.work, page.messages[0].attachments[0].id) == b"x" * 300_000
    assert desk.incoming() == []
    answers = round_trip(desk, pc)
    assert [type(one) for one in answers if not isinstance(one, Status)] == [Admission]
    status = next(one for one in answers if isinstance(one, Status))
    assert (status.ticket, status.state) == ("A-2026-0001", "new")


def test_the_same_file_again_is_a_duplicate(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask()
    (path,) = desk.incoming()
    content = path.read_bytes()
    assert fates(desk) == ["imported"]
    path.with_name(f"{path.stem}-Konflikt.ehr").write_bytes(content)
    path.write_bytes(content)
    assert set(fates(desk)) == {"duplicate"}
    assert list_tickets(desk.work, "all").total == 1
    assert not path.exists()


def test_a_stranger_waits_and_is_taken_in_after_approval(desk: Desk) -> None:
    pc = desk.pc("FREMD-PC")
    pc.enrol(token=b"0" * 16)
    pc.ask("Ich kann mich nicht anmelden")
    assert fates(desk) == ["imported", "waiting"]
    assert fates(desk) == ["waiting"]
    (waiting,) = devices.list_waiting_requests(desk.work)
    assert (waiting.text, waiting.person_name) == ("Ich kann mich nicht anmelden", "Sabine Oswald")
    assert list_tickets(desk.work, "all").total == 0
    done = devices.approve_device(desk.work, "FREMD-PC")
    assert done.result.status == "approved"
    assert fates(desk) == ["imported"]
    assert devices.list_waiting_requests(desk.work) == ()
    assert only_ticket(desk).row.title == "Ich kann mich nicht anmelden"


def test_an_invitation_lets_in_only_so_many(desk: Desk) -> None:
    for name in ("PC-1", "PC-2", "PC-3"):
        desk.pc(name).enrol(person=name)
    fates(desk)
    assert {one.name: one.status for one in devices.list_devices(desk.work)} == {
        "PC-1": "approved",
        "PC-2": "approved",
        "PC-3": "waiting",
    }


def test_the_waiting_room_ends_a_flood_but_not_for_invited_pcs(desk: Desk) -> None:
    for number in range(21):
        desk.pc(f"FLUT-{number}").enrol(token=b"1" * 16, person=f"P{number}")
    found = fates(desk)
    assert found.count("imported") == 20
    assert found.count("later") == 1
    desk.pc("GUT").enrol()
    assert fates(desk).count("imported") == 1


def test_a_revoked_pc_is_refused(desk: Desk) -> None:
    pc = enrolled(desk)
    devices.revoke_device(desk.work, pc.name)
    pc.ask()
    report = import_mailbox(desk.work, desk.open.post).result
    assert [(one.fate, one.reason) for one in report.messages] == [(Fate.QUARANTINED, "revoked")]
    assert desk.incoming() == []
    with pytest.raises(AppError, match=r"device\.revoked"):
        devices.approve_device(desk.work, pc.name)


def test_a_damaged_file_of_a_known_pc_is_put_aside_and_asked_for_again(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask()
    (path,) = desk.incoming()
    path.write_bytes(b"kein Umschlag" * 10)
    assert fates(desk) == ["quarantined"]
    assert list_tickets(desk.work, "all").total == 0
    round_trip(desk, pc)  # carries the wish to send it again
    assert "imported" in fates(desk)
    assert only_ticket(desk).request_reference


def test_a_wrong_payload_is_put_aside_without_half_a_ticket(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask(impact="galaxy")
    report = import_mailbox(desk.work, desk.open.post).result
    assert [(one.fate, one.reason) for one in report.messages] == [(Fate.QUARANTINED, "payload")]
    assert list_tickets(desk.work, "all").total == 0
    pc.ask()
    fates(desk)
    assert only_ticket(desk).row.number == "A-2026-0001"


def test_a_snapshot_comes_with_its_findings(desk: Desk) -> None:
    pc = enrolled(desk)
    found = Finding("disk_full", FindingState.PRESENT, Severity.ERROR, {"free": 3}, "disk")
    snapshot = Snapshot("2026-11-23T08:00:00.000000Z", "basic", {}, (found,))
    pc.ask(snapshot=snapshot.to_document())
    fates(desk)
    page = only_ticket(desk)
    assert page.snapshot is not None
    present = [one for one in page.snapshot.findings if one.state is FindingState.PRESENT]
    assert present == [found]  # of a newer program; the Desk's own rules know nothing without facts
    assert page.device is not None
    assert (page.device.hints, page.device.worst) == (1, "error")
    assert devices.read_snapshot(desk.work, page.snapshot.id).taken_at == snapshot.taken_at
    assert "snapshot" in [one.kind for one in page.events]


def test_an_unreadable_snapshot_does_not_hold_up_the_request(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask(snapshot={"schema": "?"}, wizard_runs=[{"format": 99}])
    assert fates(desk) == ["imported"]
    assert only_ticket(desk).snapshot is None


def test_a_clock_far_off_is_not_believed(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask(created_at="2031-01-01T00:00:00.000000Z")
    fates(desk)
    page = only_ticket(desk)
    assert page.row.created_at.year == 2026
    assert page.messages[0].at.year == 2031


def send(desk: Desk, pc: Pc, payload: FollowUp | Verdict | Request) -> str:
    pc.post.send(payload)
    pc.post.sync()
    (found,) = import_mailbox(desk.work, desk.open.post).result.messages
    return found.fate.value


def follow_up(desk: Desk, request_id: str, text: str = "Jetzt geht gar nichts mehr") -> FollowUp:
    return FollowUp(request_id, new_id(desk.clock), text, to_text(desk.clock()), device_seq=5)


def test_a_follow_up_wakes_its_ticket(desk: Desk) -> None:
    pc = enrolled(desk)
    request_id = pc.ask()
    fates(desk)
    page = only_ticket(desk)
    tomorrow = desk.clock().replace(day=24)
    tickets.wait(desk.work, Wait(page.row.id, WaitingReason.ANSWER, tomorrow))
    assert send(desk, pc, follow_up(desk, request_id)) == "imported"
    page = only_ticket(desk)
    assert page.row.state_type is StateType.OPEN
    assert page.row.has_news
    assert [one.author_role for one in page.messages] == ["employee", "employee"]


def test_nobody_speaks_on_a_ticket_of_another_pc(desk: Desk) -> None:
    request_id = enrolled(desk).ask()
    fates(desk)
    other = enrolled(desk, "AHB-PC-099")
    assert send(desk, other, follow_up(desk, request_id)) == "later"
    assert len(only_ticket(desk).messages) == 1


def test_a_follow_up_before_its_request_waits_for_it(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.post.send(follow_up(desk, new_id(desk.clock)))
    pc.post.sync()
    assert fates(desk) == ["later"]
    assert len(desk.incoming()) == 1


@pytest.mark.parametrize(
    ("solved", "state", "event"), [(True, StateType.CLOSED, "confirmed"), (False, StateType.OPEN, "rejected")]
)
def test_a_verdict_closes_or_reopens(desk: Desk, solved: bool, state: StateType, event: str) -> None:
    pc = enrolled(desk)
    request_id = pc.ask()
    fates(desk)
    tickets.solve(desk.work, Solve(only_ticket(desk).row.id, "Treiber zurückgestellt."))
    verdict = Verdict(request_id, solved, to_text(desk.clock()), rating=2, comment="Danke", device_seq=6)
    assert send(desk, pc, verdict) == "imported"
    page = only_ticket(desk)
    assert (page.row.state_type, page.rating) == (state, 2)
    assert event in [one.kind for one in page.events]
    answers = round_trip(desk, pc)
    assert [one.text for one in answers if isinstance(one, Reply)] == ["Treiber zurückgestellt."]
    assert state.value in [one.state for one in answers if isinstance(one, Status)]
    fates(desk)
    deliver(desk.work, desk.open.post)
    assert only_ticket(desk).messages[1].delivery == "acknowledged"


def test_more_than_a_batch_is_taken_in_at_once(desk: Desk) -> None:
    pc = enrolled(desk)
    for number in range(60):
        pc.ask(f"Anfrage {number}")
    assert fates(desk).count("imported") == 60
    assert list_tickets(desk.work, "all").total == 60


def test_what_cannot_be_acknowledged_is_not_deleted(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask()
    answers = desk.root / "mailbox" / "out"
    answers.rename(desk.root / "away")
    answers.write_bytes(b"a file where the folder should be")
    report = import_mailbox(desk.work, desk.open.post).result
    assert report.problem is not None
    assert len(desk.incoming()) == 1
    answers.unlink()
    (desk.root / "away").rename(answers)
    assert fates(desk) == ["duplicate"]
    assert desk.incoming() == []
    assert only_ticket(desk).row.number == "A-2026-0001"


def test_an_invitation_past_its_day_lets_nobody_in_by_itself(desk: Desk) -> None:
    pc = desk.pc()
    desk.clock.forward(days=31)
    pc.enrol()
    assert fates(desk) == ["imported"]
    (row,) = devices.list_devices(desk.work)
    assert row.status == "waiting"


def test_a_pc_that_was_shut_out_hears_that_and_nothing_more(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask()
    assert fates(desk) == ["imported"]
    round_trip(desk, pc)
    devices.revoke_device(desk.work, pc.name)
    tickets.reply(desk.work, tickets.Reply(only_ticket(desk).row.id, "Das geht diesen PC nichts mehr an."))
    (told,) = round_trip(desk, pc)
    assert isinstance(told, Admission)
    assert not told.approved


def test_an_answer_nobody_fetched_for_ninety_days_is_not_sent_any_more(desk: Desk) -> None:
    pc = enrolled(desk)
    pc.ask()
    assert fates(desk) == ["imported"]
    desk.clock.forward(days=91)
    assert deliver(desk.work, desk.open.post).result.delivered == 0
