"""Keys faster than the store: what is pressed belongs to the ticket one has gone to, and no text changes its ticket."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from desktop.base.changes import Changes, Subject
from desktop.domain.commands import AddNote, Assign, CreateTicket, SaveDraft, SetCategory
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import StateType
from desktop.models import tables
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.work import Work
from desktop.ui.desk.composer import NOTE, REPLY
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.main_window import DeskWindow
from tests.ui.desk.conftest import make_window

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def rows(work: Work) -> list[TicketRow]:
    """Return four tickets of mine."""
    made = [tickets.create_ticket(work, CreateTicket(f"Nummer {one}", "Es geht nicht.")).result for one in range(4)]
    for one in made:
        tickets.assign(work, Assign(one.id, work.actor.id))
    return made


@pytest.fixture
def window(qtbot: QtBot, context: DeskContext, rows: list[TicketRow]) -> DeskWindow:
    """Return the window with my tickets, the first one open."""
    shown = make_window(qtbot, context)
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    shown.run("view.mine")
    qtbot.waitUntil(lambda: len(shown.area.rows()) == len(rows))
    go(qtbot, shown, 0)
    return shown


def ids(window: DeskWindow) -> list[str]:
    return [one.id for one in window.area.rows()]


def go(qtbot: QtBot, window: DeskWindow, place: int) -> None:
    """Open a ticket of the list and wait until it is shown."""
    wanted = ids(window)[place]
    window.area.list.choose(wanted)
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.id == wanted)


def state(work: Work, ticket: str) -> StateType:
    return open_ticket(work, ticket).row.state_type


def test_solving_at_once_solves_the_ticket_one_has_gone_to(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    first, second = ids(window)[:2]
    window.run("list.next")
    window.run("ticket.solve")
    qtbot.waitUntil(lambda: not state(work, second).is_active)
    assert state(work, first).is_active


def test_every_step_down_the_list_counts(qtbot: QtBot, window: DeskWindow) -> None:
    """Three steps go three tickets down, however fast they follow each other; those in between stay unread."""
    last = ids(window)[3]
    for _ in range(3):
        window.run("list.next")
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.id == last)


def test_a_ticket_that_was_only_passed_by_stays_new(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    passed, last = ids(window)[2:4]
    with work.store.writing() as connection:
        connection.execute(update(tables.tickets).values(has_news=1))
    window.area.list.choose(passed)
    window.area.list.choose(last)
    qtbot.waitUntil(lambda: not open_ticket(work, last).row.has_news)
    assert open_ticket(work, passed).row.has_news


def test_what_is_typed_before_the_ticket_is_there_belongs_to_it(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    first, second = ids(window)[:2]
    tickets.save_draft(work, SaveDraft(second, "Guten Tag", is_note=False))
    window.run("list.next")
    window.run("ticket.reply")
    qtbot.keyClicks(window.area.ticket.composer.editor, "gleich")
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.id == second)
    assert window.area.ticket.composer.text_of(REPLY) == "Guten Tag\n\ngleich"
    window.area.flush()
    qtbot.waitUntil(lambda: "gleich" in open_ticket(work, second).reply_draft)
    assert open_ticket(work, first).reply_draft == ""


def test_a_reply_on_its_way_leaves_no_draft_behind(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    first = ids(window)[0]
    composer = window.area.ticket.composer
    composer.editor.setPlainText("Ist erledigt.")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, CONTROL)
    window.run("list.next")
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.id != first)
    qtbot.waitUntil(lambda: any(one.text == "Ist erledigt." for one in open_ticket(work, first).messages))
    go(qtbot, window, 2)
    assert open_ticket(work, first).reply_draft == ""


def test_sending_with_files_holds_only_its_own_ticket(
    qtbot: QtBot, window: DeskWindow, work: Work, tmp_path: Path
) -> None:
    """The files are read first: by then another ticket may be open, whose text is not locked and not lost."""
    path = tmp_path / "foto.txt"
    path.write_text("x")
    first = ids(window)[0]
    composer = window.area.ticket.composer
    composer._set_files((path,))
    composer.editor.setPlainText("Siehe Anhang")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, CONTROL)
    go(qtbot, window, 1)
    composer.editor.setPlainText("Etwas anderes")
    qtbot.waitUntil(lambda: any(one.text == "Siehe Anhang" for one in open_ticket(work, first).messages))
    go(qtbot, window, 2)
    go(qtbot, window, 1)
    assert not composer.editor.isReadOnly()
    assert composer.text_of(REPLY) == "Etwas anderes"
    assert composer.send.isEnabled()


def test_turning_to_the_note_while_a_reply_goes_out_keeps_the_note(
    qtbot: QtBot, window: DeskWindow, work: Work
) -> None:
    composer = window.area.ticket.composer
    window.run("ticket.note")
    composer.editor.setPlainText("Nur für uns")
    window.run("ticket.reply")
    composer.editor.setPlainText("Ist erledigt.")
    composer.send.click()
    window.run("ticket.note")
    ticket = ids(window)[0]
    qtbot.waitUntil(lambda: any(one.text == "Ist erledigt." for one in open_ticket(work, ticket).messages))
    qtbot.waitUntil(lambda: not composer.text_of(REPLY))
    assert composer.text_of(NOTE) == "Nur für uns"


def test_files_wait_for_their_ticket(qtbot: QtBot, window: DeskWindow, tmp_path: Path) -> None:
    """A look at another ticket does not take off what was picked for this one."""
    composer = window.area.ticket.composer
    composer._set_files((tmp_path / "foto.png",))
    go(qtbot, window, 1)
    assert composer.files == ()
    go(qtbot, window, 0)
    assert [one.name for one in composer.files] == ["foto.png"]


def test_a_change_elsewhere_keeps_the_list_as_long_as_it_was(
    qtbot: QtBot, window: DeskWindow, work: Work, context: DeskContext
) -> None:
    for place in range(70):
        made = tickets.create_ticket(work, CreateTicket(f"Weiteres {place}")).result
        tickets.assign(work, Assign(made.id, work.actor.id))
    window.area.reload()
    qtbot.waitUntil(lambda: len(window.area.rows()) == 50)
    bar = window.area.list.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: len(window.area.rows()) == 74)
    bar.setValue(bar.maximum())
    before = bar.value()
    tickets.add_note(work, AddNote(ids(window)[0], "Neu"))
    shown = window.area.rows()
    context.bus.publish(Changes.of(Subject.TICKET, ids(window)[0]))
    qtbot.waitUntil(lambda: window.area.rows() != shown)
    assert len(window.area.rows()) == 74
    assert bar.value() == before


def test_whoever_reads_further_up_is_left_there(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    """A new entry of somebody else goes to the end; only whoever stands there goes along."""
    ticket = ids(window)[0]
    for place in range(30):
        tickets.add_note(work, AddNote(ticket, f"Notiz {place}\n" * 4))
    window.area.ticket.reload()
    timeline = window.area.ticket.timeline
    bar = timeline.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    timeline.setFocus()
    for _ in range(3):
        qtbot.keyClick(timeline, Qt.Key.Key_PageUp)
    up, end = bar.value(), bar.maximum()
    assert up < bar.maximum()
    count = len(timeline.entries)
    tickets.set_category(work, SetCategory(ticket, "printer"))
    window.area.ticket.reload()
    qtbot.waitUntil(lambda: len(timeline.entries) == count + 1)
    qtbot.waitUntil(lambda: bar.maximum() > end)
    assert bar.value() == up
