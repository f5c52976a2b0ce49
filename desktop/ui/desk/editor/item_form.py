"""The form of one item of a list of ticks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.wizard.definition import Item, Wizard, Wording
from desktop.domain.wizard.editing_fields import rename_item, with_item
from desktop.domain.wizard.editing_texts import LANGUAGES, Owner, Part, TextPlace, text_at, with_lines, with_text
from desktop.ui.common.layouts import column
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import Switch
from desktop.ui.desk.editor.confirm_form import ConfirmForm
from desktop.ui.desk.editor.id_field import IdField
from desktop.ui.desk.editor.session import EditorSession
from desktop.ui.desk.editor.wiring import on_switch
from desktop.ui.desk.editor.wording_field import WordingField


class ItemForm(QWidget):
    """Made anew for every item."""

    def __init__(self, look: Look, session: EditorSession, item: Item) -> None:
        super().__init__()
        self._look, self._session, self._item = look, session, item
        self.setLayout(column(*self._fields(), None, spacing=16, margins=(24, 20, 24, 24)))

    def _fields(self) -> Iterator[QWidget]:
        look, item = self._look, self._item
        yield self._texts("section", Part.SECTION, is_needed=False, hint=look.text("editor.section.hint"))
        yield self._texts("heading", Part.TITLE, is_needed=False, hint=look.text("editor.heading.hint"))
        yield self._texts("text", Part.TEXT, lines=3)
        texts = {one: "\n".join(line.say(one) for line in item.lines) for one in LANGUAGES}
        yield WordingField(
            look, look.text("editor.lines"), Wording(texts["de"], texts["en"]), self._on_lines,
            lines=4, is_needed=False, hint=look.text("editor.lines.hint"),
        )  # fmt: skip
        yield self._texts("phone", Part.PHONE, lines=2, is_needed=False)
        required = Switch(look, look.text("editor.item_required"), checked=item.is_required)
        on_switch(required.toggled, lambda is_on: self._put(is_required=is_on))
        yield required
        yield ConfirmForm(look, self._session, item)
        yield IdField(
            look, look.text("editor.item.id"), item.id, self._session.draft.items, self._on_renamed,
            hint=look.text("editor.step.id.hint"),
        )  # fmt: skip

    def _on_renamed(self, new: str) -> None:
        old = self._item.id
        self._session.change(lambda draft: rename_item(draft, old, new), "renamed", rebuilds=True, renamed=new)

    def _texts(self, name: str, part: Part, *, lines: int = 1, is_needed: bool = True, hint: str = "") -> WordingField:
        place = TextPlace(Owner.ITEM, self._item.id, part)
        return WordingField(
            self._look, self._look.text(f"editor.{name}"), text_at(self._session.draft, place),
            partial(self._on_text, place), lines=lines, is_needed=is_needed, hint=hint, name=name,
        )  # fmt: skip

    def _on_text(self, place: TextPlace, language: str, text: str) -> None:
        merge = f"{place}{language}"
        self._session.change(lambda draft: with_text(draft, place, language, text), "text", merge=merge)

    def _on_lines(self, language: str, text: str) -> None:
        item = self._item.id
        merge = f"lines{item}{language}"
        self._session.change(lambda draft: with_lines(draft, Owner.ITEM, item, language, text), "text", merge=merge)

    def _put(self, **values: object) -> None:
        item_id = self._item.id

        def edit(draft: Wizard) -> Wizard:
            item = draft.items.get(item_id)
            if item is None:
                return draft
            return with_item(draft, replace(item, **values))

        self._session.change(edit, "item")
