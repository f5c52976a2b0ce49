"""The long part of a scenario: what the device reports, what people answer, what helps; one choice per line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.wizard.cases import findings_used, within_reach
from desktop.domain.wizard.definition import (
    WORKS_NOW,
    Action,
    AnswerType,
    Case,
    Instruction,
    Question,
    Step,
    Wizard,
)
from desktop.ui.common.buttons import ChoiceButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.case_words import finding_title
from desktop.ui.desk.wizards.step_words import step_title, way_text
from desktop.ui.wizard.words import say

_USUAL = "\x00usual"  # no answer of the file can be this
_CHOICE_WIDTH = 220


class CaseForm(QWidget):
    """Shows a scenario of a wizard and of those it may go on in; `filled` puts together what was chosen."""

    edited = Signal()

    def __init__(self, look: Look, wizard: Wizard, wizards: Mapping[str, Wizard], case: Case) -> None:
        super().__init__()
        self._look = look
        self._reach = within_reach({name: one for name, one in wizards.items() if name != wizard.id}, wizard)
        self.findings: dict[str, ChoiceButton] = {}
        self.answers: dict[str, ChoiceButton | QLineEdit] = {}
        self.fixes: dict[str, ChoiceButton] = {}
        self._questions: dict[str, Question] = {}
        self._rows = column(spacing=6, margins=(20, 12, 20, 16))
        self.setLayout(self._rows)
        self._add_findings(case)
        self._add_answers(case)
        self._add_fixes(case)
        self._rows.addStretch(1)

    def filled(self, case: Case) -> Case:
        """Return `case` with what was chosen here."""
        chosen = {name: one.value for name, one in self.findings.items()}
        tried = {name: one.value for name, one in self.fixes.items()}
        return Case(
            name=case.name,
            end=case.end,
            findings=tuple(name for name, one in chosen.items() if one == "present"),
            unknown=tuple(name for name, one in chosen.items() if one == "unknown"),
            fix=tuple(name for name, one in tried.items() if one == "helps"),
            cannot=tuple(name for name, one in tried.items() if one == "cannot"),
            answers=self._given(),
            max_human=case.max_human,
            audience=case.audience,
        )

    def _given(self) -> dict[str, str]:
        """Return the answers by field, by step where several questions fill the same field."""
        fields = [one.field for one in self._questions.values()]
        found: dict[str, str] = {}
        for name, widget in self.answers.items():
            value = widget.value if isinstance(widget, ChoiceButton) else widget.text().strip() or _USUAL
            if value != _USUAL:
                field = self._questions[name].field
                found[field if field and fields.count(field) == 1 else name] = value
        return found

    def _add_findings(self, case: Case) -> None:
        states = [(one, self._look.text(f"case.finding.{one}")) for one in ("absent", "present", "unknown")]
        self._add_heading("case.findings", "case.findings.hint")
        given = dict.fromkeys(case.unknown, "unknown") | dict.fromkeys(case.findings, "present")
        used = [one for wizard in self._reach for one in sorted(findings_used(wizard))]
        for name in dict.fromkeys([*used, *given]):
            title = finding_title(self._look, name)
            self.findings[name] = self._add_choice(title, states, given.get(name, "absent"))
        if not self.findings:
            self._add_nothing("case.findings.none")

    def _add_answers(self, case: Case) -> None:
        self._add_heading("case.answers", "case.answers.hint")
        for step in self._steps():
            if not isinstance(step, Question):
                continue
            self._questions[step.id] = step
            value = case.answers.get(step.id, case.answers.get(step.field, _USUAL))
            self.answers[step.id] = self._answer(step, value)
        if not self.answers:
            self._add_nothing("case.answers.none")

    def _add_fixes(self, case: Case) -> None:
        choices = [(one, self._look.text(f"case.fix.{one}")) for one in ("useless", "helps", "cannot")]
        self._add_heading("case.fixes", "case.fixes.hint")
        given = dict.fromkeys(case.cannot, "cannot") | dict.fromkeys(case.fix, "helps")
        for step in self._steps():
            if isinstance(step, Instruction | Action):
                title = step_title(self._look, step)
                self.fixes[step.id] = self._add_choice(title, choices, given.get(step.id, "useless"))
        if not self.fixes:
            self._add_nothing("case.fixes.none")

    def _steps(self) -> Sequence[Step]:
        """Return every step a scenario may come through; a later one with the same id means the same to it."""
        found: dict[str, Step] = {}
        for wizard in self._reach:
            found = {**wizard.steps, **found}
        own = list(self._reach[0].steps)
        return [*(found[one] for one in own), *(one for name, one in found.items() if name not in own)]

    def _answer(self, step: Question, value: str) -> ChoiceButton | QLineEdit:
        title = step_title(self._look, step)
        listed = [(one.id, say(self._look, one.text) or one.id) for one in step.answers]
        if step.type is AnswerType.YESNO:
            listed = [(one, way_text(self._look, step, one)) for one in ("yes", "no")]
        if not listed:
            return self._add_line(title, "" if value == _USUAL else value)
        usual = self._look.text("case.answer.works_now" if step.field == WORKS_NOW else "case.answer.usual")
        others = [] if value in ("", _USUAL, *(one for one, _ in listed)) else [(value, value)]
        unsure = ("", self._look.text("step.way.unsure"))
        return self._add_choice(title, [(_USUAL, usual), *listed, *others, unsure], value)

    def _add_choice(self, title: str, choices: Sequence[tuple[str, str]], value: str) -> ChoiceButton:
        button = ChoiceButton(self._look, title, choices, value=value, small=True)
        button.setFixedWidth(self._look.theme.px(_CHOICE_WIDTH))
        button.chosen.connect(self._on_edited)
        self._add_row(title, button)
        return button

    def _add_line(self, title: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setAccessibleName(title)
        line.setFixedWidth(self._look.theme.px(_CHOICE_WIDTH))
        line.setMaxLength(200)
        line.textEdited.connect(self._on_edited)
        self._look.theme.dress(line)
        self._add_row(title, line)
        return line

    def _on_edited(self, _changed: object) -> None:
        self.edited.emit()

    def _add_row(self, title: str, widget: QWidget) -> None:
        line = row(plain_label(self._look, title, wrap=True), widget, spacing=12)
        line.setStretch(0, 1)
        self._rows.addLayout(line)

    def _add_heading(self, code: str, hint: str) -> None:
        if self._rows.count():
            self._rows.addSpacing(10)
        self._rows.addWidget(plain_label(self._look, self._look.text(code), size="meta", weight=BOLD))
        self._rows.addWidget(plain_label(self._look, self._look.text(hint), size="meta", tone="t3", wrap=True))

    def _add_nothing(self, code: str) -> None:
        self._rows.addWidget(plain_label(self._look, self._look.text(code), tone="t2", wrap=True))
