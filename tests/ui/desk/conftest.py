"""A Desk in parts: look, lanes and a real store, for pages and dialogs that are tested alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.clock import utc_now
from desktop.base.lanes import ThreadLane
from desktop.base.paths import Home, resources
from desktop.base.settings import Settings
from desktop.base.texts import load_texts
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.library import load_library
from desktop.services.company import CreateCompany, create_company
from desktop.services.technicians import add_technician
from desktop.services.work import Work, open_work
from desktop.system.key_file import SMALLEST, FileSecrets
from desktop.system.secrets import SecretStore
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.formats import Formats
from desktop.ui.common.look import Look
from desktop.ui.common.theme import Theme
from desktop.ui.desk.context import ChangeBus, DeskContext

if TYPE_CHECKING:
    from desktop.ui.desk.main_window import DeskWindow

TypeIn = Callable[[QWidget, str], None]


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """Return the German light look."""
    texts = load_texts("de")
    return Look(Theme(qapp), texts, Formats(texts))


@pytest.fixture
def type_in() -> TypeIn:
    """Return what types any letter into a widget: QTest's own keyClicks aborts on umlauts."""

    def typed(widget: QWidget, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    return typed


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """Return an open store with one technician, Katrin Velden, who acts."""
    home = Home.under(tmp_path / "desk").ensure()
    first = open_work(home)
    add_technician(first, "Katrin Velden")
    first.store.close()
    opened = open_work(home)
    yield opened
    opened.store.close()


@pytest.fixture
def context(qtbot: QtBot, qapp: QApplication, look: Look, work: Work, tmp_path: Path) -> Iterator[DeskContext]:
    """Return a context over `work` with real lanes; nothing may fail without a place to show it."""
    from desktop.domain.desk_settings import DESK_SETTINGS

    home = Home.under(tmp_path / "desk")
    db, io = ThreadLane("db", threads=1), ThreadLane("io", threads=2)
    bus = ChangeBus()
    faults: list[object] = []
    bus.failed.connect(faults.append)
    yield DeskContext(
        look=look,
        work=lambda: work,
        db=db,
        io=io,
        dispatcher=Dispatcher(qapp),
        bus=bus,
        settings=Settings(home.settings / "desk.json", DESK_SETTINGS),
        home=home,
        clock=utc_now,
    )
    db.close()
    io.close()
    assert not faults


@pytest.fixture
def company(work: Work, tmp_path: Path) -> SecretStore:
    """Make `work`'s home a company with a mailbox, and return its keys."""
    secrets = FileSecrets(tmp_path / "keys.bin", lambda: "nur für Tests", cost=SMALLEST)
    mailbox = tmp_path / "mailbox"
    mailbox.mkdir()
    command = CreateCompany("Möbelwerk Ahornblick", mailbox, "Timo Asbeck", "100")
    create_company(Home.under(tmp_path / "desk"), secrets, command)
    return secrets


@pytest.fixture
def company_context(context: DeskContext, company: SecretStore) -> DeskContext:
    """Return a context that can sign in the company's name."""
    return context._replace(secrets=lambda: company)


def shipped() -> Mapping[str, Wizard]:
    """Return the checklists that the program brings along."""
    return load_library(resources() / "wizards").wizards


def make_window(
    qtbot: QtBot, context: DeskContext, wizards: Callable[[], Mapping[str, Wizard]] = shipped
) -> DeskWindow:
    """Return the main window, live and on screen; it is closed after the test."""
    from desktop.ui.desk.main_window import DeskWindow

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    context.look.theme.apply(application, "light", 100)
    window = DeskWindow(context, wizards)
    window.resize(1440, 868)  # the screen of the tests is smaller than what the window is drawn for
    qtbot.addWidget(window)
    window.go_live()
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.area.is_filled)
    return window
