"""What an employee waits for between an answer and the next step, where no check has to run in between."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.measure import Limit, Result, Sample, in_turn, timed
from bench.store import Setting

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

SIZE = (520, 700)
"""Pixels: Hilfe's window as it opens."""
ROWS = 8
"""Rows and labels of the bare page: as many as the step after the answer has."""


def player(setting: Setting) -> Result:
    """Answer a question of a shipped guide until the next step is drawn, beside a bare page of as many rows."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # no window may open on a developer's desk
    from PySide6.QtWidgets import QApplication

    known = QApplication.instance()
    application = known if isinstance(known, QApplication) else QApplication([])
    ours, floor = in_turn(_guide(application), _bare_page(application), rounds=setting.rounds(40))
    return Result("player", setting.size, ours, floor, (Limit("ms CPU", 50, lambda result: result.ours.cpu),))


def _guide(application: QApplication) -> Callable[[], Sample]:
    from desktop.base.clock import utc_now
    from desktop.base.paths import resources
    from desktop.base.texts import load_texts
    from desktop.domain.wizard import engine
    from desktop.domain.wizard.definition import Audience
    from desktop.domain.wizard.library import load_library
    from desktop.domain.wizard.scene import Scene
    from desktop.ui.common.formats import Formats
    from desktop.ui.common.look import Look
    from desktop.ui.common.theme import Theme
    from desktop.ui.wizard.player import WizardPlayer
    from desktop.ui.wizard.tools import WizardTools

    theme, texts = Theme(application), load_texts("de")
    theme.apply(application, "light", 100)
    scene = Scene(load_library(resources() / "wizards").wizards)
    state = engine.start(scene, "no-internet", run_id="bench", audience=Audience.EMPLOYEE, at=utc_now())
    tools = WizardTools(
        clock=utc_now,
        verify=lambda _finding, _done: None,
        perform=lambda _action, _answers, _agreed, _done: None,
        open_page=lambda _page: False,
    )
    shown = WizardPlayer(Look(theme, texts, Formats(texts)), scene, state, tools, help_phone="100")
    _show(application, shown)

    def once() -> Sample:
        taken = timed(lambda: _after(application, lambda: shown.session.answer("cable")))
        assert shown.session.state.step == "i_cable"
        _after(application, shown.session.back)
        return taken

    return once


def _bare_page(application: QApplication) -> Callable[[], Sample]:
    from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

    page = QWidget()
    QVBoxLayout(page)
    _show(application, page)

    def draw() -> None:
        rows = page.layout()
        assert isinstance(rows, QVBoxLayout)
        while (item := rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for number in range(ROWS):
            rows.addWidget(QLabel(f"Row {number} of the page") if number % 2 else QPushButton(f"Answer {number}"))

    return lambda: timed(lambda: _after(application, draw))


def _show(application: QApplication, widget: QWidget) -> None:
    widget.resize(*SIZE)
    widget.show()
    application.processEvents()


def _after(application: QApplication, act: Callable[[], object]) -> None:
    """Do something and let it be laid out and painted."""
    act()
    application.sendPostedEvents()
    application.processEvents()
