"""What only one kind of step has: the type of a question, the finding of a check, what is opened, done or ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeGuard

from PySide6.QtWidgets import QWidget

from desktop.domain.ticket import Priority
from desktop.domain.wizard import editing
from desktop.domain.wizard.definition import (
    WORKS_NOW,
    Action,
    AnswerType,
    Check,
    Instruction,
    Jump,
    Outcome,
    Question,
    Result,
    Step,
    Wizard,
)
from desktop.domain.wizard.editing_fields import fields_to_ask
from desktop.domain.wizard.value_rules import CHARACTERS
from desktop.ui.common.buttons import ChoiceButton
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import CheckBox, Switch
from desktop.ui.desk.editor.chosen_list import ChosenList
from desktop.ui.desk.editor.names import action_names, finding_names, page_names, probe_names, short
from desktop.ui.desk.editor.number_field import NumberField
from desktop.ui.desk.editor.pick_field import PickField
from desktop.ui.desk.editor.session import EditorSession
from desktop.ui.desk.editor.wiring import on_switch, on_text
from desktop.ui.desk.fields import Field, TextField
from desktop.ui.wizard.words import heading

_NEEDED = ("finding", "action", "wizard")
"""What a step of that kind cannot be without."""
_WIDEST = 300  # logical pixels of a question beside its box


class Details:
    """Makes the fields of one step; every change puts another step into the draft."""

    def __init__(self, look: Look, session: EditorSession, step: Step) -> None:
        self._look, self._session, self._step = look, session, step

    def widgets(self) -> Iterator[QWidget]:
        """Yield the fields in the order in which they are filled in."""
        step = self._step
        if isinstance(step, Question):
            yield from self._question(step)
        elif isinstance(step, Check):
            yield self._pick("finding", self._findings(), step.finding)
        elif isinstance(step, Instruction):
            pages = page_names(self._look, sorted(self._session.known.pages or ()))
            yield self._pick("open", pages, step.open)
            yield self._verify(step.verify)
        elif isinstance(step, Action):
            actions = action_names(self._look, sorted(self._session.known.actions or ()))
            yield self._pick("action", actions, step.action)
            yield self._switch("admin", is_on=step.admin)
            yield self._verify(step.verify)
        elif isinstance(step, Jump):
            yield self._pick("wizard", self._wizards(), step.wizard)
        elif isinstance(step, Outcome):
            yield from self._outcome(step)

    def _question(self, step: Question) -> Iterator[QWidget]:
        look = self._look
        types = [(one.value, look.text(f"editor.type.{one.value}")) for one in AnswerType]
        yield self._choice("type", types, step.type.value, lambda chosen: {"type": AnswerType(chosen)})
        field = TextField(look, look.text("editor.field"), text=step.field, hint=look.text("editor.field.hint"))
        on_text(field.edited, lambda text: self._put({"field": text}, merge=f"field{step.id}", rebuilds=False))
        yield field
        is_asked = self._switch_of("editor.works_now", is_on=step.field == WORKS_NOW)
        on_switch(is_asked.toggled, lambda is_on: self._put({"field": WORKS_NOW if is_on else step.id}))
        if step.type is AnswerType.YESNO:
            yield is_asked
        if step.type is AnswerType.TEXT:
            yield self._maximum(step)
        if step.type is AnswerType.PICK:
            yield self._pick("source", self._probes(step.source), step.source)

    def _maximum(self, step: Question) -> Field:
        return NumberField(
            self._look, self._look.text("editor.maximum"), CHARACTERS, step.maximum,
            lambda value: self._put({"maximum": value}, merge=f"max{step.id}", rebuilds=False),
        )  # fmt: skip

    def _outcome(self, step: Outcome) -> Iterator[QWidget]:
        look = self._look
        results = [(one.value, look.text(f"editor.result.{one.value}")) for one in Result]
        yield self._choice("result", results, step.result.value, lambda chosen: {"result": Result(chosen)})
        if step.result in (Result.ESCALATE, Result.REQUEST):
            none = ("", look.text("editor.none"))
            priorities = [none, *((one.code, look.text(f"priority.{one.code}")) for one in Priority)]
            yield self._choice("priority", priorities, step.priority, lambda chosen: {"priority": chosen})
            team = TextField(look, look.text("editor.team"), text=step.team, placeholder="second-level")
            on_text(team.edited, lambda text: self._put({"team": text}, merge=f"team{step.id}", rebuilds=False))
            yield team
            yield from self._required(step)
            yield ChosenList(
                look, look.text("editor.attach"), self._probes(), step.attach,
                lambda chosen: self._put({"attach": chosen}, rebuilds=False), hint=look.text("editor.attach.hint"),
            )  # fmt: skip
        link = TextField(look, look.text("editor.link"), text=step.link, hint=look.text("editor.link.hint"))
        on_text(link.edited, lambda text: self._put({"link": text}, merge=f"link{step.id}", rebuilds=False))
        yield link
        yield self._switch("offline", is_on=step.offline)

    def _required(self, step: Outcome) -> Iterator[QWidget]:
        draft, language = self._session.draft, self._look.texts.language
        asked = {name: one.text.say(language) or name for name, one in draft.fields.items()}
        asked |= {one.field: heading(self._look, one) for one in draft.steps.values() if _asks(one)}
        for field in fields_to_ask(draft):
            if field == WORKS_NOW:
                continue
            text = self._look.text("editor.required", field=short(self._look, asked.get(field, field), _WIDEST))
            box = CheckBox(self._look, text, checked=field in step.required)
            box.toggled.connect(partial(self._on_required, field))
            yield box

    def _on_required(self, field: str, is_on: bool) -> None:
        step = self._session.draft.steps.get(self._step.id)
        if isinstance(step, Outcome):
            others = tuple(one for one in step.required if one != field)
            self._put({"required": (*others, field) if is_on else others}, rebuilds=False)

    def _verify(self, value: str) -> QWidget:
        return self._pick("verify", self._findings(), value)

    def _findings(self) -> dict[str, str]:
        return finding_names(self._look, sorted(self._session.known.findings or ()))

    def _probes(self, used: str = "") -> dict[str, str]:
        """Return what can be measured; `used` may name one list of a probe and stands as it is."""
        known = self._session.known.probes or frozenset()
        names = probe_names(self._look, sorted(known))
        return {**names, used: used} if used.partition(".")[0] in known and used not in names else names

    def _wizards(self) -> dict[str, str]:
        known, own, language = self._session.known.wizards or {}, self._session.draft.id, self._look.texts.language
        return {one.id: one.title.say(language) for one in known.values() if one.id != own and one.steps}

    def _pick(self, name: str, choices: dict[str, str], value: str) -> PickField:
        look = self._look
        hint = f"editor.{name}.hint"
        return PickField(
            look, look.text(f"editor.{name}"), choices, value, lambda chosen: self._put({name: chosen}),
            hint=look.text(hint) if look.texts.has(hint) else "", may_be_empty=name not in _NEEDED,
        )  # fmt: skip

    def _choice(
        self, name: str, choices: list[tuple[str, str]], value: str, made: Callable[[str], dict[str, object]]
    ) -> Field:
        label = self._look.text(f"editor.{name}")
        button = ChoiceButton(self._look, label, choices, value=value, small=True)
        on_text(button.chosen, lambda chosen: self._put(made(chosen)))
        return Field(self._look, label, button)

    def _switch(self, name: str, *, is_on: bool) -> Switch:
        switch = self._switch_of(f"editor.{name}", is_on=is_on)
        on_switch(switch.toggled, lambda is_on: self._put({name: is_on}))
        return switch

    def _switch_of(self, code: str, *, is_on: bool) -> Switch:
        return Switch(self._look, self._look.text(code), checked=is_on)

    def _put(self, values: dict[str, object], *, merge: str = "", rebuilds: bool = True) -> bool:
        step_id = self._step.id

        def edit(draft: Wizard) -> Wizard:
            step = draft.steps.get(step_id)
            return editing.with_step(draft, replace(step, **values)) if step is not None else draft

        return self._session.change(edit, "step", merge=merge, rebuilds=rebuilds)


def _asks(step: Step) -> TypeGuard[Question]:
    return isinstance(step, Question)
