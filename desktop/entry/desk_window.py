"""Wires the Desk's window: folders, log, texts, settings, the first picture, then the store and the mailbox."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.base.clock import utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.lanes import ThreadLane
from desktop.base.logs import start_logging
from desktop.base.paths import Home, resources
from desktop.base.settings import Settings
from desktop.base.texts import load_texts
from desktop.cli.common.secret_source import PASSPHRASE_VARIABLE, lie_in_file, open_for
from desktop.domain.desk_settings import DESK_SETTINGS, settings_path
from desktop.entry.crash import catch_crashes
from desktop.entry.first_paint import FirstWindow
from desktop.entry.readiness import tell_ready
from desktop.services.first_page import FirstPage, first_page
from desktop.system.folders import find_home, make_home
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.formats import Formats
from desktop.ui.common.instance import SingleInstance
from desktop.ui.common.look import Look
from desktop.ui.common.qt_texts import speak_qt
from desktop.ui.common.theme import Theme
from desktop.ui.desk.context import ChangeBus, DeskContext
from desktop.ui.desk.ticket_list import ListPage

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard
    from desktop.exchange.desk_post import DeskPost
    from desktop.services.company import OpenCompany
    from desktop.services.work import Work
    from desktop.system.secrets import SecretStore
    from desktop.ui.desk.mailbox_watch import MailboxWatch

_LOG = logging.getLogger(__name__)
_START_VIEW = "inbox"
_IO_THREADS = 4
_STYLE = ("-style", "Fusion")
_FIRST_TEXTS = ("common", "desk", "devices", "tickets")  # the areas of the first picture


class _Start(NamedTuple):
    """What is known before anything is shown."""

    application: QApplication
    home: Home
    keys: str
    """Where the keys lie as the options say: keychain, file, or empty for what the environment says."""
    settings: Settings
    look: Look
    passphrase: str = ""
    """What was chosen in the set-up just now."""


def run_window(options: Mapping[str, str]) -> int:
    """Open the window and stay until it is closed; takes `options.window_options`, returns the exit code."""
    home = find_home("desk", options.get("home"), os.environ)
    application = QApplication.instance()
    is_new = application is None
    application = application if isinstance(application, QApplication) else QApplication([*sys.argv[:1], *_STYLE])
    application.setApplicationName("Ersthelfer")
    application.setDesktopFileName("ersthelfer")
    theme = Theme(application, is_fusion=is_new)
    try:
        handler = start_logging(make_home(home).logs, "desk")
        settings = Settings(settings_path(home), DESK_SETTINGS)
    except AppError as error:
        return _refuse(_dressed(application, theme, options, Settings(Path(os.devnull) / "none", DESK_SETTINGS)), error)
    try:
        look = _dressed(application, theme, options, settings)
        catch_crashes(look, home)
        return _run_or_refuse(_Start(application, home, options.get("keys", ""), settings, look))
    finally:
        logging.getLogger("desktop").removeHandler(handler)
        handler.close()


def _dressed(application: QApplication, theme: Theme, options: Mapping[str, str], settings: Settings) -> Look:
    language = options.get("language") or settings.text("language")
    texts = load_texts(None if language == "system" else language, first=_FIRST_TEXTS)
    speak_qt(application, texts.language)
    theme.apply(application, settings.text("theme"), int(settings.text("text_size")), is_sheet_late=True)
    return Look(theme, texts, Formats(texts))


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
    instance = SingleInstance(start.home.data, "desk")
    if not instance.claim():
        if instance.raise_other():
            return 0
        raise AppError("store.in_use", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(start.home.data)})
    try:
        return _run(start, instance)
    finally:
        instance.release()


def _run(start: _Start, instance: SingleInstance) -> int:
    first = _read_first(start)
    if not first.is_ready:
        from desktop.entry.desk_setup import set_up  # brings the keys and the database along

        gc.enable()
        start.look.theme.put_on_sheet()
        place = set_up(start.look, start.home, start.keys, os.environ)
        if place is None:
            return 0
        start = start._replace(home=place[0], passphrase=place[1])
        first = _read_first(start)
    desk = _Desk(start)
    try:
        instance.raised.connect(desk.raise_window)
        desk.show(first, instance.listen)
        return start.application.exec()
    finally:
        desk.close()


def _read_first(start: _Start) -> FirstPage:
    path = start.home.data / "ersthelfer.db"
    me = start.settings.text("technician_id")
    found = first_page(path, view=_START_VIEW, now=utc_now(), me=me)
    if not found.is_ready and path.exists():
        from desktop.services.work import open_store  # an older database is brought up to date before the first look

        open_store(start.home).close()
        return first_page(path, view=_START_VIEW, now=utc_now(), me=me)
    return found


class _Desk:
    """The window and what runs behind it; made after the first query, closed once."""

    def __init__(self, start: _Start) -> None:
        self._start = start
        self._company: OpenCompany | None = None
        self._work: Work | None = None
        self._wizards: Mapping[str, Wizard] | None = None
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
            settings=start.settings,
            home=start.home,
            clock=utc_now,
            secrets=self._secrets,
        )
        self._window = FirstWindow(self._context, self._read_wizards, check_mailbox=self._look_now)

    def show(self, first: FirstPage, listen: Callable[[], object]) -> None:
        """Paint the first picture; only then load the rest and listen to other starts."""
        page = ListPage(first.rows, None, first.next)
        self._window.show_first(first.company, first.technicians, page, first.counts, view=_START_VIEW)
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
        from desktop.ui.desk.mailbox_watch import MailboxWatch

        self._window.go_live()
        if self._listen is not None:
            self._listen()
        self._ask_passphrase()
        self._watch = MailboxWatch(self._context, self._open_post, self._window)
        self._watch.changed.connect(self._window.show_mailbox)
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

                self._work = open_work(self._start.home, technician_id=self._start.settings.text("technician_id"))
            return self._work

    def _open_post(self) -> DeskPost:
        """Open keys and mailbox at the first call; only the mailbox watch calls, one look at a time."""
        if self._company is None:
            from desktop.services.company import open_company

            self._company = open_company(self._start.home, self._secrets())
        return self._company.post

    def _secrets(self) -> SecretStore:
        if self._needs_passphrase():
            return self._unlocked(self._passphrase)
        return open_for(self._start.home, self._start.keys, self._start.look.texts, sys.stderr)

    def _needs_passphrase(self) -> bool:
        is_file = lie_in_file(self._start.home, self._start.keys, os.environ)
        return is_file and PASSPHRASE_VARIABLE not in os.environ

    def _unlocked(self, passphrase: str) -> SecretStore:
        from desktop.system.secrets import open_secrets  # brings the crypto library along

        return open_secrets(self._start.home, "file", lambda: passphrase)

    def _ask_passphrase(self) -> None:
        """Ask on the main thread until it fits or the user puts it off; a look by hand asks again."""
        if self._passphrase or not self._needs_passphrase():
            return
        from desktop.ui.desk.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self._context, lambda given: self._unlocked(given).get("org.sign"), self._window)
        if dialog.exec() == PassphraseDialog.DialogCode.Accepted:
            self._passphrase = dialog.passphrase

    def _read_wizards(self) -> Mapping[str, Wizard]:
        if self._wizards is None:
            from desktop.domain.wizard.library import load_library

            self._wizards = load_library(resources() / "wizards").wizards
        return self._wizards

    def _close_store(self) -> None:
        if self._company is not None:
            self._company.close()
        if self._work is not None:
            self._work.store.close()
