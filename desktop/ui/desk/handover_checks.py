"""The list "Is everything there?": what stands in each field, and a place to enter what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QWidget

from desktop.domain.handover import Check, HandoverField, RunField
from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label, set_tone
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.handover_sheet import rendered


class CheckLine(QWidget):
    """One field: a mark, its title, what stands there, and a line to enter it by hand."""

    entered = Signal(str)

    def __init__(self, look: Look, field: HandoverField) -> None:
        super().__init__()
        self._look, self._field = look, field
        title = look.text(f"handover.field.{field.value}")
        self._mark = IconLabel(look.theme, "check-circle", "grn", size=20, filled=True)
        self._detail = ElidedLabel(look, size="meta", tone="t3")
        self.enter = Button(look, look.text("handover.enter"), kind="primary", small=True, clicked=self._on_enter)
        self.enter.setAccessibleName(look.text("handover.enter_field", field=title))
        self.edit = QLineEdit()
        self.edit.setMaxLength(500)
        self.edit.setAccessibleName(title)
        self.edit.setPlaceholderText(title)
        self.edit.hide()
        look.theme.dress(self.edit)
        self.edit.editingFinished.connect(self._on_finished)
        words = column(plain_label(look, title, weight=MEDIUM), self._detail, spacing=1)
        line = row(self._mark, words, self.enter, spacing=12)
        line.setStretch(1, 1)
        line.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(line, self.edit, spacing=6))

    def show_check(self, one: Check) -> None:
        """Show whether the field is there and what stands in it."""
        said = rendered(one.detail, self._look.texts, self._look.formats.moment)
        name, tone = ("check-circle", "grn") if one.is_there else ("warning-circle", "red")
        self._mark.set_icon(name, tone, filled=True)
        self._detail.set_text(said)
        self.enter.setVisible(not one.is_there and self.edit.isHidden())
        self.setAccessibleName(self._look.text("handover.line", field=self.edit.placeholderText(), detail=said))

    def _on_enter(self) -> None:
        self.enter.hide()
        self.edit.show()
        self.edit.setFocus()

    def _on_finished(self) -> None:
        if not self.edit.text().strip():
            self.edit.hide()
        self.entered.emit(self.edit.text().strip())


class CheckList(QWidget):
    """All fields with the share that is there; the task has its own box above and counts along."""

    entered = Signal(object, str)
    """A `HandoverField` and what was entered for it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._count: QLabel = plain_label(look, size="meta", weight=BOLD)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(look.text("handover.all_there"))
        self._lines: dict[HandoverField, CheckLine] = {}
        heading = row(plain_label(look, look.text("handover.all_there"), size="meta", weight=BOLD), None, self._count)
        self._column = column(heading, self._bar, 4, spacing=9)
        for field in HandoverField:
            if field is not HandoverField.TASK:
                self._add(field)
        self.setLayout(self._column)

    def line(self, field: HandoverField) -> CheckLine:
        """Return the line of a field."""
        return self._lines[field]

    def show_checks(self, checks: Sequence[Check], fields: Sequence[RunField] = ()) -> None:
        """Show the present state of all fields; those of the checklists count along."""
        there = sum(one.is_there for one in checks) + sum(one.is_answered for one in fields)
        count = len(checks) + len(fields)
        self._count.setText(self._look.text("handover.share", there=there, all=count))
        set_tone(self._count, "grn" if there == count else "amb")
        self._bar.setRange(0, count)
        self._bar.setValue(there)
        shown = {one.field: one for one in checks}
        for field, line in self._lines.items():
            line.setVisible(field in shown)
            if field in shown:
                line.show_check(shown[field])

    def _add(self, field: HandoverField) -> None:
        line = CheckLine(self._look, field)
        line.entered.connect(partial(self.entered.emit, field))
        self._lines[field] = line
        self._column.addWidget(line)
