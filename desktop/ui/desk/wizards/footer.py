"""The buttons below a checklist's step, and the keys that press them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.wizard.definition import Outcome, Result
from desktop.domain.wizard.run import Phase
from desktop.ui.common.buttons import Button
from desktop.ui.common.labels import set_tooltip
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.desk.menus import keys_text
from desktop.ui.desk.wizards.keys import BACK_KEYS, NEXT_KEYS, PAUSE_KEYS, SKIP_KEYS
from desktop.ui.wizard.session import RunSession


class Footer(QFrame):
    """Tells which button was pressed; a key does nothing where its button is not there."""

    paused = Signal()
    skipped = Signal()
    went_back = Signal()
    went_on = Signal()

    def __init__(self, look: Look, *, ticket_number: str, is_review: bool) -> None:
        super().__init__()
        self._look, self._number, self._is_review = look, ticket_number, is_review
        self.setProperty("ground", "surface2")
        self.setProperty("edge", "top")
        text = look.text
        self.pause = Button(look, text("wizard.pause"), icon_name="pause", kind="flat", clicked=self.paused.emit)
        self.skip = Button(look, text("wizard.skip"), kind="flat", clicked=self.skipped.emit)
        self.back = Button(look, text("wizard.back"), icon_name="arrow-left", clicked=self.went_back.emit)
        arrow = "arrow-left" if is_review else "arrow-right"
        self.next = Button(look, text("wizard.next_keys"), icon_name=arrow, kind="primary", clicked=self.went_on.emit)
        for button, keys in ((self.pause, PAUSE_KEYS), (self.skip, SKIP_KEYS), (self.back, BACK_KEYS)):
            name = button.accessibleName()
            set_tooltip(button, text("checklist.key", name=name, keys=keys_text(keys)))
        self.setLayout(row(self.pause, self.skip, None, self.back, self.next, spacing=8, margins=(24, 11, 20, 11)))

    def listen(self, page: QWidget) -> None:
        """Let the keys press the buttons anywhere on the page."""
        for keys in NEXT_KEYS:
            listen(page, keys, self.went_on.emit)
        for button, keys in ((self.pause, PAUSE_KEYS), (self.skip, SKIP_KEYS), (self.back, BACK_KEYS)):
            listen(page, keys, _pressing(button))

    def show_run(self, session: RunSession) -> None:
        """Offer what can be done now."""
        state, step = session.state, session.step
        is_open = not state.phase.is_over and not state.is_paused and not self._is_review
        self.pause.setVisible(is_open)
        self.skip.setVisible(is_open and state.phase is not Phase.COLLECTING)
        self.skip.setEnabled(not session.is_busy)
        self.back.setVisible(not self._is_review and not state.is_paused)
        self.back.setEnabled(session.can_go_back())
        self.back.set_text(self._look.text("wizard.stop_waiting" if session.is_acting else "wizard.back"))
        self.next.setEnabled(self._is_review or not session.is_busy)
        if self._is_review:
            self.next.set_text(self._look.text("wizard.to_ticket", number=self._number))
        elif state.phase.is_over:
            is_open_fault = isinstance(step, Outcome) and step.result is Result.ESCALATE
            self.next.set_text(self._look.text("checklist.hand_over_keys" if is_open_fault else "wizard.finish"))
        else:
            self.next.set_text(self._look.text("checklist.go_on_keys" if state.is_paused else "wizard.next_keys"))


def listen(page: QWidget, keys: str, act: Callable[[], object]) -> None:
    """Do something by a key wherever the keyboard is on a page."""
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)


def _pressing(button: Button) -> Callable[[], None]:
    def press() -> None:
        if button.isVisible():
            button.click()

    return press
