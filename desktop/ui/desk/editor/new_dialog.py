"""A new checklist, or a copy of one under a name of its own."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.base.errors import AppError
from desktop.domain.wizard.definition import Audience, Wizard, Wording
from desktop.domain.wizard.editing_head import copied, new_list, new_wizard
from desktop.domain.wizard_rows import WizardFile, WizardRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import SegmentedControl
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor import use_cases
from desktop.ui.desk.editor.use_cases import Opened
from desktop.ui.desk.editor.wiring import on_text
from desktop.ui.desk.fields import TextField

SELF_HELP, TECHNICIANS, LIST = "self_help", "technicians", "list"


class NewChecklistDialog(QDialog):
    """Keeps the first draft; `made` carries its id."""

    made = Signal(str)

    def __init__(
        self, context: DeskContext, taken: Collection[str], original: WizardRow | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._taken, self._original = context, taken, original
        look = context.look
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(look.text("editor.menu.copy" if original else "editor.new"))
        given = look.text("editor.copy_of", title=original.title.say(look.texts.language)) if original else ""
        self.title_field = TextField(look, look.text("editor.new.title"), text=given, hint=look.text("editor.new.hint"))
        kinds = [(one, look.text(f"editor.new.{one}"), "") for one in (SELF_HELP, TECHNICIANS, LIST)]
        self.kind = SegmentedControl(look, look.text("editor.new.kind"), kinds)
        self._about = plain_label(look, look.text(f"editor.new.about.{SELF_HELP}"), size="meta", tone="t3", wrap=True)
        on_text(self.kind.chosen, lambda one: self._about.setText(look.text(f"editor.new.about.{one}")))
        self.create_button = Button(look, look.text("editor.new.create"), kind="primary", clicked=self._on_create)
        self.create_button.setDefault(True)
        cancel = Button(look, look.text("editor.new.cancel"), clicked=self.reject)
        body = column(self.title_field, spacing=14, margins=(24, 20, 24, 20))
        if original is None:
            body.addWidget(plain_label(look, look.text("editor.new.kind"), size="meta", weight=BOLD))
            body.addLayout(row(self.kind, None))
            body.addWidget(self._about)
        body.addStretch(1)
        foot = pane(
            row(None, cancel, self.create_button, spacing=8, margins=(20, 12, 20, 12)), ground="surface2", edge="top"
        )
        whole = column(pane(body, ground="surface"), foot, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(560), look.theme.px(260))
        self.title_field.edit.selectAll()
        self.title_field.edit.setFocus()

    def _on_create(self) -> None:
        if not self.title_field.text:
            self.title_field.set_error(self._context.look.text("editor.new.no_title"))
            self.title_field.edit.setFocus()
            return
        self.create_button.setEnabled(False)
        if self._original is None:
            self._keep(self._fresh())
        else:
            self._context.read(
                use_cases.opening(self._original.id), owner=self, done=self._on_original, failed=self._on_failed
            )

    def _fresh(self) -> Wizard:
        title = self._title()
        if self.kind.value == LIST:
            return new_list(title, self._taken)
        audience = Audience.EMPLOYEE if self.kind.value == SELF_HELP else Audience.TECHNICIAN
        return new_wizard(title, self._taken, audience=audience)

    def _on_original(self, opened: Opened) -> None:
        if opened.wizard is not None:
            self._keep(copied(opened.wizard, self._title(), self._taken))

    def _title(self) -> Wording:
        text = self.title_field.text
        return Wording(en=text) if self._context.look.texts.language == "en" else Wording(de=text)

    def _keep(self, wizard: Wizard) -> None:
        def done(file: WizardFile) -> None:
            self.accept()
            self.made.emit(file.id)

        self._context.do(use_cases.saving(wizard, ""), owner=self, done=done, failed=self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self.create_button.setEnabled(True)
        self.title_field.set_error(self._context.look.texts.error(error).what)
