"""A fault of the program in one message is that message's alone: it stays and is tried again, the others come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desktop.base.errors import AppError
from desktop.domain.payloads import Fate
from desktop.services.intake import ImportReport, import_mailbox
from desktop.services.lists import list_tickets

if TYPE_CHECKING:
    from tests.conftest import ExpectedLogs
    from tests.services.conftest import Desk

# Stands for whatever the program does not expect: the database refuses one title as it would a wrong statement.
FAULT = """CREATE TRIGGER fault BEFORE INSERT ON events WHEN (
    SELECT title FROM tickets WHERE id = NEW.ticket_id) LIKE 'Fehler%' BEGIN SELECT RAISE(ABORT, 'a fault'); END"""


def put_fault(desk: Desk, *, is_there: bool) -> None:
    """Make the program wrong about one message, or mend it as an update would."""
    with desk.work.store.writing() as connection:
        connection.execute(text(FAULT if is_there else "DROP TRIGGER fault"))


def look(desk: Desk) -> ImportReport:
    """Take in what waits."""
    return import_mailbox(desk.work, desk.open.post).result


def titles(desk: Desk) -> list[str]:
    """Return the titles of all tickets."""
    return sorted(one.title for one in list_tickets(desk.work, "all").rows)


def sent(desk: Desk, *texts: str) -> None:
    """Have one PC ask all of them."""
    pc = desk.pc()
    pc.enrol()
    for one in texts:
        pc.ask(one)


def test_others_come_in_and_the_message_stays(
    desk: Desk, expected_logs: ExpectedLogs, caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs.allow("desktop.services.intake")
    put_fault(desk, is_there=True)
    sent(desk, "Vorher", "Fehler hier", "Nachher")
    report = look(desk)
    assert titles(desk) == ["Nachher", "Vorher"]
    left = [one for one in report.messages if one.fate is Fate.LATER]
    assert [one.reason for one in left] == ["fault"]
    assert [one.name in left[0].file for one in desk.incoming()] == [True]
    assert report.faulty == 1
    assert [one.id in record.getMessage() for one in left for record in caplog.records] == [True]
    assert "a fault" in str(caplog.records[0].exc_info)


def test_is_tried_again_each_hour_and_taken_once_mended(
    desk: Desk, expected_logs: ExpectedLogs, caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs.allow("desktop.services.intake")
    put_fault(desk, is_there=True)
    sent(desk, "Fehler hier")
    for _ in range(3):
        assert look(desk).faulty == 1
        desk.clock.forward(minutes=1)
    assert len(caplog.records) == 1
    put_fault(desk, is_there=False)
    desk.clock.forward(hours=1)
    assert look(desk).counts == {"imported": 1}
    assert titles(desk) == ["Fehler hier"]
    assert not desk.incoming()


def test_nothing_of_a_faulty_message_is_kept(desk: Desk, expected_logs: ExpectedLogs) -> None:
    expected_logs.allow("desktop.services.intake")
    put_fault(desk, is_there=True)
    sent(desk, "Fehler hier")
    look(desk)
    with desk.work.store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM tickets")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM outbox WHERE kind = 'status'")).scalar() == 0


def test_a_full_disk_still_stops_the_batch(desk: Desk) -> None:
    sent(desk, "Eins", "z" * 60_000)
    with desk.work.store.writing() as connection:
        connection.execute(text("PRAGMA max_page_count=1"))  # SQLite makes it as many as there are
    with pytest.raises(AppError) as caught:
        look(desk)
    assert caught.value.code == "store.full"
    assert len(desk.incoming()) == 3
    assert titles(desk) == []
