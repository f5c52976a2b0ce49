"""One finding in the settings: what it looks for, by whose judgement, its thresholds, and whether it is looked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.diagnostics.evidence import rule_text
from desktop.diagnostics.rules import CompanyRule
from desktop.domain.folding import folded
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Chip
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import Switch
from desktop.ui.desk.devices.health import SEVERITY_MARKS
from desktop.ui.desk.settings.entry import Line
from desktop.ui.desk.settings.limit_field import LimitField

MARGINS = (18, 12, 18, 12)


class TopicHead(Line):
    """The name of a group of findings, above the first of them; a search shows the findings alone."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self.setLayout(row(plain_label(look, title, size="meta", weight=BOLD, tone="t2"), margins=(18, 14, 18, 6)))

    def fits(self, query: str) -> bool:
        """Tell that a heading is nothing one looks for."""
        return False


class FindingEntry(Line):
    """A finding by its id; emits what a person wants changed and shows what the company has."""

    limit_changed = Signal(str, str, float)
    switched = Signal(str, bool)
    reset_wanted = Signal(str)

    def __init__(self, look: Look, company: CompanyRule) -> None:
        super().__init__()
        self._look, self.id = look, company.rule.id
        self.title = look.text(f"finding.{self.id}.title")
        topic = look.text(f"finding.topic.{company.rule.topic}")
        self._words = folded(f"{self.title} {rule_text(company.usual, look.texts)} {topic} {self.id}")
        self._rule = plain_label(look, "", tone="t2", wrap=True)
        self._fault = plain_label(look, "", size="meta", tone="red", wrap=True)
        self._fault.hide()
        self.switch = Switch(look, "")
        self.switch.setAccessibleName(look.text("settings.findings.switch", title=self.title))
        self.switch.clicked.connect(lambda: self.switched.emit(self.id, self.switch.isChecked()))
        self.reset = Button(look, look.text("settings.findings.reset"), kind="link")
        self.reset.setAccessibleName(look.text("settings.findings.reset_name", title=self.title))
        self.reset.clicked.connect(lambda: self.reset_wanted.emit(self.id))
        self.fields = {one: self._field(company, one) for one in company.own_limits}
        self.setLayout(self._layout(company))
        self.show_rule(company)

    def fits(self, query: str) -> bool:
        """Tell whether title, rule, group or id contain all words of `query`."""
        return all(word in self._words for word in folded(query).split())

    def show_rule(self, company: CompanyRule) -> None:
        """Show what is in force now."""
        self._rule.setText(rule_text(company.rule, self._look.texts))
        self.switch.setChecked(not company.override.is_off)
        self.reset.setVisible(not company.override.is_empty)
        for name, field in self.fields.items():
            field.show_value(company.rule.limits[name])
            field.setEnabled(not company.override.is_off)

    def set_error(self, text: str) -> None:
        """Say why a value was not saved; an empty text takes it back."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    def _field(self, company: CompanyRule, limit: str) -> LimitField:
        field = LimitField(self._look, company, limit)
        field.changed.connect(self._on_limit)
        field.refused.connect(self.set_error)
        return field

    def _on_limit(self, limit: str, value: float) -> None:
        self.limit_changed.emit(self.id, limit, value)

    def _layout(self, company: CompanyRule) -> QVBoxLayout:
        look, rule = self._look, company.usual
        mark = SEVERITY_MARKS[rule.severity]
        icon = column(2, IconLabel(look.theme, mark.icon, mark.tone, filled=True), None)
        chips = [Chip(look, look.text(f"finding.severity.{rule.severity.value}"))]
        if not rule.is_for_employees:
            chips.append(Chip(look, look.text("settings.findings.technicians"), "outline"))
        title = plain_label(look, self.title, weight=MEDIUM, wrap=True)
        head = row(title, *chips, spacing=8)
        head.setStretch(0, 1)
        code = "settings.findings.judgement" if rule.is_ours else "settings.findings.source"
        source = look.text(code, source=rule.source[look.texts.language])
        words = column(head, self._rule, plain_label(look, source, size="meta", tone="t3", wrap=True), spacing=2)
        right = column(self.switch, None)
        right.setAlignment(self.switch, Qt.AlignmentFlag.AlignRight)
        line = row(icon, words, right, spacing=12)
        line.setStretch(1, 1)
        indent = look.theme.px(16) + 12
        foot = row(indent, self._fault, self.reset, spacing=8)
        foot.setStretch(1, 1)
        fields = [row(indent, one) for one in self.fields.values()]
        return column(line, *fields, foot, spacing=6, margins=MARGINS)
