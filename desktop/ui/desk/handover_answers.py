"""The fields a checklist wants to go along: what was answered, and a form of the right kind for what was not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.handover import RunField
from desktop.domain.wizard.exits import UNSURE
from desktop.domain.wizard.run import Answer
from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import clear, column, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.wizard.ask import AnswerForm
from desktop.ui.wizard.asking import field_ask, has_unsure_row
from desktop.ui.wizard.words import say


class AnswerLine(QWidget):
    """One field: a mark, the question, the answer, and the form that is unfolded to give or change it."""

    answered = Signal(str, str, object)
    """The ids of run and field, and the answer; None is "I do not know"."""

    def __init__(self, look: Look, field: RunField) -> None:
        super().__init__()
        self._look, self._field = look, field
        self.form: AnswerForm | None = None
        title = say(look, field.field.text)
        self._title = title
        self._mark = IconLabel(look.theme, "check-circle", "grn", size=20, filled=True)
        self._detail = ElidedLabel(look, size="meta", tone="t3")
        self.enter = Button(look, look.text("handover.enter"), kind="primary", small=True, clicked=self._on_enter)
        self.enter.setAccessibleName(look.text("handover.enter_field", field=title))
        self._place = column(spacing=8)
        words = column(plain_label(look, title, weight=MEDIUM, wrap=True), self._detail, spacing=1)
        line = row(self._mark, words, self.enter, spacing=12)
        line.setStretch(1, 1)
        line.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(self.enter, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(line, self._place, spacing=6))
        self.show_field(field)

    def show_field(self, field: RunField) -> None:
        """Show whether the field is answered and how."""
        look = self._look
        self._field = field
        said = look.formats.given(say(look, field.said)) or look.text("wizard.unsure")
        detail = one_line(said, 300) if field.is_answered else look.text("handover.unanswered")
        name, tone = ("check-circle", "grn") if field.is_answered else ("warning-circle", "red")
        self._mark.set_icon(name, tone, filled=True)
        self._detail.set_text(detail)
        self.enter.setVisible(not field.is_answered and self.form is None)
        self.setAccessibleName(look.text("handover.line", field=self._title, detail=detail))

    def _on_enter(self) -> None:
        self.enter.hide()
        look = self._look
        self.form = AnswerForm(look, field_ask(look, self._field.field, is_instant=False))
        self.form.answered.connect(self._on_given)
        self._place.addWidget(self.form)
        take = Button(look, look.text("handover.take"), kind="primary", small=True, clicked=self._on_given)
        buttons = [take]
        if not has_unsure_row(self.form.ask):
            buttons.append(Button(look, look.text("wizard.unsure"), small=True, clicked=lambda: self._give(None)))
        self._place.addLayout(row(*buttons, None))
        show_all(self._place)
        (self.form.first() or take).setFocus()

    def _on_given(self) -> None:
        if self.form is None:
            return
        value = self.form.answer()
        if value is None:
            self.form.say_missing()
        else:
            self._give(None if value == UNSURE else value)

    def _give(self, value: Answer) -> None:
        self.form = None
        clear(self._place)
        self.answered.emit(self._field.run, self._field.field.id, value)


class AnswerLines(QWidget):
    """All fields of a hand-over's checklists."""

    answered = Signal(str, str, object)

    def __init__(self, look: Look, fields: Sequence[RunField]) -> None:
        super().__init__()
        self._lines: dict[str, AnswerLine] = {}
        layout = column(spacing=9)
        for one in fields:
            line = AnswerLine(look, one)
            line.answered.connect(self.answered)
            self._lines[one.field.id] = line
            layout.addWidget(line)
        self.setLayout(layout)
        self.setVisible(bool(fields))

    def line(self, field: str) -> AnswerLine:
        """Return the line of a field."""
        return self._lines[field]

    def show_fields(self, fields: Sequence[RunField]) -> None:
        """Show the present state of all fields; they stay the same ones."""
        for one in fields:
            self._lines[one.field.id].show_field(one)
