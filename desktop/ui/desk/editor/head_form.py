"""What stands above all steps: title, for whom, category, what suggests the checklist, the fields asked at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.domain.ticket import CATEGORIES
from desktop.domain.wizard import editing
from desktop.domain.wizard.definition import Audience, Wizard, Wording
from desktop.domain.wizard.editing_head import Head, head_of, with_head
from desktop.domain.wizard.editing_texts import LANGUAGES, Owner, Part, TextPlace, with_text
from desktop.domain.wizard.value_rules import MINUTES
from desktop.ui.common.buttons import ChoiceButton
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import Switch
from desktop.ui.desk.editor.asked_form import AskedForm
from desktop.ui.desk.editor.chosen_list import ChosenList
from desktop.ui.desk.editor.names import finding_names, numbered, probe_names, short
from desktop.ui.desk.editor.number_field import NumberField
from desktop.ui.desk.editor.session import EditorSession
from desktop.ui.desk.editor.wiring import on_switch, on_text
from desktop.ui.desk.editor.wording_field import WordingField
from desktop.ui.desk.fields import Field

_BETWEEN = ", "
_WIDEST = 380  # logical pixels of a step's heading in the choice of the first one


class HeadForm(QWidget):
    """Shown where no step is picked."""

    def __init__(self, look: Look, session: EditorSession) -> None:
        super().__init__()
        self._look, self._session = look, session
        self.setLayout(column(*self._fields(), None, spacing=16, margins=(24, 20, 24, 24)))

    def _fields(self) -> Iterator[QWidget]:
        look, draft = self._look, self._session.draft
        yield WordingField(look, look.text("editor.title"), draft.title, self._on_title)
        if self._session.is_list:
            mandatory = Switch(look, look.text("editor.mandatory"), checked=draft.is_mandatory)
            on_switch(mandatory.toggled, lambda is_on: self._put(is_mandatory=is_on))
            yield mandatory
        else:
            is_for_all = Switch(look, look.text("editor.in_self_help"), checked=draft.audience is Audience.EMPLOYEE)
            is_for_all.toggled.connect(self._on_audience)
            yield is_for_all
            yield self._start()
        categories = [(one, look.text(f"category.{one}")) for one in CATEGORIES]
        yield self._choice("category", categories, draft.category)
        yield self._minutes(draft.minutes)
        yield self._keywords()
        if not self._session.is_list:
            names = finding_names(look, sorted(self._session.known.findings or ()))
            yield ChosenList(
                look, look.text("editor.triggers"), names, draft.findings, lambda found: self._put(findings=found),
                hint=look.text("editor.triggers.hint"),
            )  # fmt: skip
            probes = probe_names(look, sorted(self._session.known.probes or ()))
            yield ChosenList(
                look, look.text("editor.probes"), probes, draft.probes, lambda found: self._put(probes=found),
                hint=look.text("editor.probes.hint"),
            )  # fmt: skip
            yield AskedForm(look, self._session)
        yield plain_label(look, look.text("editor.id", id=draft.id), size="meta", tone="t3", selectable=True)

    def _start(self) -> Field:
        look, draft = self._look, self._session.draft
        choices = [(one, short(look, numbered(look, draft, one), _WIDEST)) for one in draft.steps]
        button = ChoiceButton(look, look.text("editor.start"), choices, value=draft.start, small=True)
        on_text(
            button.chosen,
            lambda chosen: self._session.change(lambda one: editing.set_start(one, chosen), "start", rebuilds=True),
        )
        return Field(look, look.text("editor.start"), button)

    def _choice(self, name: str, choices: list[tuple[str, str]], value: str) -> Field:
        label = self._look.text(f"editor.{name}")
        button = ChoiceButton(self._look, label, choices, value=value, small=True)
        on_text(button.chosen, lambda chosen: self._put(category=chosen))
        return Field(self._look, label, button)

    def _minutes(self, minutes: int) -> Field:
        label = self._look.text("editor.minutes")
        return NumberField(self._look, label, MINUTES, minutes, lambda value: self._put(merge="minutes", minutes=value))

    def _keywords(self) -> WordingField:
        look, keywords = self._look, self._session.draft.keywords
        texts = {one: _BETWEEN.join(keywords.get(one, ())) for one in LANGUAGES}
        return WordingField(
            look, look.text("editor.keywords"), Wording(texts["de"], texts["en"]), self._on_keywords,
            is_needed=False, lines=2, hint=look.text("editor.keywords.hint"),
        )  # fmt: skip

    def _on_title(self, language: str, text: str) -> None:
        place = TextPlace(Owner.HEAD, part=Part.TITLE)
        self._session.change(lambda draft: with_text(draft, place, language, text), "text", merge=f"title{language}")

    def _on_keywords(self, language: str, text: str) -> None:
        words = tuple(dict.fromkeys(one.strip().lower() for one in text.replace("\n", ",").split(",") if one.strip()))
        keywords = {**self._session.draft.keywords, language: words}
        self._put(merge=f"keywords{language}", keywords=keywords)

    def _on_audience(self, is_for_all: bool) -> None:
        self._put(rebuilds=True, audience=Audience.EMPLOYEE if is_for_all else Audience.TECHNICIAN)

    def _put(self, *, merge: str = "", rebuilds: bool = False, **values: object) -> None:
        def edit(draft: Wizard) -> Wizard:
            head: Head = replace(head_of(draft), **values)
            return with_head(draft, head)

        self._session.change(edit, "head", merge=merge, rebuilds=rebuilds)
