"""The form of one step: kind, texts in both languages, what its kind needs, and where it leads on to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.wizard import editing
from desktop.domain.wizard.definition import Audience, Check, Kind, Question, Step, Wizard, Wording
from desktop.domain.wizard.editing_texts import (
    LANGUAGES,
    Owner,
    Part,
    TextPlace,
    text_at,
    with_lines,
    with_text,
    with_variant,
)
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import SegmentedControl
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import Switch
from desktop.ui.desk.editor.details import Details
from desktop.ui.desk.editor.facts_form import FactsForm
from desktop.ui.desk.editor.id_field import IdField
from desktop.ui.desk.editor.names import KINDS, is_end
from desktop.ui.desk.editor.session import EditorSession
from desktop.ui.desk.editor.ways_form import WaysForm
from desktop.ui.desk.editor.wording_field import WordingField

PLATFORMS = ("windows", "macos", "linux")


class StepForm(QWidget):
    """Made anew for every step and every change of its shape; letters are put into the draft as they are typed."""

    def __init__(self, look: Look, session: EditorSession, step: Step) -> None:
        super().__init__()
        self._look, self._session, self._step = look, session, step
        lines = column(*self._fields(), None, spacing=16, margins=(24, 20, 24, 24))
        self.setLayout(lines)

    def _fields(self) -> Iterator[QWidget]:
        look, step = self._look, self._step
        yield self._kinds()
        yield self._texts("heading", Part.TITLE, is_needed=False, hint=look.text("editor.heading.hint"))
        yield self._texts("text", Part.TEXT, lines=3)
        if not isinstance(step, Check) and step.kind is not Kind.JUMP:
            yield self._lines()
            yield self._texts("phone", Part.PHONE, lines=2, is_needed=False)
        if isinstance(step, Check):
            yield self._texts("present", Part.PRESENT, is_needed=False)
            yield self._texts("absent", Part.ABSENT, is_needed=False)
        yield from Details(look, self._session, step).widgets()
        if not is_end(step):
            yield WaysForm(look, self._session, step)
        if isinstance(step, Question):
            yield FactsForm(look, self._session, step)
        yield from self._variants()
        yield self._audience()
        yield IdField(
            look, look.text("editor.step.id"), step.id, self._session.draft.steps, self._on_renamed,
            hint=look.text("editor.step.id.hint"),
        )  # fmt: skip

    def _kinds(self) -> QWidget:
        look = self._look
        label = plain_label(look, look.text("editor.kind"), size="meta", weight=BOLD)
        choices = [(one.value, look.text(f"editor.kind.{one.value}"), "") for one in KINDS]
        kinds = SegmentedControl(look, look.text("editor.kind"), choices, value=self._step.kind.value)
        kinds.chosen.connect(self._on_kind)
        box = QWidget()
        box.setLayout(column(label, row(kinds, None), spacing=4))
        return box

    def _texts(self, name: str, part: Part, *, lines: int = 1, is_needed: bool = True, hint: str = "") -> WordingField:
        place = TextPlace(Owner.STEP, self._step.id, part)
        return WordingField(
            self._look, self._look.text(f"editor.{name}"), text_at(self._session.draft, place),
            partial(self._on_text, place), lines=lines, is_needed=is_needed, hint=hint, name=name,
        )  # fmt: skip

    def _lines(self) -> WordingField:
        look = self._look
        texts = {one: "\n".join(line.say(one) for line in self._step.lines) for one in LANGUAGES}
        return WordingField(
            look, look.text("editor.lines"), Wording(texts["de"], texts["en"]), self._on_lines,
            lines=4 if self._step.lines else 2, is_needed=False, hint=look.text("editor.lines.hint"),
        )  # fmt: skip

    def _variants(self) -> Iterator[QWidget]:
        """Yield the texts of single systems, and a button for each that has none."""
        look = self._look
        offer = row(plain_label(look, look.text("editor.variants"), size="meta", weight=BOLD), spacing=8)
        for one in PLATFORMS:
            if one in self._step.text_on:
                place = TextPlace(Owner.STEP, self._step.id, Part.VARIANT, one)
                name = look.text("editor.variant", system=look.text(f"figures.system.{one}"))
                yield WordingField(look, name, self._step.text_on[one], partial(self._on_text, place), lines=3)
                offer.addWidget(self._variant_button(one, "editor.variant.remove", None))
            elif not is_end(self._step):
                offer.addWidget(self._variant_button(one, "editor.variant.add", self._step.text))
        offer.addStretch(1)
        box = QWidget()
        box.setLayout(offer)
        yield box

    def _variant_button(self, platform: str, code: str, wording: Wording | None) -> Button:
        text = self._look.text(code, system=self._look.text(f"figures.system.{platform}"))
        step = self._step.id
        return Button(
            self._look, text, kind="link", small=True,
            clicked=lambda: self._session.change(
                lambda draft: with_variant(draft, step, platform, wording), "variant", rebuilds=True
            ),
        )  # fmt: skip

    def _audience(self) -> Switch:
        is_for_all = self._session.draft.audience_of(self._step) is Audience.EMPLOYEE
        switch = Switch(self._look, self._look.text("editor.in_self_help"), checked=is_for_all)
        switch.setEnabled(self._session.draft.audience is Audience.EMPLOYEE)
        switch.toggled.connect(self._on_audience)
        return switch

    def _on_renamed(self, new: str) -> None:
        old = self._step.id
        self._session.change(lambda draft: editing.rename_step(draft, old, new), "renamed", rebuilds=True, renamed=new)

    def _on_kind(self, kind: str) -> None:
        step = self._step.id
        self._session.change(lambda draft: editing.change_kind(draft, step, Kind(kind)), "kind", rebuilds=True)

    def _on_text(self, place: TextPlace, language: str, text: str) -> None:
        merge = f"{place}{language}"
        self._session.change(lambda draft: with_text(draft, place, language, text), "text", merge=merge)

    def _on_lines(self, language: str, text: str) -> None:
        step = self._step.id
        merge = f"lines{step}{language}"
        self._session.change(lambda draft: with_lines(draft, Owner.STEP, step, language, text), "text", merge=merge)

    def _on_audience(self, is_for_all: bool) -> None:
        step_id = self._step.id

        def edit(draft: Wizard) -> Wizard:
            step = draft.steps.get(step_id)
            audience = None if is_for_all else Audience.TECHNICIAN
            return draft if step is None else editing.with_step(draft, replace(step, audience=audience))

        self._session.change(edit, "audience", rebuilds=True)
