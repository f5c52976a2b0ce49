"""One threshold: its name, a field with the value, the unit, and a mark where the value is our own judgement."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.diagnostics.overrides import fits, span_of
from desktop.diagnostics.rules import CompanyRule
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.desk.settings.limit_units import ShownUnit, from_shown, shown_unit, to_shown

FIELD_WIDTH, UNIT_WIDTH = 84, 70


class LimitField(QWidget):
    """Says what was typed when it is another value that fits, and why not when it does not."""

    changed = Signal(str, float)
    """The limit's name and its new value, in the unit of the rule."""
    refused = Signal(str)
    """Why the value cannot be taken; an empty text takes it back."""

    def __init__(self, look: Look, company: CompanyRule, limit: str) -> None:
        super().__init__()
        self._look, self.limit = look, limit
        self._unit: ShownUnit = shown_unit(limit, company.usual.limits[limit])
        self._value = 0.0
        name = look.text(f"finding.limit.{limit}")
        unit = look.text(f"settings.unit.{self._unit.code}") if self._unit.code else ""
        self.edit = QLineEdit()
        self.edit.setMaxLength(12)
        self.edit.setFixedWidth(look.theme.px(FIELD_WIDTH))
        finding = look.text(f"finding.{company.rule.id}.title")
        self.edit.setAccessibleName(look.text("settings.findings.field", finding=finding, limit=name, unit=unit))
        look.theme.dress(self.edit)
        self.edit.editingFinished.connect(self._on_finished)
        label = plain_label(look, name, tone="t2", wrap=True)
        label.setBuddy(self.edit)
        ours = look.text("settings.findings.ours") if limit in company.usual.ours else ""
        mark = plain_label(look, ours, tone="t3", size="meta")
        shown = plain_label(look, unit, tone="t2")
        shown.setFixedWidth(look.theme.px(UNIT_WIDTH))
        line = row(label, mark, self.edit, shown, spacing=10)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.show_value(company.rule.limits[limit])

    def show_value(self, value: float) -> None:
        """Show what is in force, unless somebody is typing."""
        self._value = value
        if not (self.edit.hasFocus() and self.edit.isModified()):
            self.edit.setText(to_shown(value, self._unit, self._look.texts.language))
            self._mark(is_wrong=False)

    def _on_finished(self) -> None:
        if not self.edit.isModified():
            return
        value = from_shown(self.edit.text(), self._unit)
        is_wrong = value is None or not fits(self.limit, value)
        self._mark(is_wrong=is_wrong)
        if value is None or is_wrong:
            self.refused.emit(self._why())
            return
        self.edit.setModified(False)
        self.refused.emit("")
        if value != self._value:
            self.changed.emit(self.limit, value)

    def _why(self) -> str:
        span, language = span_of(self.limit), self._look.texts.language
        low, high = (to_shown(one, self._unit, language) for one in (span.low, span.high))
        is_whole = span.is_whole and self._unit.factor == 1
        code = "settings.findings.whole" if is_whole else "settings.findings.range"
        return self._look.text(code, limit=self._look.text(f"finding.limit.{self.limit}"), low=low, high=high)

    def _mark(self, *, is_wrong: bool) -> None:
        set_tone(self.edit, "true" if is_wrong else "false", property_name="faulty")
