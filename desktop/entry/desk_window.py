"""Wires the Desk's window: theme, one instance, the first picture, then the store and the mailbox."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from desktop.base.clock import utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.lanes import ThreadLane
from desktop.base.logs import end_logging
from desktop.entry.crash import catch_crashes
from desktop.entry.groundwork import START_VIEW, Ground, read_first
from desktop.entry.readiness import tell_ready
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.formats import Formats
from desktop.ui.common.instance import SingleInstance
from desktop.ui.common.look import Look
from desktop.ui.common.qt_texts import speak_qt
from desktop.ui.common.theme import Theme
from desktop.ui.desk.context import ChangeBus, DeskContext
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.ticket_list import ListPage

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard
    from desktop.domain.wizard.library import Library
    from desktop.exchange.desk_post import DeskPost
    from desktop.services.company import OpenCompany
    from desktop.services.first_page import FirstPage
    from desktop.services.work import Work
    from desktop.system.secrets import SecretStore
    from desktop.ui.desk.library_watch import LibraryWatch
    from desktop.ui.desk.mailbox_watch import MailboxWatch

_IO_THREADS = 4
_STYLE = ("-style", "Fusion")


class _Start(NamedTuple):
    """What is known before anything is shown."""

    application: QApplication
    ground: Ground
    look: Look
    passphrase: str = ""
    """What was chosen in the set-up just now."""


def run_window(ground: Ground) -> int:
    """Open the window and stay until it is closed; takes `groundwork.lay_ground`, returns the exit code."""
    application = QApplication.instance()
    is_new = application is None
    application = application if isinstance(application, QApplication) else QApplication([*sys.argv[:1], *_STYLE])
    application.setApplicationName("Ersthelfer")
    application.setDesktopFileName("ersthelfer")
    try:
        look = _dressed(application, ground, is_fusion=is_new)
        if ground.fault is not None:
            return _refuse(look, ground.fault)
        catch_crashes(look, ground.home)
        return _run_or_refuse(_Start(application, ground, look))
    finally:
        if ground.log is not None:
            end_logging(ground.log)


def _dressed(application: QApplication, ground: Ground, *, is_fusion: bool) -> Look:
    theme, settings = Theme(application, is_fusion=is_fusion), ground.settings
    speak_qt(application, ground.texts.language)
    theme.apply(application, settings.text("theme"), int(settings.text("text_size")), is_sheet_late=True)
    return Look(theme, ground.texts, Formats(ground.texts))


def _run_or_refuse(start: _Start) -> int:
    try:
        return _run_locked(start)
    except AppError as error:
        return _refuse(start.look, error)


def _refuse(look: Look, error: AppError) -> int:
    """Say why the window cannot open; returns the exit code."""
    from desktop.ui.common.errors import show_fault_window

    look.theme.put_on_sheet()
    show_fault_window(look, error)
    return int(error.kind)


def _run_locked(start: _Start) -> int:
    data = start.ground.home.data
    instance = SingleInstance(data, "desk")
    if not instance.claim():
        if instance.raise_other():
            return 0
        raise AppError("store.in_use", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(data)})
    try:
        return _run(start, instance)
    finally:
        instance.release()


def _run(start: _Start, instance: SingleInstance) -> int:
    first = read_first(start.ground)
    if not first.is_ready:
        from desktop.entry.desk_setup import set_up  # brings the keys and the database along

        gc.enable()
        start.look.theme.put_on_sheet()
        place = set_up(start.look, start.ground.home, start.ground.keys, os.environ)
        if place is None:
            return 0
        start = start._replace(ground=start.ground._replace(home=place[0]), passphrase=place[1])
        first = read_first(start.ground)
    desk = _Desk(start)
    try:
        instance.raised.connect(desk.raise_window)
        desk.show(first, instance.listen)
        return start.application.exec()
    finally:
        desk.close()


class FirstWindow(DeskWindow):
    """Tells its first paint; no event filter, which would have PySide load every kind of event there is."""

    painted = Signal()
    """Emitted once, while the window is being painted: connect it queued, to go on when all of it is on the screen."""

    _is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as ever, and tell about the first time."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()


class _Desk:
    """The window and what runs behind it; made after the first query, closed once."""

    def __init__(self, start: _Start) -> None:
        self._start = start
        self._company: OpenCompany | None = None
        self._work: Work | None = None
        self._library: LibraryWatch | None = None
        self._watch: MailboxWatch | None = None
        self._lock = Lock()
        self._passphrase = start.passphrase
        self._listen: Callable[[], object] | None = None
        self._db = ThreadLane("db", threads=1)
        self._io = ThreadLane("io", threads=_IO_THREADS)
        self._bus = ChangeBus()
        self._context = DeskContext(
            look=start.look,
            work=self._open_work,
            db=self._db,
            io=self._io,
            dispatcher=Dispatcher(),
            bus=self._bus,
            settings=start.ground.settings,
            home=start.ground.home,
            clock=utc_now,
            secrets=self._secrets,
        )
        self._window = FirstWindow(self._context, self._read_wizards, check_mailbox=self._look_now)

    def show(self, first: FirstPage, listen: Callable[[], object]) -> None:
        """Paint the first picture; only then load the rest and listen to other starts."""
        page = ListPage(first.rows, None, first.next)
        self._window.show_first(first.company, first.technicians, page, first.counts, view=START_VIEW)
        self._start.look.theme.put_on_sheet()
        self._listen = listen
        self._window.painted.connect(self._go_live, Qt.ConnectionType.QueuedConnection)
        self._window.show()
        self._window.area.list.view.setFocus()

    def raise_window(self) -> None:
        """Come to the front because somebody started the program again."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()

    def close(self) -> None:
        """Finish what runs, then let go of the store."""
        if self._watch is not None:
            self._watch.stop()
        self._window.area.flush()
        self._io.close()
        closing = self._db.submit(self._close_store)
        closing.result()
        self._db.close()

    def _go_live(self) -> None:
        tell_ready()
        gc.enable()
        from desktop.ui.desk.library_watch import LibraryWatch
        from desktop.ui.desk.mailbox_watch import MailboxWatch

        self._library = LibraryWatch(self._context, self._read_library, self._window)
        self._window.go_live()
        if self._listen is not None:
            self._listen()
        self._ask_passphrase()
        self._watch = MailboxWatch(self._context, self._open_post, self._window)
        self._watch.changed.connect(self._window.show_mailbox)
        self._watch.changed.connect(self._library.look)
        self._watch.start()

    def _look_now(self) -> None:
        self._ask_passphrase()
        if self._watch is not None:
            self._watch.look(is_hurried=True)

    def _open_work(self) -> Work:
        """Open the store at the first call, from whichever lane it comes."""
        with self._lock:
            if self._work is None:
                from desktop.services.work import open_work

                ground = self._start.ground
                self._work = open_work(ground.home, technician_id=ground.settings.text("technician_id"))
            return self._work

    def _open_post(self) -> DeskPost:
        """Open keys and mailbox at the first call; only the mailbox watch calls, one look at a time."""
        if self._company is None:
            from desktop.services.company import open_company

            self._company = open_company(self._start.ground.home, self._secrets())
        return self._company.post

    def _secrets(self) -> SecretStore:
        if self._needs_passphrase():
            return self._unlocked(self._passphrase)
        from desktop.cli.common.secret_source import open_for

        ground = self._start.ground
        return open_for(ground.home, ground.keys, ground.texts, sys.stderr)

    def _needs_passphrase(self) -> bool:
        from desktop.cli.common.secret_source import PASSPHRASE_VARIABLE, lie_in_file

        is_file = lie_in_file(self._start.ground.home, self._start.ground.keys, os.environ)
        return is_file and PASSPHRASE_VARIABLE not in os.environ

    def _unlocked(self, passphrase: str) -> SecretStore:
        from desktop.system.secrets import open_secrets  # brings the crypto library along

        return open_secrets(self._start.ground.home, "file", lambda: passphrase)

    def _ask_passphrase(self) -> None:
        """Ask on the main thread until it fits or the user puts it off; a look by hand asks again."""
        if self._passphrase or not self._needs_passphrase():
            return
        from desktop.ui.desk.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self._context, lambda given: self._unlocked(given).get("org.sign"), self._window)
        if dialog.exec() == PassphraseDialog.DialogCode.Accepted:
            self._passphrase = dialog.passphrase

    def _read_wizards(self) -> Mapping[str, Wizard]:
        return self._read_library().wizards if self._library is None else self._library.wizards()

    def _read_library(self) -> Library:
        from desktop.services.wizard_library import read_library

        return read_library(self._open_work())

    def _close_store(self) -> None:
        if self._company is not None:
            self._company.close()
        if self._work is not None:
            self._work.store.close()
