"""The Desk's windows, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from desktop.base.clock import utc_now
from desktop.base.lanes import ThreadLane
from desktop.base.paths import resources
from desktop.base.settings import Settings
from desktop.base.texts import load_texts
from desktop.domain.desk_settings import DESK_SETTINGS, settings_path
from desktop.domain.rows import TicketPage
from desktop.domain.wizard.library import load_library
from desktop.entry.pictures_checklists import take_checklists, take_list
from desktop.entry.stage import Stage, dialogs
from desktop.entry.tour_homes import Side
from desktop.exchange.folder_check import check_folder
from desktop.exchange.keys import RecoveryKey
from desktop.exchange.words import to_words
from desktop.models.places import check_place
from desktop.services.lists import list_tickets
from desktop.services.work import Work, open_work
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.formats import Formats
from desktop.ui.common.look import Look
from desktop.ui.common.theme import Theme
from desktop.ui.desk.context import ChangeBus, DeskContext
from desktop.ui.desk.devices.page import DevicesPage
from desktop.ui.desk.fields import NotesField, TextField
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.phone.caller_field import CallerField
from desktop.ui.desk.setup.tools import SetupTools
from desktop.ui.desk.setup.wizard import SetupWizard
from desktop.ui.desk.wizards.page import ChecklistPage

_DRAWN = QSize(1440, 868)
"""The size of the drawings; a machine without a screen has a smaller one."""


def take_desk(stage: Stage, desk: Side, *, number: str) -> None:
    """Take the main window with a ticket, device, settings, phone, invitation, hand-over and the set-up."""
    theme = Theme()
    look = Look(theme, texts := load_texts(desk.language), Formats(texts))

    def put_on(scheme: str) -> None:
        theme.apply(stage.application, scheme, 100)
        stage.work()

    put_on("light")
    with _context(desk, look, stage) as (context, work):
        window = DeskWindow(context, lambda: load_library(resources() / "wizards").wizards)
        window.resize(_DRAWN)
        try:
            _take_window(stage, window, put_on, _example(work), number)
            _take_dialog(stage, window, put_on, "ticket.call", "phone", fill=partial(_take_call, stage))
            _take_dialog(stage, window, put_on, "device.invite", "invite")
            _take_dialog(stage, window, put_on, "ticket.handover", "handover")
            _take_checklist(stage, window, put_on)
            for run, ticket in _lists(work):
                take_list(stage, window, put_on, ticket, run)
        finally:
            window.close()
            window.deleteLater()
            stage.work()
    _take_setup(stage, desk, look, put_on)


def _example(work: Work) -> str:
    """Return the number of the ticket everybody knows from the drawings: the newest active one of Sabine Oswald."""
    rows = list_tickets(work, "active", query="Etikettendrucker", limit=50).rows
    return next((one.number for one in rows if one.person_name == "Sabine Oswald"), "")


def _lists(work: Work) -> list[tuple[str, str]]:
    """Return the list of ticks of the demo with its ticket, where there is one."""
    query = "SELECT r.id, t.number FROM wizard_runs AS r JOIN tickets AS t ON t.id = r.ticket_id"
    with work.store.reading() as connection:
        found = connection.exec_driver_sql(f"{query} WHERE r.mode = 'do-confirm' ORDER BY r.id LIMIT 1").all()
    return [(str(run), str(number)) for run, number in found]


def _take_window(stage: Stage, window: DeskWindow, put_on: Callable[[str], None], example: str, number: str) -> None:
    shown: list[TicketPage] = []
    window.area.page_shown.connect(shown.append)
    window.show()
    window.go_live()
    for ticket, name in ((number, "ticket-done"), (example or number, "desk")):
        window.open_ticket(ticket)
        stage.settle(lambda one=ticket: bool(shown) and shown[-1].row.number == one, f"window: ticket {ticket}")
        stage.in_schemes(window, name, put_on)
    for command, name in (("device.diagnosis", "device"), ("device.list", "devices"), ("settings.open", "settings")):
        window.run(command)
        stage.rest()
        stage.in_schemes(window, name, put_on)
    _take_device(stage, window, put_on)
    window.run("device.inventory")
    stage.rest()
    stage.in_schemes(window, "inventory", put_on)
    window.navigation.go_to("people")
    stage.rest()
    stage.in_schemes(window, "people", put_on)
    take_checklists(stage, window, put_on)
    window.open_ticket(example or number)
    stage.settle(lambda: shown[-1].row.number == (example or number), "window: back to the ticket")


def _take_device(stage: Stage, window: DeskWindow, put_on: Callable[[str], None]) -> None:
    """Take the other tabs of the first device of the list, and two diagnoses beside each other."""
    window.run("device.list")
    stage.rest()
    page = next(iter(window.findChildren(DevicesPage)), None)
    if page is None:
        return
    stage.settle(lambda: page.view is not None and page.view.detail is not None, "device: diagnosis")
    for tab in ("changes", "history", "hardware", "programs"):
        if page.view is not None:
            page.view.tabs.show_key(tab)
            stage.rest()
            stage.in_schemes(window, f"device-{tab}", put_on)
    if page.view is not None:
        page.view.compare_wanted.emit()
        stage.settle(lambda: bool(dialogs(stage.application)), "device: compare")
        dialog = dialogs(stage.application)[0]
        stage.rest()
        stage.in_schemes(dialog, "device-compare", put_on)
        dialog.close()
        page.view.tabs.show_key("findings")
    stage.work()


def _take_dialog(
    stage: Stage,
    window: DeskWindow,
    put_on: Callable[[str], None],
    command: str,
    name: str,
    *,
    fill: Callable[[QWidget], None] = lambda _dialog: None,
) -> None:
    window.run(command)
    stage.settle(lambda: bool(dialogs(stage.application)), f"dialog: {name}")
    dialog = dialogs(stage.application)[0]
    fill(dialog)
    stage.rest()
    stage.in_schemes(dialog, name, put_on)
    if isinstance(dialog, QDialog):
        dialog.done(QDialog.DialogCode.Rejected)  # closing would ask whether to throw the text away
    stage.work()


def _take_call(stage: Stage, dialog: QWidget) -> None:
    """Write down a call as somebody does who listens."""
    caller, subject, notes = dialog.findChild(CallerField), dialog.findChild(TextField), dialog.findChild(NotesField)
    if caller is None or subject is None or notes is None:
        return
    stage.settle(lambda: bool(caller.matches("Sabine Oswald")), "phone: people")
    caller.choose(caller.matches("Sabine Oswald")[0])
    subject.set_text("Versanddrucker zieht kein Papier ein")
    subject.edited.emit(subject.text)
    notes.set_text("Seit dem Rollenwechsel heute früh. Spedition kommt um 12 Uhr, Ersatzgerät steht im Einkauf.")


def _take_checklist(stage: Stage, window: DeskWindow, put_on: Callable[[str], None]) -> None:
    """Start the checklist that fits the ticket, and answer what the machine did not know."""
    page = window.area.page
    if page is None:
        return
    pages: list[ChecklistPage] = []
    window.pages.start_checklist(page, "printer-no-print", opened=pages.append)
    stage.settle(lambda: bool(pages), "checklist: page")
    stage.rest()
    stage.in_schemes(window, "checklist", put_on)
    pages[0].left.emit()
    stage.work()


def _take_setup(stage: Stage, desk: Side, look: Look, put_on: Callable[[str], None]) -> None:
    io = ThreadLane("setup", threads=2)
    tools = SetupTools(
        data=desk.home.data,
        recovery_words=to_words(RecoveryKey.generate().box.seed, desk.language),
        needs_passphrase=False,
        check_place=lambda path: check_place(path / "ersthelfer.db"),
        check_folder=lambda path: check_folder(path, clock=utc_now),
        create=lambda _answers: None,
        dispatcher=Dispatcher(stage.application),
        io=io,
        clock=utc_now,
    )
    wizard = SetupWizard(look, tools)
    try:
        wizard.show()
        inbox = desk.home.data.parent / "Eingang"
        inbox.mkdir(exist_ok=True)
        wizard.company.company.set_text("Möbelwerk Ahornblick Sandkühler & Söhne GmbH & Co. KG")
        wizard.company.person.set_text("Katrin Velden")
        wizard.company.phone.set_text("300")
        wizard.inbox.folder.set_text(str(inbox))
        for place, field in wizard.recovery.answers.items():
            field.set_text(wizard.recovery.words[place])
        for number in range(len(wizard.pages)):
            wizard.show_page(number)
            if wizard.page is wizard.inbox:
                wizard.inbox.check()
                stage.settle(lambda: bool(wizard.inbox.results.accessibleName()), "setup: folder")
            stage.rest()
            stage.in_schemes(wizard, f"setup-{number + 1}", put_on)
    finally:
        wizard.hide()
        wizard.deleteLater()
        io.close()
        stage.work()


@contextmanager
def _context(desk: Side, look: Look, stage: Stage) -> Generator[tuple[DeskContext, Work]]:
    work = open_work(desk.home)
    db, io = ThreadLane("db", threads=1), ThreadLane("io", threads=2)
    context = DeskContext(
        look=look,
        work=lambda: work,
        db=db,
        io=io,
        dispatcher=Dispatcher(stage.application),
        bus=ChangeBus(),
        settings=Settings(settings_path(desk.home), DESK_SETTINGS),
        home=desk.home,
        clock=utc_now,
        secrets=desk.secrets,
    )
    try:
        yield context, work
    finally:
        io.close()
        db.close()
        work.store.close()
