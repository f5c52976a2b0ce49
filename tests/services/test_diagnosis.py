"""Asking a PC for a new diagnosis: asked, came, declined, withdrawn, replaced, expired; from folder to ticket."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.asking import AskDiagnosis, AskLevel, AskState
from desktop.domain.payloads import Ask, Diagnosis, Withdrawal
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.models.tables import devices
from desktop.services.audit import verify
from desktop.services.devices import list_devices, revoke_device, show_device
from desktop.services.diagnosis import ask_diagnosis, find_open_ask, list_asks, withdraw_ask
from desktop.services.intake import import_mailbox
from desktop.services.lists import open_ticket
from desktop.services.outgoing import deliver
from tests.services.conftest import Desk, Pc

SNAPSHOT = Snapshot(
    "2026-11-23T08:30:00.000000Z",
    "basic",
    {"memory": ProbeResult(ProbeStatus.OK, {"total_bytes": 8_000_000_000, "available_percent": 1.2})},
    (Finding("mem.low", FindingState.PRESENT, Severity.WARN),),
)


@pytest.fixture
def pc(desk: Desk) -> Pc:
    """Return a PC that is let in and has sent a request."""
    made = desk.pc()
    made.enrol()
    made.request_id = made.ask("Der PC ist langsam")
    import_mailbox(desk.work, desk.open.post)
    received(desk, made)
    return made


def received(desk: Desk, pc: Pc) -> list[object]:
    """Deliver, and return what the PC takes in."""
    deliver(desk.work, desk.open.post)
    report = pc.post.sync()
    pc.post.confirm([one for one, _ in report.received])
    pc.post.sync()
    return [payload for _, payload in report.received]


def answer(desk: Desk, pc: Pc, ask_id: str, **more: object) -> str:
    """Send a diagnosis from the PC and take it in; returns the fate."""
    payload = Diagnosis(new_id(desk.clock), to_text(desk.clock()), answers=ask_id, **more)
    pc.post.send(payload)
    pc.post.sync()
    report = import_mailbox(desk.work, desk.open.post).result
    return report.messages[-1].fate.value


def ask(desk: Desk, *, ticket: str = "A-2026-0001", **more: object):
    return ask_diagnosis(desk.work, AskDiagnosis("AHB-PC-014", ticket, **more))


def kinds(desk: Desk) -> list[str]:
    return [one.kind for one in open_ticket(desk.work, "A-2026-0001").events]


def test_the_pc_hears_who_asks_and_why(desk: Desk, pc: Pc) -> None:
    done = ask(desk, level=AskLevel.FULL, reason="  Seit dem  Neustart?  ")
    (told,) = received(desk, pc)
    assert isinstance(told, Ask)
    assert (told.ask_id, told.author, told.level) == (done.result.id, "Katrin Velden", "full")
    assert (told.reason, told.ticket, told.title) == ("Seit dem Neustart?", "A-2026-0001", "Der PC ist langsam")
    assert told.about == pc.request_id
    assert kinds(desk)[-1] == "diagnosis_asked"
    assert find_open_ask(desk.work, "ahb-pc-014") == done.result


def test_what_comes_is_kept_for_device_and_ticket(desk: Desk, pc: Pc) -> None:
    asked = ask(desk).result
    assert answer(desk, pc, asked.id, snapshot=SNAPSHOT.to_document(), comment="Bitte sehr") == "imported"
    page = open_ticket(desk.work, "A-2026-0001")
    event = page.events[-1]
    assert (event.kind, event.detail["hints"], event.detail["reason"]) == ("diagnosis_came", 1, "Bitte sehr")
    assert page.row.has_news
    (row,) = list_asks(desk.work, "AHB-PC-014")
    device = show_device(desk.work, "AHB-PC-014")
    assert (row.state, row.comment) == (AskState.ANSWERED, "Bitte sehr")
    assert row.snapshot_id == event.detail["snapshot"] == device.snapshots[0].id
    assert verify(desk.work).broken_at == 0


def test_declining_says_so_and_keeps_no_facts(desk: Desk, pc: Pc) -> None:
    asked = ask(desk).result
    answer(desk, pc, asked.id, is_declined=True, comment="Heute nicht", snapshot=SNAPSHOT.to_document())
    (row,) = list_asks(desk.work)
    assert (row.state, row.comment, row.snapshot_id) == (AskState.DECLINED, "Heute nicht", "")
    assert open_ticket(desk.work, "A-2026-0001").events[-1].detail["reason"] == "Heute nicht"
    assert show_device(desk.work, "AHB-PC-014").snapshots == ()


def test_a_second_ask_replaces_the_first(desk: Desk, pc: Pc) -> None:
    first, second = ask(desk).result, ask(desk, ticket="").result
    states = {one.id: one.state for one in list_asks(desk.work)}
    assert states == {first.id: AskState.REPLACED, second.id: AskState.OPEN}
    assert kinds(desk)[-1] == "diagnosis_replaced"
    assert [one.ask_id for one in received(desk, pc)] == [first.id, second.id]


def test_withdrawing_is_the_undo_and_can_be_undone(desk: Desk, pc: Pc) -> None:
    done = ask(desk, reason="Warum?")
    assert done.undo is not None
    back = done.undo.run(desk.work)
    assert back.result.state is AskState.WITHDRAWN
    assert [type(one) for one in received(desk, pc)] == [Ask, Withdrawal]
    again = back.undo.run(desk.work).result
    assert (again.state, again.reason, again.ticket) == (AskState.OPEN, "Warum?", "A-2026-0001")
    with pytest.raises(AppError, match=r"ask\.over"):
        withdraw_ask(desk.work, done.result.id)


def test_after_fourteen_days_nobody_waits_but_a_late_answer_counts(desk: Desk, pc: Pc) -> None:
    asked = ask(desk).result
    desk.clock.forward(days=14)
    assert list_asks(desk.work)[0].state is AskState.EXPIRED
    assert find_open_ask(desk.work, "AHB-PC-014") is None
    answer(desk, pc, asked.id, snapshot=SNAPSHOT.to_document())
    assert list_asks(desk.work)[0].state is AskState.ANSWERED


def test_unasked_is_for_the_device_alone(desk: Desk, pc: Pc) -> None:
    before = kinds(desk)
    assert answer(desk, pc, "", snapshot=SNAPSHOT.to_document()) == "imported"
    assert len(show_device(desk.work, "AHB-PC-014").snapshots) == 1
    assert kinds(desk) == before


def test_another_pc_cannot_answer(desk: Desk, pc: Pc) -> None:
    other = desk.pc("AHB-PC-015")
    other.enrol()
    import_mailbox(desk.work, desk.open.post)
    asked = ask(desk).result
    answer(desk, other, asked.id, snapshot=SNAPSHOT.to_document())
    assert list_asks(desk.work)[0].state is AskState.OPEN
    assert "diagnosis_came" not in kinds(desk)


def test_facts_that_are_none_are_refused(desk: Desk, pc: Pc) -> None:
    asked = ask(desk).result
    assert answer(desk, pc, asked.id, snapshot={"schema": "?"}) == "quarantined"
    assert list_asks(desk.work)[0].state is AskState.OPEN


def test_who_cannot_be_asked(desk: Desk, pc: Pc) -> None:
    with pytest.raises(AppError, match=r"device\.unknown"):
        ask_diagnosis(desk.work, AskDiagnosis("nobody"))
    with pytest.raises(AppError, match=r"ticket\.unknown"):
        ask(desk, ticket="A-2026-0099")
    with pytest.raises(AppError, match=r"ask\.reason"):
        ask(desk, reason="x" * 301)
    assert list_asks(desk.work) == ()
    revoke_device(desk.work, list_devices(desk.work)[0].id)
    with pytest.raises(AppError, match=r"ask\.not_let_in"):
        ask(desk)


def test_an_invented_pc_cannot_be_asked_and_is_told_as_such(desk: Desk) -> None:
    """PCs of the demo are let in and have no key: who asks one shall not look for it in the waiting room."""
    values = {"id": new_id(), "name": "AHB-PC-001", "platform": "Windows", "status": "approved"}
    with desk.work.store.writing() as connection:
        connection.execute(insert(devices).values(**values, created_at=to_text(desk.clock())))
    with pytest.raises(AppError, match=r"ask\.no_key"):
        ask_diagnosis(desk.work, AskDiagnosis("AHB-PC-001"))


def test_another_pc_is_not_told_what_this_one_reported(desk: Desk, pc: Pc) -> None:
    other = desk.pc("AHB-PC-015")
    other.enrol()
    import_mailbox(desk.work, desk.open.post)
    received(desk, other)
    ask_diagnosis(desk.work, AskDiagnosis("AHB-PC-015", "A-2026-0001"))
    (told,) = received(desk, other)
    assert (told.ticket, told.title, told.about) == ("A-2026-0001", "", "")
