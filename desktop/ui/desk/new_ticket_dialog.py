"""A ticket written by hand, for what came in at the desk or by mail: as few fields as will do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from desktop.base.errors import AppError
from desktop.domain.commands import CreateTicket
from desktop.domain.ticket import CATEGORIES, Channel, Impact, Kind, Urgency, priority_for
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.errors import ErrorPanel, announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import Field, NotesField, TextField
from desktop.ui.desk.priority_mark import PriorityMark

_CHANNELS = (Channel.WALK_IN, Channel.MAIL, Channel.PHONE)


class NewTicketDialog(QDialog):
    """Asks for title, person and what is the matter; `create_wanted` carries the command, the dialog stays open."""

    create_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(look.text("new.title"))
        self._make_fields()
        self.create_button = Button(look, look.text("new.create"), kind="primary", clicked=self._on_create)
        self.create_button.setDefault(True)
        cancel = Button(look, look.text("dialog.cancel"), clicked=self.reject)
        choices = self._choices("kind", "category", "channel")
        pressing = self._choices("impact", "urgency")
        proposal = row(self._mark, self._proposal, None, spacing=8)
        self._fault = column()
        form = QWidget()
        form.setProperty("ground", "surface")
        form.setLayout(
            column(
                plain_label(look, look.text("new.heading"), size="pane", weight=BOLD),
                4,
                self.title_field,
                self.person,
                self.text,
                choices,
                pressing,
                proposal,
                None,
                spacing=10,
                margins=(20, 18, 20, 18),
            )
        )
        footer = row(None, cancel, self.create_button, margins=(20, 12, 20, 12))
        self.setLayout(column(self._fault, scrolling(form), pane(footer, ground="surface2", edge="top"), spacing=0))
        self.resize(look.theme.px(560), look.theme.px(620))
        self._on_pressing()
        self._add_keys()
        self.title_field.edit.setFocus()

    def command(self) -> CreateTicket | None:
        """Return what is to be made; None after showing which field is missing."""
        if not self.title_field.text:
            self.title_field.set_error(self._look.text("new.title_missing"))
            self.title_field.edit.setFocus()
            return None
        return CreateTicket(
            title=self.title_field.text,
            text=self.text.text,
            person_name=self.person.text,
            category=self.category.value,
            kind=Kind(self.kind.value),
            impact=Impact(self.impact.value),
            urgency=Urgency(self.urgency.value),
            channel=Channel(self.channel.value),
        )

    def show_fault(self, error: AppError) -> None:
        """Say why nothing was made; what was written stays."""
        clear(self._fault)
        panel = ErrorPanel(self._look, error)
        self._fault.addWidget(panel)
        announce(panel, panel.accessibleName())

    def reject(self) -> None:
        """Close; what was written is asked about first."""
        from desktop.ui.desk.questions import ask

        has_text = bool(self.title_field.text or self.person.text or self.text.text)
        if not has_text or ask(self, self._look, "new.discard"):
            super().reject()

    def _add_keys(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.create_button.click)

    def _make_fields(self) -> None:
        look = self._look
        self.title_field = TextField(look, look.text("new.what"), placeholder=look.text("new.what_hint"), limit=200)
        self.person = TextField(look, look.text("new.who"), limit=120, hint=look.text("new.who_hint"))
        self.text = NotesField(look, look.text("new.text"), lines=5)
        texts: QPlainTextEdit = self.text.edit
        texts.setMaximumHeight(look.theme.px(130))
        texts.setPlaceholderText(look.text("new.text_hint"))
        self.kind = self._options("kind", [one.value for one in Kind])
        self.category = self._options("category", list(CATEGORIES), value="other")
        self.channel = self._options("channel", [one.value for one in _CHANNELS])
        self.impact = self._options("impact", [one.value for one in Impact])
        self.urgency = self._options("urgency", [one.value for one in Urgency], value=Urgency.LIMITED.value)
        self.impact.chosen.connect(self._on_pressing)
        self.urgency.chosen.connect(self._on_pressing)
        self._mark = PriorityMark(look)
        self._proposal = plain_label(look, tone="t2")

    def _options(self, family: str, values: list[str], *, value: str = "") -> ChoiceButton:
        labels = [(one, self._look.text(f"{family}.{one}")) for one in values]
        return ChoiceButton(self._look, self._look.text(f"new.{family}"), labels, value=value or values[0])

    def _choices(self, *names: str) -> QHBoxLayout:
        fields = (Field(self._look, self._look.text(f"new.{name}"), getattr(self, name)) for name in names)
        return row(*fields, None, spacing=14)

    def _on_pressing(self) -> None:
        priority = priority_for(Impact(self.impact.value), Urgency(self.urgency.value))
        self._mark.set_priority(priority)
        name = self._look.text(f"priority.{priority.code}")
        self._proposal.setText(self._look.text("new.proposal", priority=name))

    def _on_create(self) -> None:
        command = self.command()
        if command is not None:
            self.create_wanted.emit(command)
