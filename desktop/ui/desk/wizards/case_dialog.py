"""Writes one scenario: its name, where it must end, and all that happens on the way; walked anew with every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QSpinBox, QWidget

from desktop.domain.wizard.cases import within_reach
from desktop.domain.wizard.definition import Audience, Case, Outcome, Wizard
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.controls import SegmentedControl
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.quiet_spin import QuietSpin
from desktop.ui.desk.fields import Field, TextField
from desktop.ui.desk.wizards.case_form import CaseForm
from desktop.ui.desk.wizards.case_words import Scenarios
from desktop.ui.desk.wizards.step_words import step_title

_LONGEST_NAME = 80
_MOST_STEPS = 30


class CaseDialog(QDialog):
    """Holds the `case` as it was written, once it was accepted."""

    def __init__(
        self, look: Look, wizard: Wizard, wizards: Mapping[str, Wizard], case: Case, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._case = look, case
        self._scenarios = Scenarios(wizard, wizards)
        self.setWindowTitle(look.text("case.title"))
        self.name = TextField(look, look.text("case.name"), text=case.name, limit=_LONGEST_NAME)
        self.end = ChoiceButton(look, look.text("case.end"), self._ends(wizard, wizards), value=case.end)
        self.limit = self._limit()
        self.audience = self._audience()
        self.form = CaseForm(look, wizard, wizards, case)
        self._mark = IconLabel(look.theme, "check-circle", "grn", size=18, filled=True)
        self._result = plain_label(look, wrap=True)
        form = scrolling(self.form, keeps_width=True)
        whole = column(self._head(wizard), form, self._verdict(), self._footer(), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(640), look.theme.px(700))
        self.name.edited.connect(self._walk)
        self.end.chosen.connect(self._walk)
        self.limit.valueChanged.connect(self._walk)
        self.audience.chosen.connect(self._walk)
        self.form.edited.connect(self._walk)
        self._walk()
        self.name.setFocus()

    @property
    def case(self) -> Case:
        """Return the scenario as it stands here."""
        head = replace(
            self._case,
            name=self.name.text,
            end=self.end.value,
            max_human=self.limit.value(),
            audience=Audience(self.audience.value),
        )
        return self.form.filled(head)

    @property
    def verdict(self) -> str:
        """Return the sentence about where it ends."""
        return self._result.text()

    def _head(self, wizard: Wizard) -> QWidget:
        look = self._look
        end = Field(look, look.text("case.end"), self.end, beside=(None,))
        limit = Field(look, look.text("case.limit"), self.limit, beside=(None,))
        audience = Field(look, look.text("case.audience"), self.audience, beside=(None,))
        if wizard.audience is not Audience.EMPLOYEE:
            audience.hide()
        line = row(end, limit, audience, spacing=16)
        line.setStretch(0, 1)
        return pane(column(self.name, 6, line, spacing=4, margins=(20, 16, 20, 12)), ground="surface", edge="bottom")

    def _ends(self, wizard: Wizard, wizards: Mapping[str, Wizard]) -> list[tuple[str, str]]:
        found = {self._case.end: self._scenarios.title(self._look, self._case.end)}
        for one in within_reach({name: one for name, one in wizards.items() if name != wizard.id}, wizard):
            for step in one.steps.values():
                if isinstance(step, Outcome):
                    found.setdefault(step.id, step_title(self._look, step))
        return list(found.items())

    def _limit(self) -> QSpinBox:
        limit = QuietSpin()
        limit.setRange(0, _MOST_STEPS)
        limit.setValue(self._case.max_human)
        self._look.theme.dress(limit)
        return limit

    def _audience(self) -> SegmentedControl:
        look = self._look
        choices = [(one.value, look.text(f"case.audience.{one.value}"), "") for one in Audience]
        return SegmentedControl(look, look.text("case.audience"), choices, value=self._case.audience.value)

    def _verdict(self) -> QWidget:
        line = row(self._mark, self._result, spacing=8, margins=(20, 10, 20, 10))
        line.setStretch(1, 1)
        return pane(line, ground="surface", edge="top")

    def _footer(self) -> QWidget:
        look = self._look
        self.keep = Button(look, look.text("case.keep"), kind="primary", clicked=self._on_keep)
        self.keep.setDefault(True)
        cancel = Button(look, look.text("dialog.cancel"), clicked=self.reject)
        return pane(row(None, cancel, self.keep, spacing=8, margins=(20, 12, 20, 12)), ground="surface2", edge="top")

    def _walk(self, _changed: object = None) -> None:
        result = self._scenarios.run(self.case)
        is_good = result.is_as_said
        self._mark.set_icon("check-circle" if is_good else "warning", "grn" if is_good else "amb", filled=True)
        self._result.setText(self._scenarios.say(self._look, result))
        set_tone(self._result, "grn" if is_good else "amb")

    def _on_keep(self) -> None:
        if self.name.text:
            self.accept()
            return
        self.name.set_error(self._look.text("case.name.missing"))
        self.name.setFocus()
