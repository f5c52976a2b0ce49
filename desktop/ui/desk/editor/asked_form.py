"""The fields that are asked at the end where an end requires them and no question did: add, word, rename, remove."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.wizard import editing_fields
from desktop.domain.wizard.definition import AnswerType, HandoverField, Wizard
from desktop.domain.wizard.editing_answers import with_answer, without_answer
from desktop.domain.wizard.editing_names import free_answer_id, free_field_id
from desktop.domain.wizard.editing_texts import Owner, Part, TextPlace, with_text
from desktop.domain.wizard.value_rules import CHARACTERS
from desktop.ui.common.buttons import Button, ChoiceButton, IconButton
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.editor.id_field import IdField
from desktop.ui.desk.editor.number_field import NumberField
from desktop.ui.desk.editor.session import EditorSession
from desktop.ui.desk.editor.wiring import on_text
from desktop.ui.desk.editor.wording_field import WordingField
from desktop.ui.desk.fields import Field

TYPES = tuple(one for one in AnswerType if one is not AnswerType.PICK)  # a list of the diagnosis is for questions


class AskedForm(QWidget):
    """One card per field."""

    def __init__(self, look: Look, session: EditorSession) -> None:
        super().__init__()
        self._look, self._session = look, session
        lines = column(
            plain_label(look, look.text("editor.asked"), size="meta", weight=BOLD),
            plain_label(look, look.text("editor.asked.hint"), size="meta", tone="t3", wrap=True),
            spacing=6,
        )
        for one in session.draft.fields.values():
            lines.addWidget(Card(column(*self._parts(one), spacing=10, margins=(14, 10, 14, 12))))
        add = Button(look, look.text("editor.asked.add"), icon_name="plus", kind="flat", clicked=self._on_add)
        lines.addLayout(row(add, None))
        self.setLayout(lines)

    def _parts(self, one: HandoverField) -> Iterator[QWidget]:
        look, place = self._look, TextPlace(Owner.FIELD, one.id, Part.TEXT)
        yield WordingField(
            look, look.text("editor.asked.text"), one.text, partial(self._on_text, place), name=f"field {one.id}"
        )
        label = look.text("editor.type")
        types = [(kind.value, look.text(f"editor.type.{kind.value}")) for kind in TYPES]
        kind = ChoiceButton(look, label, types, value=one.type.value, small=True)
        on_text(kind.chosen, lambda chosen: self._put(one.id, lambda it: replace(it, type=AnswerType(chosen))))
        yield Field(look, label, kind)
        if one.type in (AnswerType.CHOICE, AnswerType.MULTI):
            yield self._answers(one)
        if one.type is AnswerType.TEXT:
            yield NumberField(
                look, look.text("editor.maximum"), CHARACTERS, one.maximum,
                lambda value: self._put(one.id, lambda it: replace(it, maximum=value), merge="max", rebuilds=False),
            )  # fmt: skip
        yield IdField(
            look, look.text("editor.field"), one.id, editing_fields.fields_to_ask(self._session.draft),
            partial(self._on_renamed, one.id), hint=look.text("editor.field.hint"),
        )  # fmt: skip
        name = one_line(one.text.say(look.texts.language), 80) or one.id
        away, box = (
            Button(look, look.text("editor.asked.remove"), icon_name="trash", kind="flat", small=True),
            QWidget(),
        )
        away.setAccessibleName(look.text("editor.take_out", name=name))
        away.clicked.connect(partial(self._on_remove, one.id))
        box.setLayout(row(away, None))
        yield box

    def _answers(self, one: HandoverField) -> QWidget:
        look, box = self._look, QWidget()
        lines = column(spacing=6)
        for answer in one.answers:
            place = TextPlace(Owner.FIELD, one.id, Part.ANSWER, answer.id)
            words = WordingField(
                look, look.text("editor.facts.answer"), answer.text, partial(self._on_text, place),
                name=f"field {one.id} {answer.id}",
            )  # fmt: skip
            name = one_line(answer.text.say(look.texts.language), 80) or answer.id
            away = IconButton(look, "trash", look.text("editor.answer.remove", answer=name), small=True)
            away.clicked.connect(partial(self._on_answer_removed, one.id, answer.id))
            line = row(words, column(None, away, 3), spacing=8)
            line.setStretch(0, 1)
            lines.addLayout(line)
        add = Button(look, look.text("editor.answer.add"), icon_name="plus", kind="flat", small=True)
        add.clicked.connect(partial(self._on_answer_added, one.id))
        lines.addLayout(row(add, None))
        box.setLayout(lines)
        return box

    def _on_add(self) -> None:
        new = free_field_id(self._session.draft)
        self._session.change(
            lambda draft: editing_fields.add_field(draft, new), "asked", rebuilds=True, wish=f"field {new}"
        )

    def _on_remove(self, field: str, _on: bool = False) -> None:
        self._session.change(lambda draft: editing_fields.remove_field(draft, field), "asked", rebuilds=True)

    def _on_renamed(self, old: str, new: str) -> None:
        self._session.change(lambda draft: editing_fields.rename_field(draft, old, new), "asked", rebuilds=True)

    def _on_answer_added(self, field: str, _on: bool = False) -> None:
        new = free_answer_id(self._session.draft.fields[field].answers)
        self._put(field, lambda one: with_answer(one, new), wish=f"field {field} {new}")

    def _on_answer_removed(self, field: str, answer: str, _on: bool = False) -> None:
        self._put(field, lambda one: without_answer(one, answer))

    def _on_text(self, place: TextPlace, language: str, text: str) -> None:
        self._session.change(lambda draft: with_text(draft, place, language, text), "text", merge=f"{place}{language}")

    def _put(
        self, field: str, edit: Callable[[HandoverField], HandoverField],
        *, merge: str = "", rebuilds: bool = True, wish: str = "",
    ) -> None:  # fmt: skip
        def change(draft: Wizard) -> Wizard:
            one = draft.fields.get(field)
            return draft if one is None else editing_fields.with_field(draft, edit(one))

        self._session.change(change, "asked", merge=merge and f"{merge}{field}", rebuilds=rebuilds, wish=wish)
