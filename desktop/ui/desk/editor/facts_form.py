"""From which facts a question answers itself: a finding or a measured value, surely or as a suggestion."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.wizard.definition import Auto, AutoMode, Question
from desktop.domain.wizard.editing_answers import set_facts
from desktop.domain.wizard.exits import answer_ids
from desktop.ui.common.buttons import Button, ChoiceButton, IconButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.editor.names import finding_names, short, way_name
from desktop.ui.desk.editor.pick_field import PickField
from desktop.ui.desk.editor.session import EditorSession
from desktop.ui.desk.editor.wiring import on_text
from desktop.ui.desk.fields import TextField

_WIDEST = 160  # logical pixels of an answer beside its finding


class FactsForm(QWidget):
    """One line per fact, the most certain first."""

    def __init__(self, look: Look, session: EditorSession, step: Question) -> None:
        super().__init__()
        self._look, self._session, self._step = look, session, step
        lines = column(
            plain_label(look, look.text("editor.facts"), size="meta", weight=BOLD),
            plain_label(look, look.text("editor.facts.hint"), size="meta", tone="t3", wrap=True),
            spacing=6,
        )
        for place, one in enumerate(step.auto):
            lines.addWidget(self._line(place, one))
        add = Button(look, look.text("editor.facts.add"), icon_name="plus", kind="flat", clicked=self._on_add)
        lines.addLayout(row(add, None))
        self.setLayout(lines)

    def _line(self, place: int, auto: Auto) -> QWidget:
        look, step = self._look, self._step
        line = row(IconLabel(look.theme, "arrow-right", "t3", size=16), spacing=8)
        fact = self._finding(place, auto) if step.type.has_fixed_answers else self._value(place, auto)
        if step.type.has_fixed_answers:
            answers = [(one, short(look, way_name(look, step, one), _WIDEST)) for one in answer_ids(step)]
            answer = ChoiceButton(look, look.text("editor.facts.answer"), answers, value=auto.answer, small=True)
            on_text(answer.chosen, lambda chosen: self._put(place, replace(auto, answer=chosen)))
            line.addWidget(answer)
        modes = [(one.value, look.text(f"editor.facts.{one.value}")) for one in AutoMode]
        mode = ChoiceButton(look, look.text("editor.facts.mode"), modes, value=auto.mode.value, small=True)
        on_text(mode.chosen, lambda chosen: self._put(place, replace(auto, mode=AutoMode(chosen))))
        line.addWidget(mode)
        line.addWidget(
            IconButton(
                look, "trash", look.text("editor.facts.remove"), small=True, clicked=partial(self._on_remove, place)
            )
        )
        line.addStretch(1)
        box = QWidget()
        box.setLayout(column(fact, line, 4, spacing=4))
        return box

    def _finding(self, place: int, auto: Auto) -> PickField:
        names = finding_names(self._look, sorted(self._session.known.findings or ()))
        return PickField(
            self._look, self._look.text("editor.finding"), names, auto.finding,
            lambda chosen: self._put(place, replace(auto, finding=chosen, value="")), may_be_empty=False,
        )  # fmt: skip

    def _value(self, place: int, auto: Auto) -> TextField:
        field = TextField(
            self._look, self._look.text("editor.facts.value"), text=auto.value, placeholder="printers.default"
        )
        on_text(
            field.edited,
            lambda text: self._put(place, replace(auto, value=text, finding="", answer=""), rebuilds=False),
        )
        return field

    def _put(self, place: int, auto: Auto, *, rebuilds: bool = True) -> None:
        current = self._current()
        self._set((*current[:place], auto, *current[place + 1 :]), merge=f"fact{place}", rebuilds=rebuilds)

    def _on_add(self) -> None:
        first = next(iter(answer_ids(self._step)), "")
        self._set((*self._current(), Auto(AutoMode.SUGGEST, first)))

    def _on_remove(self, place: int) -> None:
        current = self._current()
        self._set((*current[:place], *current[place + 1 :]))

    def _current(self) -> tuple[Auto, ...]:
        step = self._session.draft.steps.get(self._step.id)
        return step.auto if isinstance(step, Question) else ()

    def _set(self, auto: tuple[Auto, ...], *, merge: str = "", rebuilds: bool = True) -> None:
        step = self._step.id
        self._session.change(lambda draft: set_facts(draft, step, auto), "facts", merge=merge, rebuilds=rebuilds)
