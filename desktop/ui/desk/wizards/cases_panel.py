"""The scenarios of a draft: walked whenever it changes, with what came of each, and the way to write more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.base.messages import Message
from desktop.domain.wizard.cases import CaseResult
from desktop.domain.wizard.definition import Audience, Case, Outcome, Wizard
from desktop.domain.wizard.editing_cases import add_case, change_case, remove_case
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.case_dialog import CaseDialog
from desktop.ui.desk.wizards.case_words import Scenarios, case_name


class CasesPanel(QWidget):
    """Shows the scenarios of the draft it is given; what the author changes comes back as another draft."""

    changed = Signal(object, object)
    """The draft with other scenarios (`Wizard`), and what was done (`Message`)."""
    trial_wanted = Signal()
    """A trial run shall begin, from which a scenario can be kept."""

    def __init__(self, look: Look, wizard: Wizard, wizards: Mapping[str, Wizard]) -> None:
        super().__init__()
        self._look = look
        self.results: tuple[CaseResult, ...] = ()
        self._cards: list[QFrame] = []
        self._summary = plain_label(look, weight=BOLD, wrap=True)
        self._mark = IconLabel(look.theme, "check-circle", "grn", size=18, filled=True)
        self._rows = column(spacing=8, margins=(20, 12, 20, 16))
        inner = QWidget()
        inner.setLayout(self._rows)
        layout = column(self._head(), scrolling(inner), spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.show_cases(wizard, wizards)

    @property
    def failed(self) -> int:
        """Return how many scenarios do not end as they say."""
        return sum(not one.is_as_said for one in self.results)

    def show_cases(self, wizard: Wizard, wizards: Mapping[str, Wizard]) -> None:
        """Walk and show the scenarios of another state of the draft; `wizards` are those it may go on in."""
        self._wizard, self._wizards = wizard, wizards
        self._scenarios = Scenarios(wizard, wizards)
        self.results = tuple(self._scenarios.run(one) for one in wizard.cases)
        self._show_summary()
        focused = self._focused_row()
        clear(self._rows)
        self._cards = [self._card(number, one) for number, one in enumerate(self.results)]
        for card in self._cards:
            self._rows.addWidget(card)
        if not self.results:
            self._rows.addWidget(plain_label(self._look, self._look.text("cases.why"), tone="t2", wrap=True))
        self._rows.addStretch(1)
        show_all(self._rows)
        if focused >= 0:
            self._give_keyboard_to(focused)

    def edit(self, number: int) -> None:
        """Open a scenario, counted from 0."""
        dialog = self._dialog(self._wizard.cases[number])
        dialog.accepted.connect(lambda: self._on_written(number, dialog.case))
        dialog.open()

    def add(self) -> None:
        """Open a new scenario."""
        ends = (one.id for one in self._wizard.steps.values() if isinstance(one, Outcome))
        audience = self._wizard.audience
        dialog = self._dialog(Case("", next(ends, ""), audience=audience))
        dialog.accepted.connect(lambda: self._on_written(len(self._wizard.cases), dialog.case))
        dialog.open()

    def _head(self) -> QWidget:
        look = self._look
        self._add = Button(look, look.text("cases.add"), icon_name="plus", small=True, clicked=self.add)
        trial = Button(look, look.text("cases.trial"), icon_name="play", small=True, clicked=self.trial_wanted.emit)
        words = row(self._mark, self._summary, spacing=8)
        words.setStretch(1, 1)
        line = row(words, trial, self._add, spacing=8, margins=(20, 12, 20, 12))
        line.setStretch(0, 1)
        return pane(line, ground="surface", edge="bottom")

    def _show_summary(self) -> None:
        count, failed = len(self.results), self.failed
        code = "cases.none" if not count else "cases.failed" if failed else "cases.good"
        if code == "cases.none":
            text = self._look.text(code)
        else:
            text = self._look.texts.plural(code, failed or count, all=count)
        tone = {"cases.none": "t3", "cases.failed": "amb"}.get(code, "grn")
        icon = {"cases.none": "circle-dashed", "cases.failed": "warning"}.get(code, "check-circle")
        self._mark.set_icon(icon, tone, filled=code != "cases.none")
        self._summary.setText(text)
        set_tone(self._summary, "t1")

    def _card(self, number: int, result: CaseResult) -> QFrame:
        look, name = self._look, case_name(self._look, result.case)
        is_good = result.is_as_said
        mark = IconLabel(look.theme, "check-circle" if is_good else "warning", "grn" if is_good else "amb", filled=True)
        said = self._scenarios.say(look, result)
        words = column(
            plain_label(look, name, weight=MEDIUM, wrap=True),
            plain_label(look, said, size="meta", tone="t2" if is_good else "amb", wrap=True),
            spacing=2,
        )
        if result.case.audience is Audience.TECHNICIAN and self._wizard.audience is Audience.EMPLOYEE:
            words.addWidget(plain_label(look, look.text("cases.by_technician"), size="meta", tone="t3", wrap=True))
        edit = Button(look, look.text("cases.edit"), kind="flat", small=True, clicked=partial(self.edit, number))
        edit.setAccessibleName(look.text("cases.edit.named", name=name))
        edit.setAccessibleDescription(said)
        remove = IconButton(
            look,
            "trash",
            look.text("cases.remove.named", name=name),
            small=True,
            clicked=partial(self._on_removed, number),
        )
        line = row(column(mark, None), words, edit, remove, spacing=10, margins=(12, 10, 8, 10))
        line.setStretch(1, 1)
        return Card(line)

    def _dialog(self, case: Case) -> CaseDialog:
        dialog = CaseDialog(self._look, self._wizard, self._wizards, case, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _on_written(self, number: int, case: Case) -> None:
        name = case_name(self._look, case)
        if number < len(self._wizard.cases):
            changed = change_case(self._wizard, number, case)
            self.changed.emit(changed, Message("case.done.changed", {"name": name}))
        else:
            self.changed.emit(add_case(self._wizard, case), Message("case.done.added", {"name": name}))

    def _on_removed(self, number: int) -> None:
        name = case_name(self._look, self._wizard.cases[number])
        self.changed.emit(remove_case(self._wizard, number), Message("case.done.removed", {"name": name}))

    def _focused_row(self) -> int:
        """Return the row that has the keyboard, so that it is not lost when the rows are drawn anew."""
        places = enumerate(self._cards)
        return next((place for place, one in places if any(it.hasFocus() for it in one.findChildren(Button))), -1)

    def _give_keyboard_to(self, number: int) -> None:
        if not self._cards:
            self._add.setFocus()
            return
        buttons = self._cards[min(number, len(self._cards) - 1)].findChildren(Button)
        buttons[0].setFocus()
