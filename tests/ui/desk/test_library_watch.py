"""Checklists that are published while the Desk is open are at hand at once, and pages that show them read again."""

from __future__ import annotations

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.wizard.library import Library
from desktop.services.own_wizards import Publish, SaveDraft, open_wizard, publish, save_draft, withdraw
from desktop.services.wizard_library import read_library
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.library_watch import LibraryWatch
from tests.services.own_files import SHIPPED, changed, own


def watching(context: DeskContext, work: Work, said: list[Changes]) -> LibraryWatch:
    watch = LibraryWatch(context, lambda: read_library(work))
    context.bus.changed.connect(said.append)
    return watch


def libraries(said: list[Changes]) -> int:
    return sum(one.touches(Subject.LIBRARY) for one in said)


def test_what_is_published_here_is_at_hand_and_told_afterwards(context: DeskContext, work: Work, qtbot) -> None:
    said: list[Changes] = []
    watch = watching(context, work, said)
    assert "lift-stuck" not in watch.wizards()
    context.do(lambda one: save_draft(one, SaveDraft("lift-stuck", own(), "")), owner=watch)
    context.do(lambda one: publish(one, Publish("lift-stuck")), owner=watch)
    qtbot.waitUntil(lambda: libraries(said) == 1)
    assert "lift-stuck" in watch.wizards()
    context.do(lambda one: withdraw(one, "lift-stuck"), owner=watch)
    qtbot.waitUntil(lambda: libraries(said) == 2)
    assert "lift-stuck" not in watch.wizards()


def test_a_draft_is_no_news_for_pages_that_use_checklists(context: DeskContext, work: Work, qtbot) -> None:
    said: list[Changes] = []
    watch = watching(context, work, said)
    watch.wizards()
    context.do(lambda one: save_draft(one, SaveDraft("lift-stuck", own(), "")), owner=watch)
    qtbot.waitUntil(lambda: bool(said))
    context.do(lambda one: publish(one, Publish("lift-stuck")), owner=watch)
    qtbot.waitUntil(lambda: libraries(said) == 1)
    assert len(said) == 3


def test_what_a_command_published_is_found_by_looking(context: DeskContext, work: Work, qtbot) -> None:
    said: list[Changes] = []
    watch = watching(context, work, said)
    before = watch.wizards()[SHIPPED]
    save_draft(work, SaveDraft(SHIPPED, changed(), open_wizard(work, SHIPPED).hash))
    publish(work, Publish(SHIPPED))
    assert watch.wizards()[SHIPPED] == before
    watch.look()
    qtbot.waitUntil(lambda: libraries(said) == 1)
    assert watch.wizards()[SHIPPED].title.de == "Kein Netz im Haus"


def test_what_cannot_be_read_now_stays_as_it_was(context: DeskContext, work: Work, qtbot) -> None:
    said: list[Changes] = []
    told: list[AppError] = []
    fault: list[AppError] = []
    raised: list[AppError] = []

    def read() -> Library:
        if fault:
            raised.extend(fault)
            raise fault[0]
        return read_library(work)

    watch = LibraryWatch(context, read)
    context.bus.changed.connect(said.append)
    context.bus.failed.connect(told.append)
    before = watch.wizards()
    fault.append(AppError("store.busy", kind=ErrorKind.ENVIRONMENT))
    watch.look()
    qtbot.waitUntil(lambda: bool(raised))
    later: list[object] = []
    context.run_io(lambda: None, owner=watch, done=later.append)
    qtbot.waitUntil(lambda: bool(later))
    assert watch.wizards() is before
    assert not told
