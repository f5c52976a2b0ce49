"""Asks what was changed before a checklist is put in force, and says whom it reaches."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.base.errors import AppError
from desktop.domain.wizard.definition import Audience
from desktop.domain.wizard_rows import WizardRefusedError
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.editor.session import EditorSession
from desktop.ui.desk.fields import TextField


class PublishDialog(QDialog):
    """`publish_wanted` says that the person means it; whoever publishes closes the dialog or shows what was refused."""

    publish_wanted = Signal()

    def __init__(self, look: Look, session: EditorSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(look.text("editor.publish"))
        self._note = TextField(
            look, look.text("editor.publish.note"), hint=look.text("editor.publish.note_hint"), limit=1000
        )
        is_for_all = session.draft.audience is Audience.EMPLOYEE and not session.is_list
        whom = "editor.publish.everybody" if is_for_all else "editor.publish.technicians"
        self._fault = Banner(look, "", tone="red")
        self._fault.hide()
        self.publish = Button(look, look.text("editor.publish"), kind="primary", clicked=self._on_publish)
        self.publish.setDefault(True)
        cancel = Button(look, look.text("editor.publish.not_now"), clicked=self.reject)
        warnings = [one for one in session.problems if not one.is_error]
        body = column(plain_label(look, look.text(whom), size="reading", wrap=True), self._note, spacing=14,
                      margins=(24, 20, 24, 20))  # fmt: skip
        if warnings:
            body.addWidget(Banner(look, look.texts.plural("editor.publish.warnings", len(warnings)), tone="amb"))
        body.addWidget(self._fault)
        body.addStretch(1)
        foot = pane(row(None, cancel, self.publish, spacing=8, margins=(20, 12, 20, 12)), ground="surface2", edge="top")
        whole = column(pane(body, ground="surface"), foot, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(520), look.theme.px(320))
        self._note.edit.setFocus()

    @property
    def note(self) -> str:
        """Return what was changed, in the author's words."""
        return self._note.text

    def show_fault(self, error: AppError) -> None:
        """Say why it was refused, with the first faults of the checklists concerned."""
        self.publish.setEnabled(True)
        said = self._look.texts.error(error)
        lines = [said.do]
        if isinstance(error, WizardRefusedError):
            lines += [self._look.texts.render(one.text) for found in error.problems.values() for one in found[:3]]
        self._fault.set_text(said.what, "\n".join(lines))
        self._fault.show()

    def _on_publish(self) -> None:
        self.publish.setEnabled(False)
        self.publish_wanted.emit()
