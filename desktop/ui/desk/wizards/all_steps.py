"""Every step of a checklist with its state, also those beside the likely way: a technician may start at any of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.wizard.definition import Outcome, Step
from desktop.ui.common.buttons import Button
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.wizard.rail import RailRow
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.words import Line, Mark, heading, lines_done

_LONG = 10  # steps from which there is a field to search them


class AllSteps(QWidget):
    """Folded until somebody asks for it; `wanted` names the step to start at."""

    wanted = Signal(str)
    unfolded = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._session: RunSession | None = None
        self._is_open = False
        self.setProperty("ground", "surface")
        self.fold = Button(look, "", kind="flat", small=True, clicked=self.turn)
        self.field = QLineEdit()
        self.field.setPlaceholderText(look.text("checklist.steps.search"))
        self.field.setAccessibleName(look.text("checklist.steps.search"))
        self.field.setClearButtonEnabled(True)
        look.theme.dress(self.field)
        self.field.textChanged.connect(self._draw)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.setLayout(column(row(self.fold, None), self.field, self._lines, spacing=6, margins=(8, 2, 8, 10)))
        self.field.hide()

    def show_run(self, session: RunSession) -> None:
        """Show the steps of the checklist the run stands in."""
        self._session = session
        self.setVisible(not session.state.phase.is_over)
        self._draw()

    def turn(self) -> None:
        """Fold or unfold the list; unfolded, a long one is searched at once."""
        self._is_open = not self._is_open
        if not self._is_open:
            self.field.clear()
        self._draw()
        if not self._is_open:
            return
        self.unfolded.emit()
        if not self.field.isHidden():
            self.field.setFocus()

    def open(self) -> None:
        """Unfold the list and go there."""
        if not self._is_open:
            self.turn()
        (self.fold if self.field.isHidden() else self.field).setFocus()

    def _draw(self) -> None:
        if self._session is None:
            return
        steps = self._session.scene.wizard(self._session.state).steps
        self.fold.set_text(self._look.texts.plural("checklist.steps.all", len(steps)))
        self.fold.set_icon("caret-up" if self._is_open else "caret-down")
        state = self._look.text("checklist.story.unfolded" if self._is_open else "checklist.story.folded")
        self.fold.setAccessibleDescription(state)
        self.field.setVisible(self._is_open and len(steps) > _LONG)
        clear(self._lines)
        if self._is_open:
            self._fill(self._session)
            show_all(self._lines)

    def _fill(self, session: RunSession) -> None:
        wizard = session.scene.wizard(session.state)
        done = {
            one.step: one for one in lines_done(self._look, session.scene, session.state) if one.wizard == wizard.id
        }
        wanted, found = self.field.text().strip().casefold(), 0
        for number, step in enumerate(wizard.steps.values(), start=1):
            line = self._line(session, step, done.get(step.id))
            if wanted and wanted not in f"{line.title} {heading(self._look, step)} {line.hint}".casefold():
                continue
            found += 1
            one = RailRow(self._look, line, number, clickable=line.mark is not Mark.NOW)
            one.clicked.connect(lambda _on=False, name=step.id: self.wanted.emit(name))
            self._lines.addWidget(one)
        if not found:
            none = self._look.text("checklist.steps.none")
            self._lines.addWidget(plain_label(self._look, none, size="meta", tone="t3", wrap=True))

    def _line(self, session: RunSession, step: Step, done: Line | None) -> Line:
        if step.id == session.state.step:
            return Line(step.id, Mark.NOW, heading(self._look, step), self._look.text("wizard.rail.hint_now"))
        if done is not None:
            return done
        kind = f"end.{step.result.value}" if isinstance(step, Outcome) else step.kind.value
        return Line(step.id, Mark.AHEAD, heading(self._look, step), self._look.text(f"checklist.kind.{kind}"))
