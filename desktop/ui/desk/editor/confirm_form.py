"""By which fact of the diagnosis an item of a list ticks itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.definition import Confirm, Item, Wizard
from desktop.domain.wizard.editing_fields import with_item
from desktop.domain.wizard.editing_texts import spoken
from desktop.ui.common.buttons import ChoiceButton
from desktop.ui.common.layouts import column
from desktop.ui.common.look import Look
from desktop.ui.desk.editor.names import finding_names
from desktop.ui.desk.editor.number_field import NumberField
from desktop.ui.desk.editor.pick_field import PickField
from desktop.ui.desk.editor.session import EditorSession
from desktop.ui.desk.editor.wiring import on_text
from desktop.ui.desk.editor.wording_field import WordingField
from desktop.ui.desk.fields import Field

_Edit: TypeAlias = Callable[[Item], Item]


DAYS = (1, 365)


class ConfirmForm(QWidget):
    """The finding, whether it has to be there or not, and the fact in words."""

    def __init__(self, look: Look, session: EditorSession, item: Item) -> None:
        super().__init__()
        self._session, self._item = session, item
        confirm = item.confirm
        names = finding_names(look, sorted(session.known.findings or ()))
        finding = PickField(
            look, look.text("editor.confirm"), names, confirm.finding if confirm else "", self._on_finding,
            hint=look.text("editor.confirm.hint"),
        )  # fmt: skip
        lines = column(finding, spacing=12)
        if confirm is not None:
            states = [(one.value, look.text(f"editor.confirm.{one.value}")) for one in
                      (FindingState.ABSENT, FindingState.PRESENT)]  # fmt: skip
            label = look.text("editor.confirm.state")
            state = ChoiceButton(look, label, states, value=confirm.state.value, small=True)
            on_text(
                state.chosen,
                lambda chosen: self._put(lambda one: _with_state(one, FindingState(chosen)), rebuilds=True),
            )
            lines.addWidget(Field(look, label, state))
            lines.addWidget(NumberField(look, look.text("editor.confirm.days"), DAYS, confirm.days, self._on_days))
            lines.addWidget(
                WordingField(look, look.text("editor.confirm.fact"), item.fact, self._on_fact, is_needed=False)
            )
        self.setLayout(lines)

    def _on_finding(self, finding: str) -> None:
        def edit(item: Item) -> Item:
            if not finding:
                return replace(item, confirm=None)
            before = item.confirm or Confirm(finding, FindingState.ABSENT)
            return replace(item, confirm=replace(before, finding=finding))

        self._put(edit, rebuilds=True)

    def _on_days(self, days: int) -> None:
        self._put(lambda item: _with_days(item, days), merge="days")

    def _on_fact(self, language: str, text: str) -> None:
        self._put(lambda item: replace(item, fact=spoken(item.fact, language, text)), merge=f"fact{language}")

    def _put(self, edit: _Edit, *, merge: str = "", rebuilds: bool = False) -> None:
        item_id = self._item.id

        def change(draft: Wizard) -> Wizard:
            item = draft.items.get(item_id)
            return draft if item is None else with_item(draft, edit(item))

        self._session.change(change, "item", merge=merge and f"{merge}{item_id}", rebuilds=rebuilds)


def _with_days(item: Item, days: int) -> Item:
    return item if item.confirm is None else replace(item, confirm=replace(item.confirm, days=days))


def _with_state(item: Item, state: FindingState) -> Item:
    return item if item.confirm is None else replace(item, confirm=replace(item.confirm, state=state))
